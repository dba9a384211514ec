// @ts-check
// A link to the block in which the selected words begin.
import { getMessage } from "./messages.js";
import { showToast } from "./toasts.js";
import { getSelectedRange } from "./toolbar.js";

async function copyBlockLink() {
  const block = getSelectedRange().startContainer.parentElement.closest("#text > *");
  const number = block.id.slice(1);
  const address = `${location.origin}${location.pathname}#${block.id}`;
  try {
    await navigator.clipboard.writeText(address);
    showToast(getMessage("blockLinkCopied", { number }));
  } catch {
    showToast(getMessage("blockLink", { number, address }));
  }
}

document.addEventListener("click", ({ target }) => target.closest("#toolbar [data-act=link]") && copyBlockLink());
