// What the keys mean to the caret.
import { points, rangeOf, textOf } from "./offsets.js";
import { sentenceFrom } from "./sentences.js";

const PAGE = 12; // lines
const WAYS = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "backward",
  ArrowDown: "forward",
  Home: "backward",
  End: "forward",
  PageUp: "backward",
  PageDown: "forward",
};

// Moves the end of the selection as a key says, or all of it; false where the key says nothing of moving.
export function move(event) {
  if (!WAYS[event.key]) return false;
  const selection = getSelection();
  if (event.altKey) put(selection, sentenceFrom(textOf(), selection.focusNode, selection.focusOffset, isForward(event)), event);
  else if (event.ctrlKey && (event.key === "Home" || event.key === "End")) put(selection, edge(event.key === "End"), event);
  else for (let times = event.key.startsWith("Page") ? PAGE : 1; times; times--) step(selection, event);
  return true;
}

// One step of the browser's own, taken back where it leads out of the text.
function step(selection, event) {
  const kept = [selection.anchorNode, selection.anchorOffset, selection.focusNode, selection.focusOffset];
  selection.modify(event.shiftKey ? "extend" : "move", WAYS[event.key], sizeOf(event));
  if (!textOf().contains(selection.focusNode)) selection.setBaseAndExtent(...kept);
}

function sizeOf({ key, ctrlKey }) {
  if (key === "Home" || key === "End") return "lineboundary";
  if (WAYS[key] === "left" || WAYS[key] === "right") return ctrlKey ? "word" : "character";
  return "line";
}

function isForward({ key }) {
  return key === "ArrowDown" || key === (textOf().dir === "rtl" ? "ArrowLeft" : "ArrowRight");
}

function edge(atEnd) {
  const place = atEnd ? points(textOf().textContent) : 0;
  const range = rangeOf(textOf(), place, place);
  return atEnd ? [range.endContainer, range.endOffset] : [range.startContainer, range.startOffset];
}

function put(selection, place, { shiftKey }) {
  if (place && shiftKey) selection.extend(...place);
  else if (place) selection.collapse(...place);
}
