// @ts-check
// On a narrow screen the cards of a mark come up in a sheet from the bottom, as copies: nothing is moved.

/** @returns {HTMLDialogElement} */
const getSheet = () => document.querySelector("#sheet");

/** Open the sheet with the cards of these highlights; the focus returns to the mark. @param {string[]} ids @param {HTMLElement} mark */
export function openBottomSheet(ids, mark) {
  const sheet = getSheet();
  const copies = ids.map((id) => /** @type {HTMLElement} */ (document.getElementById(`card-${id}`)?.cloneNode(true))).filter(Boolean);
  for (const copy of copies) copy.removeAttribute("id");
  sheet.querySelector("ol").replaceChildren(...copies);
  sheet.addEventListener("close", () => mark.focus({ preventScroll: true }), { once: true });
  sheet.showModal();
}

/** @param {HTMLElement} sheet @param {MouseEvent} event */
function isOutside(sheet, { clientX, clientY }) {
  const box = sheet.getBoundingClientRect();
  return clientY < box.top || clientY > box.bottom || clientX < box.left || clientX > box.right;
}

document.addEventListener("click", (event) => {
  const sheet = getSheet();
  const isOnBackdrop = event.target === sheet && isOutside(sheet, event);
  if (isOnBackdrop || event.target.closest("#sheet [data-act=close], #sheet .who a")) sheet.close();
});
