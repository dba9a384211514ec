// @ts-check
// Reading and selecting with the arrow keys: a caret in a text that cannot be written in.
import { moveCaret } from "./caret-moves.js";
import { syncToolbar } from "./selection.js";
import { getTextRoot } from "./offsets.js";
import { whenSettled } from "./settled.js";
import { announce, announceSelection } from "./announce.js";
import { getMessage } from "./messages.js";

const getCaret = () => document.getElementById("caret");
const isCaretOn = () => getCaret()?.hidden === false;

function showCaret() {
  moveFocusIntoText();
  getCaret().hidden = false;
  document.getElementById("frame").focus({ preventScroll: true });
  announce(getMessage("caretOn"));
  drawCaret();
}

function moveFocusIntoText() {
  const selection = getSelection();
  if (!getTextRoot().contains(selection.focusNode)) selection.collapse(findFirstVisibleNode(getTextRoot()), 0);
}

/** @param {HTMLElement} root @returns {Node} */
function findFirstVisibleNode(root) {
  const block = [...root.children].find((child) => child.getBoundingClientRect().bottom > 0) ?? root;
  return document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode() ?? root;
}

// Collapses a selection first; only then hides the caret.
function leaveCaret() {
  const selection = getSelection();
  if (!selection.isCollapsed) return selection.collapse(selection.focusNode, selection.focusOffset);
  getCaret().hidden = true;
  announce(getMessage("caretOff"));
}

function drawCaret() {
  const { focusNode, focusOffset } = getSelection();
  if (!isCaretOn() || focusNode?.nodeType !== Node.TEXT_NODE || !getTextRoot().contains(focusNode)) return;
  const range = new Range();
  range.setStart(focusNode, focusOffset);
  const rect = range.getClientRects()[0] ?? focusNode.parentElement.getBoundingClientRect();
  const frame = document.getElementById("frame").getBoundingClientRect();
  getCaret().style.setProperty("--left", `${rect.left - frame.left}px`);
  getCaret().style.setProperty("--top", `${rect.top - frame.top}px`);
  getCaret().style.setProperty("--size", `${rect.height}px`);
}

/** @param {KeyboardEvent} event */
function isForCaret(event) {
  if (!isCaretOn() || event.defaultPrevented) return false;
  return !event.target.closest?.("#toolbar, #choice, #card-list, input, textarea, select, dialog");
}

document.addEventListener("keydown", (event) => {
  if (!isForCaret(event)) return;
  moveFocusIntoText();
  if (event.key === "Escape") leaveCaret();
  else if (event.key === "Enter" && !event.target.closest("a, button, mark")) syncToolbar()?.querySelector("[data-main]").focus();
  else if (!moveCaret(event)) return;
  event.preventDefault();
  drawCaret();
  getCaret().scrollIntoView({ block: "nearest" });
  announceSelection();
});
document.addEventListener("click", ({ target }) => target.closest("[data-act=caret]") && showCaret());
document.addEventListener("selectionchange", drawCaret);
whenSettled(drawCaret);
addEventListener("resize", drawCaret);
