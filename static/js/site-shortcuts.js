// Single keys, everywhere. They rest while one writes, and where the reader switched them off.
export function isFree(event) {
  const writing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const off = document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]");
  const held = event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph"));
  return !(writing || off || held || event.isComposing || event.defaultPrevented);
}

// What is walked through, and the link by which each is opened.
const ENTRY = ".entry, .passage, .bit, .pin";
const OPENS = ".entry h3 a, .passage .cite a, .bit a.cite, .pin .cite a";

const seen = (node) => node.checkVisibility?.() ?? node.offsetParent !== null;

// Presses what names this key, in the entry that has the focus where there are several: fields are focused, all else is clicked.
function press(key) {
  const named = [...document.querySelectorAll(`[aria-keyshortcuts~="${CSS.escape(key)}"]`)].filter(seen);
  const here = document.activeElement.closest(ENTRY);
  const node = named.find((one) => one.closest(ENTRY) === here) ?? named.find((one) => !one.closest(ENTRY));
  if (node?.matches("input")) node.focus();
  else if (node?.matches("a[rel~=external]")) open(node.href, "_blank", "noopener");
  else node?.click();
  return Boolean(node);
}

function walk(step) {
  const links = [...document.querySelectorAll(OPENS)].filter(seen);
  if (!links.length) return document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  const here = links.findIndex((link) => link.closest(ENTRY).contains(document.activeElement));
  links[Math.min(links.length - 1, Math.max(0, here < 0 ? 0 : here + step))].focus();
}

function go(key) {
  const name = { l: "library", p: "passages", d: "desk", h: "charts", x: "changed", c: "codebook", j: "projects" }[key];
  const link = name && document.querySelector(`:not([hidden]) > [data-go="${name}"]`);
  if (link) location.assign(link.href);
}

// The keys, over the page one is at.
async function help() {
  const address = document.querySelector("[data-go=help]").href;
  await htmx.ajax("GET", address, { target: "#help-keys", select: "#keys" });
  document.getElementById("help").showModal();
}

const ACTS = {
  j: () => walk(1),
  k: () => walk(-1),
  o: () => document.activeElement.closest?.(ENTRY)?.querySelector(OPENS)?.click(),
  "?": help,
};

let afterG = false;
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
  if (!isFree(event) || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  const second = afterG;
  afterG = event.key === "g" && !second;
  if (afterG) return;
  if (second) return go(event.key);
  const act = ACTS[event.key];
  if (act) act();
  if (act || press(event.key)) event.preventDefault();
});
