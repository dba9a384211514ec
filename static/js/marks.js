// @ts-check
// A mark names its highlights by the ends of their ids, which are a third as long: a text with a thousand marks is that much lighter.

const SHORT_ID_LENGTH = 12;

/** List the ids of the highlights that a mark belongs to. @param {HTMLElement} mark @returns {string[]} */
export function listHighlights(mark) {
  return mark.dataset.highlights.split(" ").map(findId);
}

/** Find the id with this end: the highlight begins at the node that has it. @param {string} end */
function findId(end) {
  return document.querySelector(`#text [id^="h-"][id$="${end}"]`)?.id.slice("h-".length) ?? end;
}

/** Find all marks of a highlight. @param {string} id @returns {NodeListOf<HTMLElement>} */
export function findMarks(id) {
  return document.querySelectorAll(`#text mark[data-highlights~="${id.slice(-SHORT_ID_LENGTH)}"]`);
}
