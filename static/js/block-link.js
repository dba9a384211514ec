// @ts-check
// A link to the block in which the selected words begin.
import { showToast } from "./toasts.js";
import { getSelectedRange } from "./toolbar.js";

async function copyBlockLink() {
  const block = getSelectedRange().startContainer.parentElement.closest("#text > *");
  const address = `${location.origin}${location.pathname}#${block.id}`;
  try {
    await navigator.clipboard.writeText(address);
    showToast(`The link to block ${block.id.slice(1)} is copied.`);
  } catch {
    showToast(`The link to block ${block.id.slice(1)}: ${address}`);
  }
}

document.addEventListener("click", ({ target }) => target.closest("#toolbar [data-act=link]") && copyBlockLink());
