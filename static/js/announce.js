// @ts-check
// What a screen reader announces, by the page's live region.
import { getMessage } from "./messages.js";
import { graphemeAt } from "./offsets.js";

const QUIET_MS = 400;
const LONG = 60; // UTF-16 units
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
    if (words) announce(describe(words));
  }, QUIET_MS);
}

/** What is said of chosen words: long ones by their beginning and end. @param {string} words on one line */
function describe(words) {
  if (words.length <= LONG) return getMessage("selected", { words });
  const [start, end] = cutEnds(words);
  return getMessage("selectedFromTo", { start, end });
}

/** How long words begin and end, in whole words or, of long ones, whole graphemes. @param {string} words on one line */
export function cutEnds(words) {
  const start = words.slice(0, graphemeAt(words, LONG / 2).index);
  const end = words.slice(graphemeAt(words, words.length - LONG / 2).index);
  return [start.match(/^(.{15,}) \S*$/su)?.[1] ?? start, end.match(/^\S* (.{15,})$/su)?.[1] ?? end];
}
