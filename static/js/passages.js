// @ts-check
// What the page of passages does.

import "./site.js";
import "./passage-acts.js";
import "./passage-link.js";
import "./tag-field.js";
import "./tag-options.js";
