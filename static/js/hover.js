// A mark and its card light together, under the pointer or the focus.
function idsOf(node) {
  const mark = node?.closest?.("#text mark");
  if (mark) return mark.dataset.highlights.split(" ");
  const row = node?.closest?.("#cards .card, #choice button");
  return row ? [row.dataset.highlight] : [];
}

export function light(ids) {
  const before = [...document.querySelectorAll(".card.lit")].map((card) => card.dataset.highlight);
  if (String(before.sort()) === String([...ids].sort())) return;
  const cards = ids.map((id) => document.getElementById(`card-${id}`));
  const pushed = ids.map((id, place) => pushedBy(cards[place], document.getElementById(`h-${id}`)));
  for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit");
  for (const [place, id] of ids.entries()) {
    cards[place]?.classList.add("lit");
    cards[place]?.style.setProperty("--pushed", `${pushed[place]}px`);
    for (const mark of document.querySelectorAll(`#text mark[data-highlights~="${id}"]`)) mark.classList.add("lit");
  }
}

// How far the cards above have pushed a card down from its words.
function pushedBy(card, mark) {
  const line = mark?.getClientRects()[0];
  return card && line ? Math.max(0, card.getBoundingClientRect().top - line.top + 2) : 0;
}

// What has the focus stays lit while the pointer is over nothing.
function follow({ target }) {
  const ids = idsOf(target);
  light(ids.length ? ids : idsOf(document.activeElement));
}

function lightAddressed() {
  if (location.hash.startsWith("#h-")) light([location.hash.slice(3)]);
}

// From a card to its words: the mark that begins where the highlight does, also where that is another's.
function goToMark(event) {
  const link = event.target.closest('.card .who a[href^="#h-"]');
  if (!link) return;
  const id = link.getAttribute("href").slice(3);
  const mark = document.querySelector(`#text mark[data-highlights~="${id}"]`);
  if (!mark) return;
  event.preventDefault();
  if (mark.tabIndex < 0) mark.tabIndex = -1;
  mark.focus();
  light([id]);
}

for (const event of ["pointerover", "focusin"]) document.addEventListener(event, follow);
document.addEventListener("click", goToMark);
addEventListener("hashchange", lightAddressed);
lightAddressed();
