// @ts-check
// While a card is edited, the selected words can become the new start and end of its highlight.
import { describeRange, getTextRoot } from "./offsets.js";

function offerSelection() {
  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll("#cards form.ends");
  const selection = getSelection();
  if (!forms.length || document.activeElement.closest("form")) return;
  const selector = selection.isCollapsed ? null : describeRange(getTextRoot(), selection.getRangeAt(0));
  for (const form of forms) {
    /** @type {HTMLButtonElement} */
    const button = form.querySelector("[data-act=ends]");
    button.hidden = false;
    button.disabled = !selector;
    for (const [name, value] of Object.entries(selector ?? {})) form.elements[name].value = value;
  }
}

document.addEventListener("selectionchange", offerSelection);
