// The copy buttons of a citation; without a script they are not there, and the words can be selected.
import { say } from "./toasts.js";

async function copy(thing) {
  const words = thing.href ?? thing.textContent;
  try {
    await navigator.clipboard.writeText(words);
    say("Copied.");
  } catch {
    getSelection().selectAllChildren(thing);
    say("This browser does not let the page copy. The words are selected: copy them with your keys.");
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(document.getElementById(button.dataset.copy)));
}
