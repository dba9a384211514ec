// A selection in the text opens the toolbar under its last line.
import { selected, textOf } from "./offsets.js";
import { close, isOpen, open, toolbar } from "./toolbar.js";

const CALM = 200;
let held = false;
let waiting;

function look() {
  const bar = toolbar();
  if (!bar || bar.contains(document.activeElement) || document.querySelector("dialog[open]")) return;
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const found = range && selected(textOf(), range);
  if (found) open(found, range);
  else if (isOpen()) close();
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(() => held || look(), CALM);
}

document.addEventListener("selectionchange", later);
document.addEventListener("pointerdown", ({ pointerType, target }) => {
  held = pointerType === "mouse" && !target.closest("#toolbar");
});
for (const event of ["pointerup", "pointercancel"]) {
  document.addEventListener(event, () => {
    held = false;
    later();
  });
}
