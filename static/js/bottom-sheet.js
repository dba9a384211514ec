// On a narrow screen the cards of a mark come up from the foot of the screen, as copies: nothing is moved.
export const NARROW = matchMedia("(max-width: 52rem)");

export function openSheet(ids, mark) {
  const sheet = document.getElementById("sheet");
  const copies = ids.map((id) => document.getElementById(`card-${id}`)?.cloneNode(true)).filter(Boolean);
  for (const copy of copies) copy.removeAttribute("id");
  sheet.querySelector("ol").replaceChildren(...copies);
  sheet.addEventListener("close", () => mark.focus({ preventScroll: true }), { once: true });
  sheet.showModal();
}

function isBeside(sheet, { clientX, clientY }) {
  const box = sheet.getBoundingClientRect();
  return clientY < box.top || clientY > box.bottom || clientX < box.left || clientX > box.right;
}

document.addEventListener("click", (event) => {
  const sheet = document.getElementById("sheet");
  const beside = event.target === sheet && isBeside(sheet, event);
  if (beside || event.target.closest("#sheet [data-act=close], #sheet .who a")) sheet.close();
});
