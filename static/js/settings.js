// Reading settings act at once; the same form, sent, keeps them on the server.
const root = document.documentElement;

function set(input) {
  if (input.name === "keys") root.dataset.keys = input.checked ? "on" : "off";
  else if (input.value) root.dataset[input.name] = input.value;
  else delete root.dataset[input.name];
  dispatchEvent(new Event("reading:set"));
}

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form.settings");
  if (!form) return;
  set(target);
  if (form.hasAttribute("hx-post")) form.requestSubmit();
});

// A menu closes when the reader goes elsewhere.
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
});
