// @ts-check
// What the page of citations does.

import "./site.js";
import "./citation.js";
