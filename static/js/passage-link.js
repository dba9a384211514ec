// "Link" copies the address of a passage; without a script it is a link like any other.
import { say } from "./toasts.js";

async function copy(link) {
  try {
    await navigator.clipboard.writeText(link.href);
    say("The link to this passage is copied.");
  } catch {
    location.assign(link.href);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-act=copy-link]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  copy(link);
});
