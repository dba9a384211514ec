// @ts-check
// What the keys mean to the caret.
import { countCodePoints, createRange, getTextRoot } from "./offsets.js";
import { findSentenceStart } from "./sentences.js";

/** @typedef {{ unit: string, direction: string, times: number }} Movement the unit and direction are those of Selection.modify */

const PAGE = 12; // lines
/** @type {Record<string, string>} */
const DIRECTIONS = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "backward",
  ArrowDown: "forward",
  Home: "backward",
  End: "forward",
  PageUp: "backward",
  PageDown: "forward",
};

/**
 * Read which movement a key asks for; null where it asks for none.
 * @param {{ key: string, altKey?: boolean, ctrlKey?: boolean }} event
 * @param {boolean} isRightToLeft
 * @returns {Movement | null}
 */
export function readMovement({ key, altKey, ctrlKey }, isRightToLeft) {
  const direction = DIRECTIONS[key];
  if (!direction) return null;
  if (altKey) return { unit: "sentence", direction: isForward(key, isRightToLeft) ? "forward" : "backward", times: 1 };
  const isEdge = key === "Home" || key === "End";
  if (isEdge) return { unit: ctrlKey ? "documentboundary" : "lineboundary", direction, times: 1 };
  if (key === "ArrowLeft" || key === "ArrowRight") return { unit: ctrlKey ? "word" : "character", direction, times: 1 };
  return { unit: "line", direction, times: key.startsWith("Page") ? PAGE : 1 };
}

/** @param {string} key @param {boolean} isRightToLeft */
function isForward(key, isRightToLeft) {
  return key === "ArrowDown" || key === (isRightToLeft ? "ArrowLeft" : "ArrowRight");
}

/** Move the caret, or with Shift the end of the selection, as a key asks; false where it asks for nothing. @param {KeyboardEvent} event */
export function moveCaret(event) {
  const root = getTextRoot();
  const movement = readMovement(event, root.dir === "rtl");
  if (!movement) return false;
  const selection = getSelection();
  const forward = movement.direction === "forward";
  if (movement.unit === "sentence") {
    placeFocus(selection, findSentenceStart(root, selection.focusNode, selection.focusOffset, forward), event.shiftKey);
  } else if (movement.unit === "documentboundary") placeFocus(selection, findTextEdge(root, forward), event.shiftKey);
  else for (let times = movement.times; times; times--) stepFocus(selection, movement, event.shiftKey);
  return true;
}

// Takes one step of the browser's own, and takes it back where it leads out of the text.
/** @param {Selection} selection @param {Movement} movement @param {boolean} extend */
function stepFocus(selection, { unit, direction }, extend) {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  selection.modify(extend ? "extend" : "move", direction, unit);
  if (!getTextRoot().contains(selection.focusNode)) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
}

/** @param {HTMLElement} root @param {boolean} atEnd @returns {[Node, number]} */
function findTextEdge(root, atEnd) {
  const place = atEnd ? countCodePoints(root.textContent) : 0;
  const range = createRange(root, place, place);
  return atEnd ? [range.endContainer, range.endOffset] : [range.startContainer, range.startOffset];
}

/** @param {Selection} selection @param {[Node, number] | null} place @param {boolean} extend */
function placeFocus(selection, place, extend) {
  if (place && extend) selection.extend(...place);
  else if (place) selection.collapse(...place);
}
