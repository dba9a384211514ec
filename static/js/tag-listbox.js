// @ts-check
// The list of matches under a tag field, by the combobox pattern of WAI-ARIA.
import { getMessage } from "./messages.js";
import { getHue, listTagInputs } from "./tag-chips.js";
import { hasTags, whenLoaded } from "./tag-groups.js";
import { isSameName, rankMatch } from "./tag-matching.js";

/** @param {HTMLElement} picker @returns {HTMLInputElement} */
export const getTagField = (picker) => picker.querySelector(".find input");
/** @param {HTMLElement} picker @returns {HTMLElement} */
const getList = (picker) => picker.querySelector(".matches");
/** @param {HTMLElement} picker @returns {HTMLElement[]} */
export const listOptions = (picker) => [.../** @type {HTMLCollectionOf<HTMLElement>} */ (getList(picker).children)];
/** @param {HTMLElement} picker @returns {HTMLElement} */
export const getActiveOption = (picker) => getList(picker).querySelector("[aria-selected=true]");

/** List the tags that match what is typed, the best first. @param {HTMLElement} picker @param {string} typed */
function listMatches(picker, typed) {
  const ranked = listTagInputs(picker).map((input) => ({ input, rank: rankMatch(input.value, typed) }));
  const matches = ranked.filter(({ rank }) => rank);
  return matches.sort((one, other) => other.rank - one.rank).map(({ input }) => input);
}

/** Show what matches the words in the field: tags, and where the codebook may grow, the words as a new one. @param {HTMLElement} picker */
export function showMatches(picker) {
  if (!hasTags(picker)) return whenLoaded(() => getTagField(picker).value.trim() && showMatches(picker));
  const typed = getTagField(picker).value.trim();
  const inputs = listMatches(picker, typed);
  const options = inputs.map((input) => createOption(input.value, getHue(input)));
  const isNew = typed && !inputs.some(({ value }) => isSameName(value, typed));
  if (isNew && mayAddTags(picker)) options.push(createNewOption(typed));
  for (const [index, option] of options.entries()) option.id = `${getList(picker).id}-${index}`;
  getList(picker).replaceChildren(...options);
  getList(picker).hidden = options.length === 0;
  getTagField(picker).setAttribute("aria-expanded", String(options.length > 0));
  setActiveOption(picker, typed ? options[0] : undefined);
}

/** @param {string} name @param {string} hue */
function createOption(name, hue) {
  const [option, tag] = [document.createElement("li"), document.createElement("span")];
  option.role = "option";
  option.ariaSelected = "false";
  option.dataset.name = name;
  tag.className = `tag ${hue}`;
  tag.textContent = name;
  option.append(tag);
  return option;
}

/** @param {string} name */
function createNewOption(name) {
  const option = createOption(name, "hue-0");
  const [before, after] = getMessage("addTag").split("{name}");
  option.replaceChildren(before, Object.assign(document.createElement("b"), { textContent: name }), after);
  return option;
}

/** Make an option the active one; none, where none is given. @param {HTMLElement} picker @param {HTMLElement} [option] */
export function setActiveOption(picker, option) {
  for (const other of listOptions(picker)) other.ariaSelected = String(other === option);
  if (option) getTagField(picker).setAttribute("aria-activedescendant", option.id);
  else getTagField(picker).removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

/** Hide and empty the list. @param {HTMLElement} picker */
export function hideMatches(picker) {
  setActiveOption(picker);
  getList(picker).hidden = true;
  getList(picker).replaceChildren();
  getTagField(picker).setAttribute("aria-expanded", "false");
}

/** Whether the reader may add tags to the codebook. @param {HTMLElement} picker */
export const mayAddTags = (picker) => "mayCreate" in getList(picker).dataset;

/** Whether the list is shown. @param {HTMLElement} picker */
export const isListOpen = (picker) => !getList(picker).hidden;
