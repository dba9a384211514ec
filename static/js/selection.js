// @ts-check
// A selection in the text opens the toolbar.
import { describeRange, getTextRoot } from "./offsets.js";
import { closeToolbar, getToolbar, hasDraft, isToolbarOpen, openToolbar } from "./toolbar.js";

const QUIET_MS = 200;
let isPointerDown = false;
/** @type {number | undefined} */
let timer;

/** Open or close the toolbar as the selection requires; return it where it is open for a selection, else null. */
export function syncToolbar() {
  const toolbar = getToolbar();
  if (!toolbar || toolbar.contains(document.activeElement) || document.querySelector("dialog[open]")) return null;
  const selection = getSelection();
  const hasWords = selection.rangeCount && !selection.isCollapsed;
  const selector = hasWords ? describeRange(getTextRoot(), selection.getRangeAt(0)) : null;
  if (selector) openToolbar(selector);
  else if (isToolbarOpen() && !hasDraft()) closeToolbar();
  return selector && toolbar;
}

function syncLater() {
  clearTimeout(timer);
  timer = setTimeout(() => isPointerDown || syncToolbar(), QUIET_MS);
}

document.addEventListener("selectionchange", syncLater);
document.addEventListener("pointerdown", ({ pointerType, target }) => {
  isPointerDown = pointerType === "mouse" && !target.closest("#toolbar");
});
for (const event of ["pointerup", "pointercancel"]) {
  document.addEventListener(event, () => {
    isPointerDown = false;
    syncLater();
  });
}
