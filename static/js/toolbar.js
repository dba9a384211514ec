// The toolbar: what can be done with the words that are selected.
import { uuid7 } from "./identifiers.js";
import { light } from "./hover.js";
import { rangeOf, textOf } from "./offsets.js";
import { NARROW } from "./bottom-sheet.js";

const GAP = 8;

export const toolbar = () => document.getElementById("toolbar");
export const isOpen = () => toolbar()?.hidden === false;
export const chosen = ({ elements } = toolbar()) => rangeOf(textOf(), Number(elements.start.value), Number(elements.end.value));
// A note or tags that nobody sent yet are not lost by a click elsewhere.
export const isWrittenIn = () => Boolean(toolbar().elements.note?.value.trim()) || toolbar().querySelector(".chip") !== null;

// The id stays until the highlight is made or other words are chosen: however often it is sent, one highlight is made.
export function open(found) {
  const { elements, hidden } = toolbar();
  const same = !hidden && elements.start.value === String(found.start) && elements.end.value === String(found.end);
  if (!same) elements.id.value = uuid7();
  for (const [name, value] of Object.entries(found)) elements[name].value = value;
  toolbar().querySelector(".chosen").textContent = found.exact;
  toolbar().hidden = false;
  globalThis.CSS.highlights?.set("chosen", new Highlight(chosen()));
  place();
}

// Under the last line of the selection, or over its first where there is room only there; on a phone at the foot of the screen.
function place() {
  const bar = toolbar();
  const lines = [...chosen().getClientRects()];
  const top = Math.min(...lines.map((line) => line.top));
  const bottom = Math.max(...lines.map((line) => line.bottom));
  if (NARROW.matches) return scrollBy({ top: Math.max(0, bottom + bar.offsetHeight + GAP - innerHeight) });
  const frame = bar.parentElement.getBoundingClientRect();
  const below = bottom + GAP + bar.offsetHeight < innerHeight || top - GAP - bar.offsetHeight < 0;
  const left = textOf().dir === "rtl" ? lines.at(-1).right - bar.offsetWidth : lines.at(-1).left;
  bar.classList.toggle("above", !below);
  bar.style.setProperty("--top", `${(below ? bottom + GAP : top - GAP) - frame.top}px`);
  bar.style.setProperty("--left", `${Math.max(0, Math.min(left - frame.left, frame.width - bar.offsetWidth))}px`);
}

// Leaves the caret where the selection ended, and the focus in the text if it was in the toolbar.
export function close() {
  const bar = toolbar();
  const focused = bar.contains(document.activeElement);
  const last = chosen();
  bar.hidden = true;
  bar.reset();
  bar.querySelector(".chips")?.replaceChildren();
  bar.querySelector(".note-field")?.toggleAttribute("hidden", true);
  globalThis.CSS.highlights?.delete("chosen");
  if (focused) document.getElementById("frame").focus({ preventScroll: true });
  getSelection().collapse(last.endContainer, last.endOffset);
}

export function openNote() {
  toolbar().querySelector(".note-field")?.removeAttribute("hidden");
  toolbar().elements.note?.focus();
}

function done({ detail }) {
  if (isOpen()) close();
  if (document.getElementById("caret").hidden) document.getElementById(`h-${detail.id}`)?.focus({ preventScroll: true });
  light([detail.id]);
}

document.addEventListener("highlighted", done);
document.addEventListener("click", ({ target }) => {
  const act = target.closest("#toolbar [data-act]")?.dataset.act;
  if (act === "note") openNote();
  if (act === "close") close();
});
for (const event of ["resize", "reading:set"]) addEventListener(event, () => isOpen() && place());
