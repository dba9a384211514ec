// The toolbar: what can be done with the words that are selected.
import { uuid7 } from "./identifiers.js";

export const toolbar = () => document.getElementById("toolbar");
export const isOpen = () => toolbar()?.hidden === false;

export function open(found, range) {
  const bar = toolbar();
  const same = Object.keys(found).every((name) => bar.elements[name].value === String(found[name]));
  if (!same) bar.elements.id.value = uuid7();
  for (const [name, value] of Object.entries(found)) bar.elements[name].value = value;
  bar.hidden = false;
  CSS.highlights?.set("chosen", new Highlight(range.cloneRange()));
  place(bar, range);
}

// Under the last line of the selection, inside the frame. On a phone the stylesheet fixes it to the foot of the screen.
function place(bar, range) {
  const lines = range.getClientRects();
  const line = lines[lines.length - 1] ?? range.getBoundingClientRect();
  const frame = bar.parentElement.getBoundingClientRect();
  const left = Math.min(line.left - frame.left, frame.width - bar.offsetWidth);
  bar.style.setProperty("--top", `${line.bottom - frame.top + 8}px`);
  bar.style.setProperty("--left", `${Math.max(0, left)}px`);
}

export function close() {
  const bar = toolbar();
  const focused = bar.contains(document.activeElement);
  bar.hidden = true;
  bar.reset();
  bar.querySelector(".chips").replaceChildren();
  bar.querySelector(".note-field").hidden = true;
  bar.elements.id.value = "";
  CSS.highlights?.delete("chosen");
  if (focused) document.getElementById("frame").focus({ preventScroll: true });
}

export function openNote() {
  toolbar().querySelector(".note-field").hidden = false;
  toolbar().elements.note.focus();
}

function done({ detail }) {
  getSelection().removeAllRanges();
  close();
  document.getElementById(`h-${detail.id}`)?.focus({ preventScroll: true });
}

document.addEventListener("highlighted", done);
document.addEventListener("click", ({ target }) => {
  const act = target.closest("#toolbar [data-act]")?.dataset.act;
  if (act === "note") openNote();
  if (act === "close") {
    getSelection().removeAllRanges();
    close();
  }
});
