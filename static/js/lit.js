// A mark and its card light together, under the pointer or the focus.
function idsOf(node) {
  const mark = node.closest?.("#text mark");
  return mark ? mark.dataset.highlights.split(" ") : [node.closest?.("#cards .card")?.dataset.highlight ?? []].flat();
}

export function light(ids) {
  for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit");
  for (const id of ids) {
    document.getElementById(`card-${id}`)?.classList.add("lit");
    for (const mark of document.querySelectorAll(`#text mark[data-highlights~="${id}"]`)) mark.classList.add("lit");
  }
}

for (const event of ["pointerover", "focusin"]) document.addEventListener(event, ({ target }) => light(idsOf(target)));
