// @ts-check
// Everything that the reading page does.
import "./card-layout.js";
import "./caret.js";
import "./mark-menu.js";
import "./card-editing.js";
import "./resize.js";
import "./block-link.js";
import "./hover.js";
import "./selection.js";
import "./reading-shortcuts.js";
import "./tag-field.js";
