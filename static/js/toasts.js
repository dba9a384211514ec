// @ts-check
// Toasts leave by themselves: later where they offer to undo, and not while they have the focus or the pointer.
import { getMessage } from "./messages.js";

const SECONDS = 8;

/** Show a message at the bottom of the page. @param {string} message @param {"" | "bad"} kind */
export function showToast(message, kind = "") {
  const toast = document.createElement("div");
  toast.className = `toast ${kind}`;
  const line = document.createElement("span");
  line.textContent = message;
  toast.append(line);
  document.getElementById("toasts").append(toast);
}

/** @param {Node} node */
function prepareToast(node) {
  const toast = /** @type {HTMLElement} */ (node);
  if (!toast.matches?.(".toast") || toast.querySelector(".dismiss")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "dismiss";
  button.ariaLabel = getMessage("close");
  button.textContent = "×";
  button.addEventListener("click", () => toast.remove());
  toast.append(button);
  removeLater(toast);
}

/** @type {WeakMap<HTMLElement, number>} */
const timers = new WeakMap();

// Not while it is in use, waits for an answer, or lies under an error.
/** @param {HTMLElement} toast */
function removeLater(toast) {
  const seconds = toast.querySelector("form") || toast.matches(".bad, :has(.bad)") ? 2 * SECONDS : SECONDS;
  const isWanted = () => toast.matches(":hover, :focus-within, [hidden], :has(~ .bad)");
  clearTimeout(timers.get(toast));
  timers.set(toast, setTimeout(() => (isWanted() ? removeLater(toast) : toast.remove()), seconds * 1000));
}

function watchToasts() {
  const toasts = document.getElementById("toasts");
  for (const toast of toasts.children) prepareToast(toast);
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(prepareToast);
  }).observe(toasts, { childList: true });
}

watchToasts();
document.addEventListener("htmx:historyRestore", watchToasts); // it brings another body
// A used offer to undo is hidden at once: its form still waits for the answer.
document.addEventListener("submit", ({ target }) => {
  const toast = target.closest("#toasts .toast");
  if (toast) toast.hidden = true;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  [...document.querySelectorAll("#toasts > .toast:not([hidden])")].at(-1)?.remove();
});
document.addEventListener("htmx:afterRequest", ({ target, detail: { xhr } }) => {
  if (!xhr.status) showToast(getMessage("noAnswer"), "bad");
  settleOffer(target.closest("#toasts .toast"), xhr.status);
});

// An offer that was taken goes; one that failed comes back, under the reason, if it may do better later.
/** @param {HTMLElement | null} toast @param {number} status of the answer, 0 without one */
function settleOffer(toast, status) {
  const mayRetry = status === 0 || status === 401 || status === 429 || status >= 500;
  if (!toast) return;
  toast.hidden = false;
  if (mayRetry) removeLater(toast);
  else toast.remove();
}
