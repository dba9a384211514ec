// @ts-check
// While a card is edited, the selected words can become the new start and end of its highlight.
import { describeRange, getTextRoot } from "./offsets.js";

function offerSelection() {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = document.querySelectorAll("#card-list [data-act=ends]");
  const selection = getSelection();
  if (!buttons.length || document.activeElement.closest("form")) return;
  const selector = selection.isCollapsed ? null : describeRange(getTextRoot(), selection.getRangeAt(0));
  for (const button of buttons) {
    button.hidden = false;
    button.disabled = !selector;
    for (const [name, value] of Object.entries(selector ?? {})) button.form.elements[name].value = value;
  }
}

document.addEventListener("selectionchange", offerSelection);
