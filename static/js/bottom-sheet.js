// @ts-check
// On a narrow screen the cards of a mark come up in a sheet from the bottom: the list itself, with the other cards hidden.

/** @returns {HTMLDialogElement} */
const getSheet = () => document.querySelector("#sheet");
const getCardList = () => document.getElementById("card-list");

/** Open the sheet with the cards of these highlights; the focus returns to the mark. @param {string[]} ids @param {HTMLElement} mark */
export function openBottomSheet(ids, mark) {
  const sheet = getSheet();
  showOnly(ids);
  sheet.append(getCardList());
  sheet.addEventListener("close", () => putBack(mark), { once: true });
  sheet.showModal();
}

/** @param {string[] | null} ids of the cards that stay; null for all */
function showOnly(ids) {
  for (const card of getCardList().querySelectorAll(".card")) card.hidden = ids !== null && !ids.includes(card.dataset.highlight);
}

/** @param {HTMLElement} mark */
function putBack(mark) {
  showOnly(null);
  document.getElementById("cards").append(getCardList());
  mark.focus({ preventScroll: true });
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
// What was changed in the sheet is told, and undone, on the page; while the ends are adjusted, and in a thread, the sheet stays open.
document.addEventListener("htmx:afterRequest", ({ detail: { xhr, requestConfig } }) => {
  const isAct = requestConfig.verb !== "get" && !/\/(ends|replies\/.*)\/?$/.test(requestConfig.path);
  const isDone = isAct && xhr.status >= 200 && xhr.status < 300;
  if (isDone && getSheet()?.open) getSheet().close();
});
