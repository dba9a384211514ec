// A mark and its card light together, under the pointer or the focus.
function idsOf(node) {
  const mark = node?.closest?.("#text mark");
  if (mark) return mark.dataset.highlights.split(" ");
  const row = node?.closest?.("#cards .card, #choice button");
  return row ? [row.dataset.highlight] : [];
}

export function light(ids) {
  for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit");
  for (const id of ids) {
    document.getElementById(`card-${id}`)?.classList.add("lit");
    for (const mark of document.querySelectorAll(`#text mark[data-highlights~="${id}"]`)) mark.classList.add("lit");
  }
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
