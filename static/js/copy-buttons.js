// @ts-check
// Copy buttons: without scripts they are hidden, and the text can be selected.
import { getMessage } from "./messages.js";
import { showToast } from "./toasts.js";

/** Copy the address of a link, or the text of any other element. @param {HTMLElement} element */
async function copyElement(element) {
  const text = /** @type {HTMLAnchorElement} */ (element).href ?? element.textContent;
  try {
    await navigator.clipboard.writeText(text);
    showToast(getMessage("copied"));
  } catch {
    getSelection().selectAllChildren(element);
    showToast(getMessage("notCopied"));
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copyElement(document.getElementById(button.dataset.copy)));
}
