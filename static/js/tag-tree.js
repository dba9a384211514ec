// @ts-check
// Tags are reordered by dragging, or with Alt and an arrow; the buttons on the page of each tag do the same.
import { announce } from "./announce.js";

/** @type {HTMLElement | null} */
let draggedLink = null;

const PLACES = ["before", "inside", "after"];

/** The link of a tag in a tree that its reader may change. @param {EventTarget} target @returns {HTMLAnchorElement | null} */
const getLink = (target) => target.closest?.("#tree.movable .tree a");

/** @param {Element | null} item */
const getKey = (item) => item?.querySelector("a").dataset.tag ?? "";

/** Send where a tag goes, and show the tree as it is then. @param {HTMLAnchorElement} link @param {Record<string, string>} place */
async function move(link, place) {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("tag-place"));
  const values = { ...Object.fromEntries(new FormData(form)), ...place };
  await htmx.ajax("POST", `${link.pathname}move/`, { target: "#tree", swap: "outerHTML", values });
  announce(document.querySelector("#tree .found").textContent.trim());
}

/** Where on a tag the pointer is: at its upper end, its lower end, or on it. @param {DragEvent} event @param {Element} link */
function placeAt({ clientY }, link) {
  const { top, height } = link.getBoundingClientRect();
  return PLACES[Math.min(2, Math.max(0, Math.floor((3 * (clientY - top)) / height)))];
}

/** Below which tag, and after which one there, the dragged tag would stand. @param {Element} link @param {string} place */
function describePlace(link, place) {
  const item = link.closest("li");
  if (place === "inside") return { parent: getKey(item), after: "last" };
  const parent = getKey(item.parentElement.closest("li"));
  if (place === "after") return { parent, after: getKey(item) };
  const dragged = draggedLink.closest("li");
  const before = item.previousElementSibling === dragged ? dragged.previousElementSibling : item.previousElementSibling;
  return { parent, after: getKey(before) };
}

function clearPlace() {
  for (const link of document.querySelectorAll(".tree [data-place]")) delete link.dataset.place;
}

document.addEventListener("dragstart", ({ target, dataTransfer }) => {
  draggedLink = getLink(target);
  if (draggedLink) dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const link = draggedLink && getLink(event.target);
  clearPlace();
  if (!link || link === draggedLink) return;
  event.preventDefault();
  link.dataset.place = placeAt(event, link);
});

document.addEventListener("drop", (event) => {
  const link = draggedLink && getLink(event.target);
  if (!link || link === draggedLink) return;
  event.preventDefault();
  move(/** @type {HTMLAnchorElement} */ (draggedLink), describePlace(link, placeAt(event, link)));
});

document.addEventListener("dragend", () => {
  clearPlace();
  draggedLink = null;
});

/** @type {Record<string, string>} */
const DIRECTIONS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };
/** @type {Record<string, string>} */
const MIRRORED = { ...DIRECTIONS, ArrowLeft: "in", ArrowRight: "out" };

document.addEventListener("keydown", (event) => {
  const directions = document.documentElement.dir === "rtl" ? MIRRORED : DIRECTIONS;
  const link = event.altKey && directions[event.key] && getLink(event.target);
  if (!link) return;
  event.preventDefault();
  move(link, { direction: directions[event.key] });
});

for (const hint of document.querySelectorAll(".tree-hint")) hint.hidden = false;
