// Toasts leave by themselves, later where they offer to undo, and not while somebody is at them.
const SECONDS = 8;

export function say(words) {
  const toast = document.createElement("div");
  toast.className = "toast";
  const line = document.createElement("span");
  line.textContent = words;
  toast.append(line);
  document.getElementById("toasts").append(toast);
}

function leaveLater(toast) {
  const seconds = toast.querySelector("form") || toast.matches(".bad") ? 2 * SECONDS : SECONDS;
  setTimeout(() => (toast.matches(":hover, :focus-within") ? leaveLater(toast) : toast.remove()), seconds * 1000);
}

const toasts = document.getElementById("toasts");
for (const toast of toasts.children) leaveLater(toast);
new MutationObserver((changes) => {
  for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1) leaveLater(node);
}).observe(toasts, { childList: true });

// An offer to undo that has been taken is out of sight at once; it is removed later, since its form still waits for the answer.
toasts.addEventListener("submit", ({ target }) => {
  target.closest(".toast").hidden = true;
});
document.addEventListener("keydown", ({ key }) => key === "Escape" && toasts.lastElementChild?.remove());
