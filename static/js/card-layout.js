// @ts-check
// Places every card beside its mark, lower only as far as the card above or the toolbar needs, and measures the margin bars.
import { whenSettled, whenSwapped } from "./settled.js";
import { NARROW } from "./viewport.js";

const GAP = 4; // pixels

/** @typedef {{ top: number, bottom: number }} Band what the toolbar takes of the margin, in pixels from the top of the cards */

/** Place the cards anew. */
export function alignCards() {
  const list = document.getElementById("cards");
  if (!list) return;
  measureBars();
  const cards = [...list.querySelectorAll(".card")];
  list.toggleAttribute("data-aligned", !NARROW.matches);
  if (NARROW.matches) for (const node of [list, ...cards]) node.removeAttribute("style");
  else placeCards(list, cards);
}

// Reads everything, then writes everything: one layout, whatever the number of cards. A property that is inherited
// would have every card's content styled anew, so the place is set itself.
/** @param {HTMLElement} list @param {HTMLElement[]} cards */
function placeCards(list, cards) {
  const origin = list.getBoundingClientRect().top;
  const wanted = cards.map((card) => measureMarkTop(card.dataset.highlight) - origin - 2);
  const heights = cards.map((card) => card.offsetHeight);
  const band = measureToolbar();
  let bottom = 0;
  for (const [index, card] of cards.entries()) {
    const top = keepOff(band, Math.max(wanted[index], bottom), heights[index]);
    card.style.insetBlockStart = `${top}px`;
    if (card.classList.contains("lit")) card.style.setProperty("--pushed", `${Math.max(0, top - wanted[index])}px`);
    bottom = top + heights[index] + GAP;
  }
  const more = document.getElementById("more-cards");
  if (more) more.style.insetBlockStart = `${bottom}px`;
  list.style.minBlockSize = `${Math.max(bottom + (more?.offsetHeight ?? 0), band.bottom)}px`;
}

/** @param {Band} band @param {number} top @param {number} height */
function keepOff(band, top, height) {
  return top < band.bottom && top + height > band.top ? band.bottom : top;
}

/** @returns {Band} */
function measureToolbar() {
  const toolbar = document.getElementById("toolbar");
  if (!toolbar || toolbar.hidden) return { top: 0, bottom: 0 };
  return { top: toolbar.offsetTop, bottom: toolbar.offsetTop + toolbar.offsetHeight + GAP };
}

// A mark far from the screen is not rendered, and would be for being measured; its block has a place.
/** @param {string} id */
function measureMarkTop(id) {
  const mark = document.getElementById(`h-${id}`);
  const node = mark && !isLaidOut(mark) ? mark.closest("#text > *") : mark;
  return node?.getClientRects()[0]?.top ?? node?.getBoundingClientRect().top ?? 0;
}

/** @param {Element} mark */
const isLaidOut = (mark) => mark.checkVisibility({ contentVisibilityAuto: true });

function measureBars() {
  const marks = [...document.querySelectorAll("#text mark.bars")].filter(isLaidOut);
  const boxes = marks.map((mark) => [mark.getBoundingClientRect(), mark.closest("#text > *").getBoundingClientRect()]);
  for (const [index, mark] of marks.entries()) {
    const [box, block] = boxes[index];
    mark.style.setProperty("--bar-start", `${box.top - block.top}px`);
    mark.style.setProperty("--bar-size", `${box.height}px`);
  }
}

const growing = new ResizeObserver(alignCards); // of cards, while they are edited

function watchForms() {
  growing.disconnect();
  for (const form of document.querySelectorAll("#cards :is(.editing, .thread-part)")) growing.observe(form);
}

let isWaiting = false;
/** Place the cards anew in the next frame, however often it is asked for. */
export function alignSoon() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    alignCards();
  });
}

document.addEventListener("contentvisibilityautostatechange", alignSoon, true);
document.fonts.addEventListener("loadingdone", alignCards);
for (const event of ["resize", "htmx:historyRestore", "reading:set"]) addEventListener(event, alignCards);
addEventListener("htmx:historyRestore", watchForms);
whenSwapped(alignCards); // or new cards are painted where they do not stay
whenSettled(alignCards);
whenSettled(watchForms);
watchForms();
alignSoon();
