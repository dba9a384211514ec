// @ts-check
// Everything that the reading page does.

import "./site.js";
import "./card-layout.js";
import "./caret.js";
import "./mark-menu.js";
import "./card-editing.js";
import "./threads.js";
import "./card-order.js";
import "./late-cards.js";
import "./far-blocks.js";
import "./resize.js";
import "./block-link.js";
import "./hover.js";
import "./outline.js";
import "./selection.js";
import "./reading-shortcuts.js";
import "./mark-press.js";
import "./refusals.js";
import "./tag-field.js";
import "./updates.js";
import "./kept-selection.js";
