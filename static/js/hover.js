// @ts-check
// A mark and its card are emphasized together, under the pointer or the focus.
import { findMarks, listHighlights } from "./marks.js";

/** List the ids of the highlights that a node stands for. @param {EventTarget | null} node @returns {string[]} */
function getHighlightIds(node) {
  const mark = node?.closest?.("#text mark");
  if (mark) return listHighlights(mark);
  const row = node?.closest?.("#card-list .card, #choice button");
  return row ? [row.dataset.highlight] : [];
}

/** Emphasize the marks and cards of these highlights, and no others. @param {string[]} ids */
export function emphasizeHighlights(ids) {
  const before = [...document.querySelectorAll(".card.lit")].map((card) => card.dataset.highlight);
  if (String(before.sort()) === String([...ids].sort())) return;
  const cards = ids.map((id) => document.getElementById(`card-${id}`));
  const shifts = ids.map((id, index) => measureShift(cards[index], document.getElementById(`h-${id}`)));
  for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit");
  for (const [index, id] of ids.entries()) {
    cards[index]?.classList.add("lit");
    cards[index]?.style.setProperty("--pushed", `${shifts[index]}px`);
    for (const mark of findMarks(id)) mark.classList.add("lit");
  }
}

/** Measure how far the cards above push a card below its mark, in pixels. @param {HTMLElement} card @param {HTMLElement} mark */
function measureShift(card, mark) {
  const line = mark?.getClientRects()[0];
  return card && line ? Math.max(0, card.getBoundingClientRect().top - line.top + 2) : 0;
}

// What has the focus stays emphasized while the pointer is over nothing.
/** @param {Event} event */
function followPointer({ target }) {
  const ids = getHighlightIds(target);
  emphasizeHighlights(ids.length ? ids : getHighlightIds(document.activeElement));
}

function emphasizeAddressed() {
  if (location.hash.startsWith("#h-")) emphasizeHighlights([location.hash.slice(3)]);
}

// Goes to the mark with which the highlight begins, also where that mark has the id of another highlight.
/** @param {Event} event */
function goToMark(event) {
  const link = event.target.closest('.card .who a[href^="#h-"]');
  if (!link) return;
  const id = link.getAttribute("href").slice(3);
  const [mark] = findMarks(id);
  if (!mark) return;
  event.preventDefault();
  if (mark.tabIndex < 0) mark.tabIndex = -1;
  mark.focus();
  emphasizeHighlights([id]);
}

for (const event of ["pointerover", "focusin"]) document.addEventListener(event, followPointer);
document.addEventListener("click", goToMark);
addEventListener("hashchange", emphasizeAddressed);
emphasizeAddressed();
