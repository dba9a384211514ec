// @ts-check
// Shortcuts of the reading page: what can be done with a selection, and from highlight to highlight.
import { syncToolbar } from "./selection.js";
import { isInSequence, isShortcutAllowed } from "./site-shortcuts.js";
import { submitWith } from "./submit.js";
import "./tag-field.js"; // so that its keys come first
import { hasTags, whenLoaded } from "./tag-groups.js";
import { closeToolbar, getToolbar, isToolbarOpen, openNoteField } from "./toolbar.js";

/** @type {Record<string, () => void>} */
const SELECTION_ACTIONS = {
  h: () => submitWith(getToolbar().querySelector("[data-main]")),
  t: () => /** @type {HTMLElement} */ (getToolbar().querySelector("[aria-keyshortcuts=t]"))?.focus(),
  n: openNoteField,
};

/** Whether a key can mean something for selected words. @param {string} key */
const isForSelection = (key) => /^[1-9]$/.test(key) || key in SELECTION_ACTIONS;

/** Apply a key to the selection: a number makes the highlight with its tag. True where the key means something. @param {string} key */
function applyToSelection(key) {
  if (/^[1-9]$/.test(key) && !hasTags(getToolbar())) return applyLater(key);
  const tagButton = /^[1-9]$/.test(key) && getToolbar().querySelector(`[aria-keyshortcuts="${key}"]`);
  if (tagButton) submitWith(tagButton);
  else SELECTION_ACTIONS[key]?.();
  return Boolean(tagButton || SELECTION_ACTIONS[key]);
}

/** Apply a key when the tags are there, if the same words are still selected then. @param {string} key */
function applyLater(key) {
  const { id } = getToolbar().elements;
  const selected = id.value;
  whenLoaded(() => isToolbarOpen() && id.value === selected && applyToSelection(key));
  return true;
}

/** Focus the mark after or before the focused one; where none is focused, after or before the top of the screen. @param {1 | -1} step */
function focusMark(step) {
  const marks = [...document.querySelectorAll("#text mark[id]")];
  const current = marks.indexOf(document.activeElement.closest("#text mark[id]"));
  const visible = marks.findIndex((mark) => mark.getBoundingClientRect().top > 0);
  const first = visible < 0 ? marks.length : visible;
  const next = marks[current < 0 ? (step > 0 ? first : first - 1) : current + step];
  next?.focus();
  return Boolean(next);
}

/** @type {Record<string, () => boolean>} */
const MARK_ACTIONS = { "]": () => focusMark(1), "[": () => focusMark(-1) };

/** Do what a key asks for; true where it did. @param {KeyboardEvent} event */
function handleKey(event) {
  if (isInSequence()) return false;
  if (event.key === "Escape" && isToolbarOpen()) {
    closeToolbar();
    return true;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("#toolbar")) return applyToSelection("h");
  if (!isShortcutAllowed(event)) return false;
  if (isForSelection(event.key)) syncToolbar(); // the words may have been selected a moment ago
  return (isToolbarOpen() && applyToSelection(event.key)) || Boolean(MARK_ACTIONS[event.key]?.());
}

// Before the shortcuts of the whole site: on a selection they mean something else.
addEventListener(
  "keydown",
  (event) => {
    if (event.defaultPrevented || !handleKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
