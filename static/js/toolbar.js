// @ts-check
// The toolbar: what can be done with the selected words.
import { uuid7 } from "./identifiers.js";
import { emphasizeHighlights } from "./hover.js";
import { createRange, getTextRoot } from "./offsets.js";
import { NARROW } from "./viewport.js";

/** @import { TextSelector } from "./offsets.js" */

const GAP = 8; // pixels

/** @returns {HTMLFormElement} */
export const getToolbar = () => document.querySelector("#toolbar");
export const isToolbarOpen = () => getToolbar()?.hidden === false;

/** Whether a note or tags wait to be sent: a click elsewhere must not lose them. */
export const hasDraft = () => Boolean(getToolbar().elements.note?.value.trim()) || getToolbar().querySelector(".chip") !== null;

/** The range that the open toolbar is for. */
export function getSelectedRange() {
  const { start, end } = getToolbar().elements;
  return createRange(getTextRoot(), Number(start.value), Number(end.value));
}

// The id stays until the highlight is made or other words are selected: however often it is sent, one highlight is made.
/** Open the toolbar for a place in the text. @param {TextSelector} selector */
export function openToolbar(selector) {
  const { elements, hidden } = getToolbar();
  const isSame = !hidden && elements.start.value === String(selector.start) && elements.end.value === String(selector.end);
  if (!isSame) elements.id.value = uuid7();
  for (const [name, value] of Object.entries(selector)) elements[name].value = value;
  getToolbar().querySelector(".chosen").textContent = selector.exact;
  getToolbar().hidden = false;
  CSS.highlights?.set("chosen", new Highlight(getSelectedRange()));
  positionToolbar();
}

// Under the last line of the selection, or over its first where there is room only there; on a phone at the foot of the screen.
function positionToolbar() {
  const toolbar = getToolbar();
  const lines = [...getSelectedRange().getClientRects()];
  const top = Math.min(...lines.map((line) => line.top));
  const bottom = Math.max(...lines.map((line) => line.bottom));
  if (NARROW.matches) return scrollBy({ top: Math.max(0, bottom + toolbar.offsetHeight + GAP - innerHeight) });
  const frame = toolbar.parentElement.getBoundingClientRect();
  const fitsBelow = bottom + GAP + toolbar.offsetHeight < innerHeight || top - GAP - toolbar.offsetHeight < 0;
  const left = getTextRoot().dir === "rtl" ? lines.at(-1).right - toolbar.offsetWidth : lines.at(-1).left;
  toolbar.classList.toggle("above", !fitsBelow);
  toolbar.style.setProperty("--top", `${(fitsBelow ? bottom + GAP : top - GAP) - frame.top}px`);
  toolbar.style.setProperty("--left", `${Math.max(0, Math.min(left - frame.left, frame.width - toolbar.offsetWidth))}px`);
}

/** Close and empty the toolbar. Leaves the caret where the selection ended, and moves the focus from the toolbar to the text. */
export function closeToolbar() {
  const toolbar = getToolbar();
  const hadFocus = toolbar.contains(document.activeElement);
  const { endContainer, endOffset } = getSelectedRange();
  toolbar.hidden = true;
  toolbar.reset();
  toolbar.querySelector(".chips")?.replaceChildren();
  toolbar.querySelector(".note-field")?.toggleAttribute("hidden", true);
  CSS.highlights?.delete("chosen");
  if (hadFocus) document.getElementById("frame").focus({ preventScroll: true });
  getSelection().collapse(endContainer, endOffset);
}

/** Open and focus the note field. */
export function openNoteField() {
  getToolbar().querySelector(".note-field")?.removeAttribute("hidden");
  getToolbar().elements.note?.focus();
}

/** @param {CustomEvent<{ id: string }>} event */
function showNewHighlight({ detail }) {
  if (isToolbarOpen()) closeToolbar();
  if (document.getElementById("caret").hidden) document.getElementById(`h-${detail.id}`)?.focus({ preventScroll: true });
  emphasizeHighlights([detail.id]);
}

document.addEventListener("highlighted", showNewHighlight);
document.addEventListener("click", ({ target }) => {
  const action = target.closest("#toolbar [data-act]")?.dataset.act;
  if (action === "note") openNoteField();
  if (action === "close") closeToolbar();
});
for (const event of ["resize", "reading:set"]) addEventListener(event, () => isToolbarOpen() && positionToolbar());
