// @ts-check
// What is selected in the text, and the place of the caret, stay when what others changed is shown.
import { countCodePoints, countUnitsBefore, createRange, describeRange, getTextRoot } from "./offsets.js";
import { getSelectedRange, isToolbarOpen } from "./toolbar.js";
import { whenSettled } from "./settled.js";

/** In code points, while the blocks are swapped; of a caret both are the same. @type {{ start: number, end: number } | null} */
let selected = null;
/** @type {boolean} */
let isShowing = false;

document.addEventListener("htmx:beforeSwap", ({ target }) => {
  if (!target.closest?.("#updates")) return;
  isShowing = true;
  selected = findSelected();
});

/** Find which words of the text are selected, or where the caret stands in it. */
function findSelected() {
  const { focusNode, focusOffset, isCollapsed, rangeCount } = getSelection();
  const root = getTextRoot();
  if (!rangeCount) return null;
  if (!isCollapsed) return describeRange(root, getSelection().getRangeAt(0));
  if (!root.contains(focusNode)) return null;
  const start = countCodePoints(root.textContent.slice(0, countUnitsBefore(root, focusNode, focusOffset)));
  return { start, end: start };
}

/** Select again what was selected, and mark it again where the toolbar is open for it. */
function restoreSelection() {
  if (!isShowing) return;
  isShowing = false;
  if (document.activeElement === document.body) document.getElementById("frame").focus({ preventScroll: true });
  if (isToolbarOpen()) CSS.highlights?.set("chosen", new Highlight(getSelectedRange()));
  if (!selected) return;
  const range = createRange(getTextRoot(), selected.start, selected.end);
  if (selected.start === selected.end) range.collapse(true);
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

whenSettled(restoreSelection);
