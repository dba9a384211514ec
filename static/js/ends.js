// While a card is edited, the words that are selected can become its new ends.
import { selected, textOf } from "./offsets.js";

document.addEventListener("selectionchange", () => {
  const button = document.querySelector("#cards form.ends [data-act=ends]");
  const selection = getSelection();
  if (!button || !selection.rangeCount || document.activeElement.closest?.("form")) return;
  const found = selection.isCollapsed ? null : selected(textOf(), selection.getRangeAt(0));
  button.hidden = false;
  button.disabled = !found;
  for (const [name, value] of Object.entries(found ?? {})) button.form.elements[name].value = value;
});
