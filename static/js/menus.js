// @ts-check
// Escape closes the menus of the header.

/** Close the menus that are open; the focus goes from within one to what opens it. */
function closeMenus() {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
    menu.removeAttribute("open");
  }
}

document.addEventListener("keydown", ({ key }) => key === "Escape" && closeMenus());
