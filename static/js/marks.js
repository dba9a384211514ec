// @ts-check
// A page names the highlights of its marks in short: by the ends of their ids, and only on the first mark of a block or where the list is
// not that of the mark before, less what ends there, and with what begins. Here every mark gets its list of whole ids.
import { whenSwapped } from "./settled.js";

const SHORT_ID_LENGTH = 12;
const UNFINISHED = '#text mark:not([data-highlights*="-"])'; // whole ids have hyphens

/** List the ids of the highlights that a mark belongs to. @param {HTMLElement} mark @returns {string[]} */
export function listHighlights(mark) {
  completeLists();
  return mark.dataset.highlights.split(" ");
}

/** Find all marks of a highlight. @param {string} id @returns {NodeListOf<HTMLElement>} */
export function findMarks(id) {
  completeLists();
  return document.querySelectorAll(`#text mark[data-highlights~="${id}"]`);
}

/** Find the mark that begins a highlight and belongs to just these. @param {string} ids @returns {HTMLElement | null} */
export function findFirstMark(ids) {
  completeLists();
  return document.querySelector(`#text mark[id][data-highlights="${ids}"]`);
}

// When a list is asked for, too: that may be before, and htmx gives the focus back to what it swapped in before it says so.
function completeLists() {
  if (!document.querySelector(UNFINISHED)) return;
  const begins = [...document.querySelectorAll('#text [id^="h-"]')].map(({ id }) => id.slice("h-".length));
  const idByEnd = new Map(begins.map((id) => [id.slice(-SHORT_ID_LENGTH), id]));
  /** @type {string[]} */
  let ids = []; // of the highlights that go on
  for (const mark of document.querySelectorAll("#text mark")) {
    const list = mark.getAttribute("data-highlights")?.split(" ");
    ids = list?.map((end) => idByEnd.get(end) ?? end) ?? [...ids, ...listBeginning(mark)];
    mark.setAttribute("data-highlights", ids.join(" "));
    const ended = mark.getAttribute("data-end")?.split(" ");
    if (ended) ids = ids.filter((_, place) => !ended.includes(String(place)));
  }
}

/** List the highlights that begin with a mark: its own, and those that left their ids just before it. @param {Element} mark */
function listBeginning(mark) {
  const ids = mark.id ? [mark.id] : [];
  for (let node = mark.previousSibling; isAnchor(node); node = node.previousSibling) ids.splice(1, 0, node.id);
  return ids.map((id) => id.slice("h-".length));
}

/** @param {Node} node @returns {node is HTMLElement} */
const isAnchor = (node) => node instanceof HTMLSpanElement && node.id.startsWith("h-");

(globalThis.requestIdleCallback ?? setTimeout)(completeLists); // the page is shown first
whenSwapped(completeLists);
