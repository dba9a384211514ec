// @ts-check
// What a screen reader announces, by the page's live region.
const QUIET_MS = 400;
const LONG = 60;
/** @type {number | undefined} */
let timer;

/** Announce a message. @param {string} message */
export function announce(message) {
  const region = document.getElementById("say");
  if (region) region.textContent = message;
}

/** Announce the selected words once they stay the same for a moment: all of them, or how they begin and end. */
export function announceSelection() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const words = getSelection().toString().trim().replace(/\s+/g, " ");
    if (words) announce(words.length > LONG ? `Chosen: ${words.slice(0, LONG / 2)} … ${words.slice(-LONG / 2)}` : `Chosen: ${words}`);
  }, QUIET_MS);
}
