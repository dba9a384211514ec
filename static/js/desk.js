// @ts-check
// What the desk does.

import "./site.js";
import "./desk-pins.js";
import "./passage-link.js";
import "./tag-options.js";
