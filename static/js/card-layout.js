// Stands every card beside its mark, pushed down only as far as the card above needs, and measures the margin bars.
const GAP = 4;
const NARROW = matchMedia("(max-width: 52rem)");

export function align() {
  const cards = document.getElementById("cards");
  if (!cards) return;
  measureBars();
  const all = [...cards.querySelectorAll(".card")];
  cards.toggleAttribute("data-aligned", !NARROW.matches);
  if (NARROW.matches) for (const node of [cards, ...all]) node.removeAttribute("style");
  else stand(cards, all);
}

// Reads everything, then writes everything: one layout, whatever the number of cards. A property that is inherited
// would have every card's content styled anew, so the place is set itself.
function stand(cards, all) {
  const origin = cards.getBoundingClientRect().top;
  const wanted = all.map((card) => topOf(card.dataset.highlight) - origin - 2);
  const heights = all.map((card) => card.offsetHeight);
  let floor = 0;
  for (const [place, card] of all.entries()) {
    const top = Math.max(wanted[place], floor);
    card.style.insetBlockStart = `${top}px`;
    floor = top + heights[place] + GAP;
  }
  cards.style.minBlockSize = `${floor}px`;
}

function topOf(id) {
  const mark = document.getElementById(`h-${id}`);
  return mark?.getClientRects()[0]?.top ?? mark?.getBoundingClientRect().top ?? 0;
}

function measureBars() {
  const bars = [...document.querySelectorAll("#text mark.bars")];
  const boxes = bars.map((mark) => [mark.getBoundingClientRect(), mark.closest("#text > *").getBoundingClientRect()]);
  for (const [place, mark] of bars.entries()) {
    const [box, block] = boxes[place];
    mark.style.setProperty("--bar-start", `${box.top - block.top}px`);
    mark.style.setProperty("--bar-size", `${box.height}px`);
  }
}

document.fonts.ready.then(align);
document.fonts.addEventListener("loadingdone", align);
for (const event of ["resize", "htmx:afterSettle", "htmx:historyRestore", "reading:set"]) addEventListener(event, align);
