// @ts-check
// Reading settings act at once; the same form, sent, saves them on the server.
const root = document.documentElement;

/** @param {HTMLInputElement} input */
function applySetting(input) {
  if (input.name === "keys") root.dataset.keys = input.checked ? "on" : "off";
  else if (input.value) root.dataset[input.name] = input.value;
  else delete root.dataset[input.name];
  dispatchEvent(new Event("reading:set"));
}

document.addEventListener("change", (event) => {
  const input = /** @type {HTMLInputElement} */ (event.target);
  /** @type {HTMLFormElement} */
  const form = input.closest("form.settings");
  if (!form) return;
  applySetting(input);
  if (form.hasAttribute("hx-post")) form.requestSubmit();
});

// A menu closes when the reader clicks elsewhere.
document.addEventListener("click", (event) => {
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const menus = document.querySelectorAll("details.menu[open]");
  for (const menu of menus) if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
});
