// @ts-check
// Adjudication: words that are selected in the text fill the form for another passage.

import "./site.js";
import "./tag-field.js";
import { describeRange, getTextRoot } from "./offsets.js";

const WORDS = 4; // that are shown of the beginning and the end of a selection
const another = /** @type {HTMLDetailsElement | null} */ (document.getElementById("another"));
const root = getTextRoot();

/** @param {string} name @param {string | number} value */
function fill(name, value) {
  const field = /** @type {HTMLInputElement} */ (another.querySelector(`[name=${name}]`));
  field.value = String(value);
}

function takeSelection() {
  const selection = getSelection();
  if (!another || !root || !selection?.rangeCount || selection.isCollapsed) return;
  const place = describeRange(root, selection.getRangeAt(0));
  if (!place) return;
  const words = place.exact.split(/\s+/);
  another.open = true;
  fill("start", place.start);
  fill("end", place.end);
  fill("first", words.slice(0, WORDS).join(" "));
  fill("last", words.slice(-WORDS).join(" "));
}

// One reason is asked for at a time; what was written of it goes along.
function moveReason() {
  /** @type {HTMLTextAreaElement[]} */
  const [above, below] = ["reason", "reason-another"].map((id) => document.querySelector(`#${id}`));
  const [from, to] = another.open ? [above, below] : [below, above];
  to.value ||= from.value;
  from.value = "";
}

document.addEventListener("pointerup", takeSelection);
root?.addEventListener("keyup", takeSelection);

// What is written by hand counts more than what was selected before.
another?.addEventListener("input", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (!["first", "last"].includes(field.name)) return;
  fill("start", "");
  fill("end", "");
});

another?.addEventListener("toggle", () => {
  moveReason();
  if (another.open && getSelection()?.isCollapsed !== false) document.getElementById("first")?.focus();
});

document.addEventListener("keydown", (event) => {
  const field = /** @type {HTMLElement} */ (event.target);
  if (event.key === "Escape" && field.closest?.(".decide")) field.blur();
});

// Where the text stands beside the form, the words in question are brought into sight.
if (matchMedia("(min-width: 60rem)").matches) document.querySelector("#text .current")?.scrollIntoView({ block: "nearest" });
