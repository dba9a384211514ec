// @ts-check
// Toasts leave by themselves: later where they offer to undo, and not while they have the focus or the pointer.
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
  button.ariaLabel = "Close";
  button.textContent = "×";
  button.addEventListener("click", () => toast.remove());
  toast.append(button);
  removeLater(toast);
}

/** @param {HTMLElement} toast */
function removeLater(toast) {
  const seconds = toast.querySelector("form") || toast.matches(".bad") ? 2 * SECONDS : SECONDS;
  setTimeout(() => (toast.matches(":hover, :focus-within") ? removeLater(toast) : toast.remove()), seconds * 1000);
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
// A used offer to undo is hidden at once and removed later, since its form still waits for the answer.
document.addEventListener("submit", ({ target }) => {
  const toast = target.closest("#toasts .toast");
  if (toast) toast.hidden = true;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) document.getElementById("toasts").lastElementChild?.remove();
});
document.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => {
  if (!xhr.status) showToast("No answer from the server. Nothing was lost here: try again in a moment.", "bad");
});
