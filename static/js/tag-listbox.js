// @ts-check
// The list under the tag field, by the combobox pattern of WAI-ARIA.

/** @returns {HTMLInputElement} */
export const getTagField = () => document.querySelector("#new-tag");
export const getTagList = () => document.getElementById("tag-list");
export const getVisibleOptions = () => [...getTagList().querySelectorAll("[role=option]:not([hidden])")];
export const getActiveOption = () => (getTagList().hidden ? null : getTagList().querySelector("[aria-selected=true]"));

/** Make an option the active one; none, where none is given. @param {HTMLElement} [option] */
export function setActiveOption(option) {
  for (const other of getTagList().querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  if (option) getTagField().setAttribute("aria-activedescendant", option.id);
  else getTagField().removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

/** Show the list, unless no option is left in it. */
export function showTagList() {
  getTagList().hidden = getVisibleOptions().length === 0;
  getTagField().setAttribute("aria-expanded", String(!getTagList().hidden));
  if (!getTagList().hidden) getTagList().scrollIntoView({ block: "nearest" });
}

/** Hide the list, and the message that no tag has the typed name. */
export function hideTagList() {
  if (!getTagList()) return;
  setActiveOption();
  getTagList().hidden = true;
  getTagField().setAttribute("aria-expanded", "false");
  document.getElementById("no-tag").hidden = true;
}
