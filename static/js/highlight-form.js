// @ts-check
// What a page does that is one form for a highlight: by sentence, or an edit.

import "./site.js";
import "./tag-field.js";
