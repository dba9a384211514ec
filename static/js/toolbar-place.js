// @ts-check
// Where the toolbar stands: in the margin beside the selected words, on a narrow screen as a sheet below them.
import { alignCards } from "./card-layout.js";
import { getTextRoot } from "./offsets.js";
import { NARROW } from "./viewport.js";

const GAP = 8; // pixels
const LINES_LEFT = 2; // that stay in sight between the selected words and the sheet

/**
 * Put the toolbar beside the first line of a range, or further up, so that it ends on the screen.
 * @param {HTMLElement} toolbar
 * @param {Range} range
 */
export function placeToolbar(toolbar, range) {
  if (NARROW.matches) return scrollAboveSheet(toolbar, range);
  const top = Math.min(...[...range.getClientRects()].map((line) => line.top));
  moveTop(toolbar, Math.max(GAP, Math.min(top, measureLowestTop(toolbar))));
}

/** Keep the toolbar on the screen, or the range above the sheet, after it grew. @param {HTMLElement} toolbar @param {Range} range */
export function keepInSight(toolbar, range) {
  if (NARROW.matches) return scrollAboveSheet(toolbar, range);
  const { top } = toolbar.getBoundingClientRect();
  const lowest = Math.max(GAP, measureLowestTop(toolbar));
  moveTop(toolbar, Math.min(top, lowest));
}

/** @param {HTMLElement} toolbar */
const measureLowestTop = (toolbar) => innerHeight - GAP - toolbar.offsetHeight;

/** @param {HTMLElement} toolbar @param {number} top in pixels from the top of the screen */
function moveTop(toolbar, top) {
  toolbar.style.insetBlockStart = `${top - toolbar.parentElement.getBoundingClientRect().top}px`;
  alignCards();
}

/** @param {HTMLElement} toolbar @param {Range} range */
function scrollAboveSheet(toolbar, range) {
  toolbar.removeAttribute("style");
  const { top, bottom } = range.getBoundingClientRect();
  const line = parseFloat(getComputedStyle(getTextRoot()).lineHeight);
  const hidden = bottom + LINES_LEFT * line - toolbar.getBoundingClientRect().top;
  scrollBy({ top: Math.max(0, Math.min(hidden, top - GAP)) });
}
