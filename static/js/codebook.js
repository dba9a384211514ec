// @ts-check
// What the codebook does.

import "./site.js";
import "./tag-tree.js";
