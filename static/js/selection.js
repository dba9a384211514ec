// A selection in the text opens the toolbar.
import { selected, textOf } from "./offsets.js";
import { close, isOpen, isWrittenIn, open, toolbar } from "./toolbar.js";

const CALM = 200; // milliseconds
let held = false;
let waiting;

// Opens or closes the toolbar as the selection wants it, and gives it back where it is open.
export function look() {
  const bar = toolbar();
  if (!bar || bar.contains(document.activeElement) || document.querySelector("dialog[open]")) return null;
  const selection = getSelection();
  const found = selection.rangeCount && !selection.isCollapsed ? selected(textOf(), selection.getRangeAt(0)) : null;
  if (found) open(found);
  else if (isOpen() && !isWrittenIn()) close();
  return found && bar;
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
