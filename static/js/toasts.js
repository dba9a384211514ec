// Toasts leave by themselves, later where they offer to undo, and not while somebody is at them.
const SECONDS = 8;

export function say(words, kind = "") {
  const toast = document.createElement("div");
  toast.className = `toast ${kind}`;
  const line = document.createElement("span");
  line.textContent = words;
  toast.append(line);
  document.getElementById("toasts").append(toast);
}

function greet(toast) {
  if (!toast.matches?.(".toast") || toast.querySelector(".dismiss")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "dismiss";
  button.ariaLabel = "Close";
  button.textContent = "×";
  button.addEventListener("click", () => toast.remove());
  toast.append(button);
  leaveLater(toast);
}

function leaveLater(toast) {
  const seconds = toast.querySelector("form") || toast.matches(".bad") ? 2 * SECONDS : SECONDS;
  setTimeout(() => (toast.matches(":hover, :focus-within") ? leaveLater(toast) : toast.remove()), seconds * 1000);
}

function watch() {
  const toasts = document.getElementById("toasts");
  for (const toast of toasts.children) greet(toast);
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(greet);
  }).observe(toasts, { childList: true });
}

watch();
document.addEventListener("htmx:historyRestore", watch); // it brings another body
// An offer to undo that has been taken is out of sight at once; it is removed later, since its form still waits for the answer.
document.addEventListener("submit", ({ target }) => {
  const toast = target.closest("#toasts .toast");
  if (toast) toast.hidden = true;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) document.getElementById("toasts").lastElementChild?.remove();
});
document.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => {
  if (!xhr.status) say("No answer from the server. Nothing was lost here: try again in a moment.", "bad");
});
