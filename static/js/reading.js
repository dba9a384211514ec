// Everything that the reading page does.
import "./cards.js";
import "./caret.js";
import "./choice.js";
import "./edit.js";
import "./ends.js";
import "./links.js";
import "./lit.js";
import "./selection.js";
import "./shortcuts.js";
import "./tagfield.js";
