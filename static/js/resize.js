// While a card is edited, the words that are selected can become its new ends.
import { selected, textOf } from "./offsets.js";

function offer() {
  const forms = document.querySelectorAll("#cards form.ends");
  const selection = getSelection();
  if (!forms.length || document.activeElement.closest("form")) return;
  const found = selection.isCollapsed ? null : selected(textOf(), selection.getRangeAt(0));
  for (const form of forms) {
    const button = form.querySelector("[data-act=ends]");
    button.hidden = false;
    button.disabled = !found;
    for (const [name, value] of Object.entries(found ?? {})) form.elements[name].value = value;
  }
}

document.addEventListener("selectionchange", offer);
