// A link to the block in which the chosen words begin.
import { say } from "./toasts.js";
import { chosen } from "./toolbar.js";

async function copy() {
  const block = chosen().startContainer.parentElement.closest("#text > *");
  const address = `${location.origin}${location.pathname}#${block.id}`;
  try {
    await navigator.clipboard.writeText(address);
    say(`The link to block ${block.id.slice(1)} is copied.`);
  } catch {
    say(`The link to block ${block.id.slice(1)}: ${address}`);
  }
}

document.addEventListener("click", ({ target }) => target.closest("#toolbar [data-act=link]") && copy());
