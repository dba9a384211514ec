// A link to the passage that is selected.
import { say } from "./toasts.js";
import { toolbar } from "./toolbar.js";

async function copy() {
  const block = CSS.highlights?.get("chosen")?.values().next().value?.startContainer.parentElement?.closest("#text > *");
  const address = `${location.origin}${location.pathname}#${block?.id ?? "text"}`;
  try {
    await navigator.clipboard.writeText(address);
    say("The link to this block is copied.");
  } catch {
    say(`The link to this block: ${address}`);
  }
}

document.addEventListener("click", ({ target }) => {
  if (toolbar()?.contains(target) && target.closest("[data-act=link]")) copy();
});
