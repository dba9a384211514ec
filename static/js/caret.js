// Reading and selecting with the arrow keys: a caret in a text that cannot be written in.
import { move } from "./caret-moves.js";
import { look } from "./selection.js";
import { textOf } from "./offsets.js";
import { tell, tellChosen } from "./announce.js";

const caret = () => document.getElementById("caret");
const isOn = () => caret()?.hidden === false;

function begin() {
  enter();
  caret().hidden = false;
  document.getElementById("frame").focus({ preventScroll: true });
  tell("Caret on. Arrows move, Shift selects, Control moves by word, Alt by sentence. Enter opens the tools, Escape leaves.");
  draw();
}

function enter() {
  const selection = getSelection();
  if (!textOf().contains(selection.focusNode)) selection.collapse(firstSeen(textOf()), 0);
}

function firstSeen(text) {
  const block = [...text.children].find((one) => one.getBoundingClientRect().bottom > 0) ?? text;
  return document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode() ?? text;
}

// First what is selected is let go, then the caret.
function leave() {
  const selection = getSelection();
  if (!selection.isCollapsed) return selection.collapse(selection.focusNode, selection.focusOffset);
  caret().hidden = true;
  tell("Caret off.");
}

function draw() {
  const selection = getSelection();
  if (!isOn() || !textOf().contains(selection.focusNode)) return;
  const range = new Range();
  range.setStart(selection.focusNode, selection.focusOffset);
  const place = selection.focusNode.nodeType === Node.TEXT_NODE ? selection.focusNode.parentElement : selection.focusNode;
  const rect = range.getClientRects()[0] ?? place.getBoundingClientRect();
  const frame = document.getElementById("frame").getBoundingClientRect();
  caret().style.setProperty("--left", `${rect.left - frame.left}px`);
  caret().style.setProperty("--top", `${rect.top - frame.top}px`);
  caret().style.setProperty("--size", `${rect.height}px`);
}

document.addEventListener("keydown", (event) => {
  if (!isOn() || event.defaultPrevented || event.target.closest?.("#toolbar, #choice, #cards, input, textarea, select, dialog")) return;
  enter();
  if (event.key === "Escape") leave();
  else if (event.key === "Enter" && !event.target.closest("a, button, mark")) look()?.querySelector("[data-main]").focus();
  else if (!move(event)) return;
  event.preventDefault();
  draw();
  caret().scrollIntoView({ block: "nearest" });
  tellChosen();
});
document.addEventListener("click", ({ target }) => target.closest("[data-act=caret]") && begin());
for (const event of ["selectionchange", "htmx:afterSettle"]) document.addEventListener(event, draw);
addEventListener("resize", draw);
