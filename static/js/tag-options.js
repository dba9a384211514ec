// @ts-check
// The tags that the fields of a filter offer come when somebody turns to the filters.

/** @param {Event} event */
function loadOptions({ target }) {
  const bar = target.closest?.(".filters");
  /** @type {NodeListOf<HTMLDataListElement> | undefined} */
  const lists = bar?.querySelectorAll("datalist[data-src]");
  for (const list of lists ?? []) loadList(bar, list);
}

/** @param {HTMLElement} bar @param {HTMLDataListElement} list */
async function loadList(bar, list) {
  const { src } = list.dataset;
  delete list.dataset.src;
  await htmx.ajax("GET", src, { target: list });
  /** @type {NodeListOf<HTMLSelectElement>} */
  const fields = bar.querySelectorAll(".of-tags");
  if (!list.options.length) list.dataset.src = src;
  else if (!list.id) for (const field of fields) offerTags(field, list);
}

/** Put the tags behind the blank of a field, which keeps its choice. @param {HTMLSelectElement} field @param {HTMLDataListElement} list */
function offerTags(field, list) {
  const { value } = field;
  const chosen = field.options[1];
  field.append(...list.cloneNode(true).childNodes);
  if (chosen && [...field.options].some((option) => option !== chosen && option.value === value)) chosen.remove();
  field.value = value;
}

for (const event of ["focusin", "pointerover"]) document.addEventListener(event, loadOptions);
document.addEventListener("toggle", loadOptions, true);
