// Reading and selecting with the arrow keys: a caret in a text that cannot be written in.
import { before, points, rangeOf, textOf } from "./offsets.js";
import { isFree } from "./keys.js";

const caret = () => document.getElementById("caret");
const isOn = () => caret()?.hidden === false;

export function begin() {
  const text = textOf();
  const selection = getSelection();
  const there = selection.rangeCount && text.contains(selection.focusNode);
  if (!there) selection.collapse(firstSeen(text), 0);
  caret().hidden = false;
  document.getElementById("frame").focus({ preventScroll: true });
  tell("Caret on. Arrows move, Shift selects, Control moves by word, Alt by sentence. Enter opens the tools, Escape leaves.");
  draw();
}

function firstSeen(text) {
  const block = [...text.children].find((one) => one.getBoundingClientRect().bottom > 0) ?? text;
  return document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode() ?? text;
}

function end() {
  caret().hidden = true;
  tell("Caret off.");
}

function tell(words) {
  document.getElementById("say").textContent = words;
}

function draw() {
  const selection = getSelection();
  if (!isOn() || !selection.focusNode) return;
  const range = new Range();
  range.setStart(selection.focusNode, selection.focusOffset);
  const rect = range.getClientRects()[0] ?? selection.focusNode.parentElement.getBoundingClientRect();
  const frame = document.getElementById("frame").getBoundingClientRect();
  caret().style.setProperty("--left", `${rect.left - frame.left}px`);
  caret().style.setProperty("--top", `${rect.top - frame.top}px`);
  caret().style.setProperty("--size", `${rect.height}px`);
  caret().scrollIntoView({ block: "nearest" });
}

const WAYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "backward", ArrowDown: "forward", Home: "backward", End: "forward" };

function move(event) {
  const upright = event.key === "ArrowUp" || event.key === "ArrowDown";
  if (event.altKey && WAYS[event.key]) return bySentence(event);
  const size = event.key === "Home" || event.key === "End" ? "lineboundary" : upright ? "line" : event.ctrlKey ? "word" : "character";
  const selection = getSelection();
  const kept = [selection.anchorNode, selection.anchorOffset, selection.focusNode, selection.focusOffset];
  selection.modify(event.shiftKey ? "extend" : "move", WAYS[event.key], size);
  if (!textOf().contains(selection.focusNode)) selection.setBaseAndExtent(...kept);
}

// From sentence to sentence; with Shift the sentence is added.
function bySentence(event) {
  const text = textOf();
  const selection = getSelection();
  const at = new Range();
  at.setStart(selection.focusNode, selection.focusOffset);
  const here = before(text, at).length;
  const sentences = [...new Intl.Segmenter(text.lang || undefined, { granularity: "sentence" }).segment(text.textContent)];
  const ends = [...sentences.map((one) => one.index), text.textContent.length];
  const forward = event.key === "ArrowDown" || event.key === "ArrowRight";
  const there = forward ? ends.find((end) => end > here) : ends.findLast((end) => end < here);
  if (there === undefined) return;
  const place = points(text.textContent.slice(0, there));
  const range = rangeOf(text, place, place);
  if (event.shiftKey) selection.extend(range.startContainer, range.startOffset);
  else selection.collapse(range.startContainer, range.startOffset);
}

function openTools(event) {
  const main = document.querySelector("#toolbar:not([hidden]) [data-main]");
  if (main) event.preventDefault();
  main?.focus();
}

document.addEventListener("keydown", (event) => {
  if (!isOn()) return event.key === "c" && caret() && isFree(event) ? begin() : undefined;
  if (event.target.closest?.("#toolbar, input, textarea, select")) return;
  if (event.key === "Escape") return end();
  if (event.key === "Enter") return openTools(event);
  if (!WAYS[event.key]) return;
  event.preventDefault();
  move(event);
  draw();
});
document.addEventListener("click", ({ target }) => target.closest("[data-act=caret]") && begin());
document.addEventListener("selectionchange", draw);
addEventListener("resize", draw);
