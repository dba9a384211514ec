// @ts-check
// What pages with copy buttons do.

import "./site.js";
import "./copy-buttons.js";
