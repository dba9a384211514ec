// @ts-check
// The rules of a source: once they are edited, what came of trying them is marked as old.

import "./htmx-config.js";

const note = document.getElementById("old-trial");

/** Say that the rules are others than those that were tried. */
function markOld() {
  note.hidden = false;
}

if (note) document.querySelector("form.rules").addEventListener("input", markOld);
