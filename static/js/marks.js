// @ts-check
// A mark names its highlights by the ends of their ids, which are a third as long. The server lists them on the first mark of a
// block, and on others only where its list is not that of the mark before, less what ends there, and with what begins.
import { whenSwapped } from "./settled.js";

const SHORT_ID_LENGTH = 12;

/** List the ids of the highlights that a mark belongs to. @param {HTMLElement} mark @returns {string[]} */
export function listHighlights(mark) {
  completeLists();
  return mark.dataset.highlights.split(" ").map(findId);
}

/** Find the id with this end: the highlight begins at the node that has it. @param {string} end */
function findId(end) {
  return document.querySelector(`#text [id^="h-"][id$="${end}"]`)?.id.slice("h-".length) ?? end;
}

/** Find all marks of a highlight. @param {string} id @returns {NodeListOf<HTMLElement>} */
export function findMarks(id) {
  completeLists();
  return document.querySelectorAll(`#text mark[data-highlights~="${id.slice(-SHORT_ID_LENGTH)}"]`);
}

// When a list is asked for, too: that may be before, and htmx gives the focus back to what it swapped in before it says so.
function completeLists() {
  if (!document.querySelector("#text mark:not([data-highlights])")) return;
  /** @type {string[]} */
  let ids = []; // of the highlights that go on
  for (const mark of document.querySelectorAll("#text mark")) {
    const list = mark.getAttribute("data-highlights");
    ids = list?.split(" ") ?? [...ids, ...listBeginning(mark)];
    if (!list) mark.setAttribute("data-highlights", ids.join(" "));
    const ended = mark.getAttribute("data-end")?.split(" ");
    if (ended) ids = ids.filter((_, place) => !ended.includes(String(place)));
  }
}

/** List the highlights that begin with a mark: its own, and those that left their ids just before it. @param {Element} mark */
function listBeginning(mark) {
  const ids = mark.id ? [mark.id] : [];
  for (let node = mark.previousSibling; isAnchor(node); node = node.previousSibling) ids.splice(1, 0, node.id);
  return ids.map((id) => id.slice(-SHORT_ID_LENGTH));
}

/** @param {Node} node @returns {node is HTMLElement} */
const isAnchor = (node) => node instanceof HTMLSpanElement && node.id.startsWith("h-");

(globalThis.requestIdleCallback ?? setTimeout)(completeLists); // the page is shown first
whenSwapped(completeLists);
