// @ts-check
// "Link" copies the address of a passage; without scripts it is a link like any other.
import { getMessage } from "./messages.js";
import { showToast } from "./toasts.js";

/** @param {HTMLAnchorElement} link */
async function copyPassageLink(link) {
  try {
    await navigator.clipboard.writeText(link.href);
    showToast(getMessage("passageLinkCopied"));
  } catch {
    location.assign(link.href);
  }
}

document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement} */
  const link = event.target.closest("[data-act=copy-link]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  copyPassageLink(link);
});
