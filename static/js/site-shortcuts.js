// @ts-check
// Single-key shortcuts of every page.

/** Whether a key goes to the page: not while one types or a dialog is open. @param {KeyboardEvent} event */
function isForPage(event) {
  const isTyping = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  return !(isTyping || document.querySelector("dialog[open]") || event.isComposing || event.defaultPrevented);
}

/** Whether a key may act as a shortcut: goes to the page, and the reader did not switch them off. @param {KeyboardEvent} event */
export function isShortcutAllowed(event) {
  const hasModifier = event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph"));
  return isForPage(event) && document.documentElement.dataset.keys !== "off" && !hasModifier;
}

/** Whether it is Ctrl+Z, or the Command key with Z, with Shift or without. @param {KeyboardEvent} event */
const isUndo = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z";

/** Undo the reader's last act, or redo what was undone last; true where the page can. @param {"undo" | "redo"} act */
function takeBack(act) {
  const button = document.querySelector(`#undo-keys [value=${act}]`);
  button?.click();
  return Boolean(button);
}

// The entries of a list, and the link by which each is opened.
const ENTRY = ".entry, .passage, .bit, .pin";
const ENTRY_LINK = ".entry h3 a, .passage .cite a, .bit a.cite, .pin .cite a";

/** @param {HTMLElement} node */
const isVisible = (node) => node.checkVisibility?.() ?? node.offsetParent !== null;

// Focuses the field, or clicks the control, whose shortcut this is; of several, the one in the entry that has the focus.
/** @param {string} key */
function activateShortcut(key) {
  const controls = [...document.querySelectorAll(`[aria-keyshortcuts~="${CSS.escape(key)}"]`)].filter(isVisible);
  const entry = document.activeElement.closest(ENTRY);
  const control = controls.find((node) => node.closest(ENTRY) === entry) ?? controls.find((node) => !node.closest(ENTRY));
  if (control?.matches("input, textarea")) control.focus();
  else if (control?.matches("a[rel~=external]")) open(/** @type {HTMLAnchorElement} */ (control).href, "_blank", "noopener");
  else control?.click();
  return Boolean(control);
}

/** Focus the next or previous entry; without entries, go to the next or previous page. @param {1 | -1} step */
function focusEntry(step) {
  const links = [...document.querySelectorAll(ENTRY_LINK)].filter(isVisible);
  if (!links.length) return document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  const current = links.findIndex((link) => link.closest(ENTRY).contains(document.activeElement));
  links[Math.min(links.length - 1, Math.max(0, current < 0 ? 0 : current + step))].focus();
}

/** @type {Record<string, string>} */
const PAGES = { l: "library", p: "passages", d: "desk", h: "charts", x: "changed", c: "codebook", j: "projects", y: "for-you" };

/** @param {string} key */
function goToPage(key) {
  /** @type {HTMLAnchorElement} */
  const link = PAGES[key] && document.querySelector(`:not([hidden]) > [data-go="${PAGES[key]}"]`);
  if (link) location.assign(link.href);
}

async function showHelp() {
  const { href } = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-go=help]"));
  await htmx.ajax("GET", href, { target: "#help-keys", select: "#keys" });
  /** @type {HTMLDialogElement} */ (document.getElementById("help")).showModal();
}

/** @type {Record<string, () => unknown>} */
const ACTIONS = {
  j: () => focusEntry(1),
  k: () => focusEntry(-1),
  o: () => document.activeElement.closest?.(ENTRY)?.querySelector(ENTRY_LINK)?.click() ?? activateShortcut("o"),
  "?": showHelp,
};

const SEQUENCE_MS = 1500;
let sequenceEnd = 0; // of Date.now(): until then the next key names a page

/** Whether `g` was pressed a moment ago, so that the next key names a page and means nothing else. */
export const isInSequence = () => Date.now() < sequenceEnd;

document.addEventListener("keydown", (event) => {
  if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  const isSecondKey = isInSequence();
  sequenceEnd = 0;
  if (isUndo(event) && isForPage(event) && takeBack(event.shiftKey ? "redo" : "undo")) event.preventDefault();
  if (!isShortcutAllowed(event)) return;
  if (isSecondKey) return goToPage(event.key);
  if (event.key === "g") {
    sequenceEnd = Date.now() + SEQUENCE_MS;
    return;
  }
  const action = ACTIONS[event.key];
  if (action) action();
  if (action || activateShortcut(event.key)) event.preventDefault();
});
