// Keys of the reading page: what can be done with a selection, and from highlight to highlight.
import { isFree } from "./site-shortcuts.js";
import "./tag-field.js"; // so that its keys come first
import { close, isOpen, openNote, toolbar } from "./toolbar.js";

const ON_SELECTION = {
  h: (bar) => bar.requestSubmit(bar.querySelector("[data-main]")),
  t: () => document.getElementById("new-tag")?.focus(),
  n: openNote,
};

function onSelection(key) {
  const bar = toolbar();
  const numbered = /^[1-9]$/.test(key) && bar.querySelector(`.keys [aria-keyshortcuts="${key}"]`);
  if (numbered) bar.requestSubmit(numbered);
  else ON_SELECTION[key]?.(bar);
  return numbered || ON_SELECTION[key];
}

// The mark after or before the one that has the focus; where none has it, after or before what is on the screen.
function step(by) {
  const marks = [...document.querySelectorAll("#text mark[id]")];
  const here = marks.indexOf(document.activeElement.closest("#text mark[id]"));
  const seen = marks.findIndex((mark) => mark.getBoundingClientRect().top > 0);
  const first = seen < 0 ? marks.length : seen;
  const next = marks[here < 0 ? (by > 0 ? first : first - 1) : here + by];
  next?.focus();
  return next;
}

const WALK = { "]": () => step(1), "[": () => step(-1) };

function act(event) {
  if (event.key === "Escape" && isOpen()) {
    close();
    return true;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("#toolbar")) return onSelection("h");
  if (!isFree(event)) return false;
  return (isOpen() && onSelection(event.key)) || WALK[event.key]?.();
}

// Before the keys of the whole site: on a selection they mean something else.
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || !act(event)) return;
  event.preventDefault();
  event.stopPropagation();
}, true);
