// @ts-check
// A selection in the text opens the toolbar.
import { createRange, describeRange, getTextRoot } from "./offsets.js";
import { closeToolbar, getToolbar, hasDraft, isToolbarOpen, openToolbar } from "./toolbar.js";
import { isTouching } from "./touch.js";
import { widenToWords } from "./words.js";

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
  const selector = hasWords ? describeSelection(selection.getRangeAt(0)) : null;
  if (selector) openToolbar(selector);
  else if (isToolbarOpen() && !hasDraft()) closeToolbar();
  return selector && toolbar;
}

/** @param {Range} range */
function describeSelection(range) {
  const root = getTextRoot();
  const selector = describeRange(root, range);
  return selector && isTouching() ? describeRange(root, widenToWords(createRange(root, selector.start, selector.end))) : selector;
}

function syncLater() {
  clearTimeout(timer);
  timer = setTimeout(() => isPointerDown || syncToolbar(), QUIET_MS);
}

// A press beside the controls of the toolbar leaves the words selected.
document.addEventListener("mousedown", (event) => {
  const isControl = event.target.closest("input, textarea, button, label, summary") !== null;
  if (event.target.closest("#toolbar") && !isControl) event.preventDefault();
});
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
