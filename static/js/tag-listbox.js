// The list under the tag field, as the combobox pattern wants it.
export const field = () => document.getElementById("new-tag");
export const list = () => document.getElementById("tag-list");
export const options = () => [...list().querySelectorAll("[role=option]:not([hidden])")];
export const picked = () => (list().hidden ? null : list().querySelector("[aria-selected=true]"));

export function point(option) {
  for (const other of list().querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  if (option) field().setAttribute("aria-activedescendant", option.id);
  else field().removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

export function show() {
  list().hidden = options().length === 0;
  field().setAttribute("aria-expanded", !list().hidden);
  if (!list().hidden) list().scrollIntoView({ block: "nearest" });
}

export function hide() {
  if (!list()) return;
  point();
  list().hidden = true;
  field().setAttribute("aria-expanded", "false");
  document.getElementById("no-tag").hidden = true;
}
