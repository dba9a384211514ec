// @ts-check
// Places every card beside its mark, lower only as far as the card above needs, and measures the margin bars.
import { NARROW } from "./viewport.js";

const GAP = 4; // pixels

function alignCards() {
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
  let bottom = 0;
  for (const [index, card] of cards.entries()) {
    const top = Math.max(wanted[index], bottom);
    card.style.insetBlockStart = `${top}px`;
    bottom = top + heights[index] + GAP;
  }
  list.style.minBlockSize = `${bottom}px`;
}

/** @param {string} id */
function measureMarkTop(id) {
  const mark = document.getElementById(`h-${id}`);
  return mark?.getClientRects()[0]?.top ?? mark?.getBoundingClientRect().top ?? 0;
}

function measureBars() {
  const marks = [...document.querySelectorAll("#text mark.bars")];
  const boxes = marks.map((mark) => [mark.getBoundingClientRect(), mark.closest("#text > *").getBoundingClientRect()]);
  for (const [index, mark] of marks.entries()) {
    const [box, block] = boxes[index];
    mark.style.setProperty("--bar-start", `${box.top - block.top}px`);
    mark.style.setProperty("--bar-size", `${box.height}px`);
  }
}

document.fonts.ready.then(alignCards);
document.fonts.addEventListener("loadingdone", alignCards);
for (const event of ["resize", "htmx:afterSettle", "htmx:historyRestore", "reading:set"]) addEventListener(event, alignCards);
