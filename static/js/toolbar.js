// @ts-check
// The toolbar: the card of a highlight to be. In the margin beside the selected words; on a narrow screen a sheet from the bottom.
import { uuid7 } from "./identifiers.js";
import { alignCards } from "./card-layout.js";
import { emphasizeHighlights } from "./hover.js";
import { createRange, getTextRoot } from "./offsets.js";
import { clearTags } from "./tag-chips.js";
import { loadTags } from "./tag-groups.js";
import { whenSettled } from "./settled.js";
import { keepInSight, placeToolbar } from "./toolbar-place.js";
import { isTranslated } from "./translation.js";

/** @import { TextSelector } from "./offsets.js" */

/** @returns {HTMLFormElement} */
export const getToolbar = () => document.querySelector("#toolbar");
export const isToolbarOpen = () => getToolbar()?.hidden === false;

/** Whether a note or tags wait to be sent: a click elsewhere must not lose them. */
export function hasDraft() {
  const field = /** @type {HTMLInputElement} */ (getToolbar().querySelector(".find input"));
  return Boolean(getToolbar().elements.note?.value.trim() || field?.value.trim() || getToolbar().querySelector(".chip"));
}

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
  showTranslation(elements.translated);
  getToolbar().hidden = false;
  loadTags();
  CSS.highlights?.set("chosen", new Highlight(getSelectedRange()));
  if (!isSame) placeToolbar(getToolbar(), getSelectedRange());
}

/** Say that the page is translated, if it is, and send so. @param {HTMLInputElement} field */
function showTranslation(field) {
  field.value = isTranslated() ? "on" : "";
  field.closest("div").hidden = !field.value;
}

/** Close and empty the toolbar. Leaves the caret where the selection ended, and moves the focus from the toolbar to the text. */
export function closeToolbar() {
  const toolbar = getToolbar();
  const hadFocus = toolbar.contains(document.activeElement);
  const { endContainer, endOffset } = getSelectedRange();
  toolbar.hidden = true;
  emptyToolbar(toolbar);
  CSS.highlights?.delete("chosen");
  alignCards();
  if (hadFocus) document.getElementById("frame").focus({ preventScroll: true });
  getSelection().collapse(endContainer, endOffset);
}

/** @param {HTMLFormElement} toolbar */
function emptyToolbar(toolbar) {
  for (const details of toolbar.querySelectorAll("details")) details.open = false;
  for (const picker of toolbar.querySelectorAll(".tag-picker")) clearTags(picker);
  toolbar.querySelector(".refusal")?.replaceChildren();
  toolbar.reset();
}

/** Unfold and focus the note field. */
export function openNoteField() {
  getToolbar().querySelector(".note-field")?.setAttribute("open", "");
  getToolbar().elements.note?.focus();
}

/** @param {CustomEvent<{ id: string }>} event */
function showNewHighlight({ detail }) {
  if (isToolbarOpen()) closeToolbar();
  if (document.getElementById("caret").hidden) document.getElementById(`h-${detail.id}`)?.focus({ preventScroll: true });
  emphasizeHighlights([detail.id]);
}

document.addEventListener("highlighted", showNewHighlight);
document.addEventListener("click", ({ target }) => target.closest("#toolbar [data-act=close]") && closeToolbar());
for (const event of ["resize", "reading:set"]) {
  addEventListener(event, () => isToolbarOpen() && placeToolbar(getToolbar(), getSelectedRange()));
}
// Another main part of the page brings another toolbar.
const growth = new ResizeObserver(() => isToolbarOpen() && keepInSight(getToolbar(), getSelectedRange()));
function watchGrowth() {
  growth.disconnect();
  if (getToolbar()) growth.observe(getToolbar());
}
whenSettled(watchGrowth);
watchGrowth();
