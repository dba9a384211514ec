// On a narrow screen the cards of a mark come up from the foot of the screen.
export const NARROW = matchMedia("(max-width: 52rem)");

export function openSheet(ids, mark) {
  const sheet = document.getElementById("sheet");
  const copies = ids.map((id) => document.getElementById(`card-${id}`)?.cloneNode(true)).filter(Boolean);
  for (const copy of copies) copy.removeAttribute("id");
  sheet.querySelector("ol").replaceChildren(...copies);
  sheet.addEventListener("close", () => mark.focus({ preventScroll: true }), { once: true });
  sheet.showModal();
}

document.addEventListener("click", ({ target }) => {
  const sheet = document.getElementById("sheet");
  if (target === sheet || target.closest("#sheet [data-act=close], #sheet .who a")) sheet.close();
});
