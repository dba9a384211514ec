// Keys of the reading page: what can be done with a selection, and from highlight to highlight.
import { isFree } from "./keys.js";
import { light } from "./lit.js";
import { close, isOpen, openNote, toolbar } from "./toolbar.js";

const ON_SELECTION = {
  h: (bar) => bar.requestSubmit(bar.querySelector("[data-main]")),
  t: () => document.getElementById("new-tag").focus(),
  n: openNote,
};

function onSelection(event) {
  const bar = toolbar();
  const numbered = /^[1-9]$/.test(event.key) && bar.querySelector(`.keys [aria-keyshortcuts="${event.key}"]`);
  const act = numbered ? () => bar.requestSubmit(numbered) : ON_SELECTION[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  act(bar);
}

function step(by) {
  const marks = [...document.querySelectorAll("#text mark[id]")];
  const here = marks.indexOf(document.activeElement);
  const next = marks[here < 0 && by < 0 ? marks.length - 1 : here + by];
  next?.focus();
  if (next) light([next.id.slice(2)]);
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape" && isOpen() && document.getElementById("tag-list").hidden) {
      getSelection().removeAllRanges();
      return close();
    }
    if (event.key === "Escape" && isOpen()) document.getElementById("tag-list").hidden = true;
    if (!isFree(event)) return;
    if (isOpen()) onSelection(event);
    if (event.key === "[" || event.key === "]") step(event.key === "]" ? 1 : -1);
  },
  true,
);
