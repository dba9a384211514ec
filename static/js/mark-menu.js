// @ts-check
// A click on a mark goes to its card. Where highlights overlap it opens a menu of them; on a narrow screen, a bottom sheet.
import { emphasizeHighlights } from "./hover.js";
import { openBottomSheet } from "./bottom-sheet.js";
import { loadAllCards } from "./late-cards.js";
import { findFirstMark, listHighlights } from "./marks.js";
import { NARROW } from "./viewport.js";

const getMenu = () => document.getElementById("choice");

const hasCard = (/** @type {string} */ id) => Boolean(document.getElementById(`card-${id}`));

/** @param {HTMLElement} mark @param {{ clientX?: number, clientY?: number }} point where the pointer was, if there was one */
async function openMark(mark, point) {
  const highlights = listHighlights(mark);
  if (!highlights.every(hasCard)) await loadAllCards();
  const ids = highlights.filter(hasCard);
  if (NARROW.matches) openBottomSheet(ids, mark);
  else if (ids.length > 1) openMenu(mark, ids, point);
  else if (ids.length) goToCard(ids[0]);
}

/** @param {string} id */
function goToCard(id) {
  getMenu().hidden = true;
  const card = document.getElementById(`card-${id}`);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  emphasizeHighlights([id]);
}

/** @param {HTMLElement} mark @param {string[]} ids @param {{ clientX?: number, clientY?: number }} point */
function openMenu(mark, ids, point) {
  const rows = ids.map(createRow);
  const menu = getMenu();
  menu.replaceChildren(...rows);
  menu.dataset.by = mark.dataset.highlights;
  menu.hidden = false;
  const lines = [...mark.getClientRects()];
  const line = lines.find(({ bottom }) => bottom > point.clientY) ?? lines[0];
  const frame = menu.parentElement.getBoundingClientRect();
  const left = Math.min((point.clientX ?? line.left) - frame.left, frame.width - menu.offsetWidth);
  menu.style.setProperty("--top", `${line.bottom - frame.top + 8}px`);
  menu.style.setProperty("--left", `${Math.max(0, left)}px`);
  rows[0].focus({ preventScroll: true });
}

/** Create the row of a highlight: the names of its tags and of its author. @param {string} id */
function createRow(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("choice-row"));
  const row = /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
  const head = document.querySelector(`#card-${id} .card-head`);
  const author = /** @type {Text} */ (head.querySelector(".who").firstChild).data;
  row.dataset.highlight = id;
  row.append(...[...head.querySelectorAll(".tag, .untagged")].map(copyWithoutLink), author);
  return row;
}

/** @param {HTMLElement} tag */
function copyWithoutLink(tag) {
  const copy = document.createElement("span");
  copy.className = tag.className;
  copy.textContent = tag.textContent;
  return copy;
}

function leaveMenu() {
  getMenu().hidden = true;
  findFirstMark(getMenu().dataset.by)?.focus({ preventScroll: true });
}

/** @type {Record<string, (rows: HTMLElement[], index: number) => void>} */
const KEYS = {
  ArrowDown: (rows, index) => rows[(index + 1) % rows.length].focus(),
  ArrowUp: (rows, index) => rows.at(index - 1).focus(),
  Escape: leaveMenu,
};

document.addEventListener("click", (event) => {
  const row = event.target.closest("#choice button");
  if (row) return goToCard(row.dataset.highlight);
  if (getMenu()) getMenu().hidden = true;
  const mark = event.target.closest("#text mark");
  if (mark && !event.target.closest("a") && getSelection().isCollapsed) openMark(mark, event);
});
document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const rows = target.closest("#choice") && /** @type {HTMLElement[]} */ ([...getMenu().children]);
  if (rows && KEYS[event.key]) KEYS[event.key](rows, rows.indexOf(target));
  else if (event.key === "Enter" && target.matches("#text mark")) openMark(target, {});
  else return;
  event.preventDefault();
});
