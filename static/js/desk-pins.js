// @ts-check
// Pinned passages are reordered by dragging, or with Alt and an arrow; the buttons below each do the same.
import { submitWith } from "./submit.js";

/** @type {HTMLElement | null} */
let draggedPin = null;

/** @param {EventTarget} target @returns {HTMLElement | null} */
const getPin = (target) => target.closest?.(".pin[draggable=true]");

// Sends the pin's form without the comment that is being written on it.
/** @param {HTMLElement} pin @param {{ button?: HTMLElement, place?: string }} move by a button of the form, or to a place */
function submitMove(pin, { button, place }) {
  /** @type {HTMLFormElement} */
  const form = pin.querySelector("form.pin-acts");
  form.elements.comment.disabled = true;
  form.elements.place.disabled = place === undefined;
  form.elements.place.value = place ?? "";
  if (button) submitWith(button);
  else form.submit();
}

// A link or selected words that are dragged out of a pin do not move it.
document.addEventListener("dragstart", ({ target, dataTransfer }) => {
  draggedPin = getPin(target) === target ? getPin(target) : null;
  if (!draggedPin) return;
  dataTransfer.effectAllowed = "move";
  dataTransfer.setData("text/plain", draggedPin.querySelector("blockquote").textContent.trim());
});

document.addEventListener("dragover", (event) => {
  const over = getPin(event.target);
  if (!draggedPin || !over) return;
  event.preventDefault();
  for (const pin of document.querySelectorAll(".pin.over")) pin.classList.toggle("over", pin === over);
  over.classList.add("over");
});

document.addEventListener("drop", (event) => {
  const over = getPin(event.target);
  if (!draggedPin || !over) return;
  event.preventDefault();
  if (over !== draggedPin) submitMove(draggedPin, { place: over.dataset.place });
});

document.addEventListener("dragend", () => {
  for (const pin of document.querySelectorAll(".pin.over")) pin.classList.remove("over");
  draggedPin = null;
});

/** @type {Record<string, string>} */
const DIRECTIONS = { ArrowUp: "up", ArrowDown: "down" };

document.addEventListener("keydown", (event) => {
  const direction = DIRECTIONS[event.key];
  const pin = direction && event.altKey && getPin(event.target);
  const button = pin && pin.querySelector(`[data-way=${direction}]`);
  if (!button) return;
  event.preventDefault();
  submitMove(pin, { button });
});
