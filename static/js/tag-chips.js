// @ts-check
// The tags that are set in a picker: a chip for each, in their order, and a tick at its place among all tags.
import { isSameName } from "./tag-matching.js";

/** The picker that an element is in. @param {EventTarget} node @returns {HTMLElement} */
export const getTagPicker = (node) => /** @type {Element} */ (node).closest?.(".tag-picker");

/** @param {HTMLElement} picker @returns {HTMLElement} */
const getChips = (picker) => picker.querySelector(".chips");

/** @typedef {NodeListOf<HTMLInputElement>} Inputs */

/** List the tags that a picker offers. @param {HTMLElement} picker */
export const listTagInputs = (picker) => [.../** @type {Inputs} */ (picker.querySelectorAll(".picker input"))];

/** @param {HTMLInputElement[]} inputs @param {string} name */
const findInput = (inputs, name) => inputs.find(({ value }) => isSameName(value, name));

/** Set a tag: add its chip, unless it has one, and tick it. @param {HTMLElement} picker @param {string} name */
export function setTag(picker, name) {
  const offered = findInput(listTagInputs(picker), name);
  const chips = [.../** @type {Inputs} */ (getChips(picker).querySelectorAll("input"))];
  if (!findInput(chips, name)) getChips(picker).append(createChip(picker, offered?.value ?? name, getHue(offered)));
  if (offered) offered.checked = true;
}

/** The class of a tag's line. @param {HTMLInputElement} [input] */
export const getHue = (input) => input?.closest("li").querySelector(".tag").className.match(/hue-\d+/)[0] ?? "hue-0";

/** @param {HTMLElement} picker @param {string} name @param {string} hue */
function createChip(picker, name, hue) {
  const chip = /** @type {HTMLElement} */ (picker.querySelector("template").content.firstElementChild.cloneNode(true));
  chip.querySelector("input").value = name;
  chip.querySelector("input").ariaLabel = name;
  chip.querySelector(".tag").textContent = name;
  chip.querySelector(".tag").className = `tag ${hue}`;
  return chip;
}

/** Remove a tag: its chip and its tick. @param {HTMLElement} picker @param {string} name */
export function removeTag(picker, name) {
  for (const input of getChips(picker).querySelectorAll("input")) if (isSameName(input.value, name)) input.closest(".chip").remove();
  const offered = findInput(listTagInputs(picker), name);
  if (offered) offered.checked = false;
}

/** Remove the tag set last. @param {HTMLElement} picker */
export function removeLastTag(picker) {
  const input = getChips(picker).lastElementChild?.querySelector("input");
  if (input) removeTag(picker, input.value);
}

/** Remove every tag. @param {HTMLElement} picker */
export function clearTags(picker) {
  while (getChips(picker).lastElementChild) removeLastTag(picker);
}

document.addEventListener("change", ({ target }) => {
  const input = /** @type {HTMLInputElement} */ (target);
  const picker = getTagPicker(input);
  if (!picker || input.type !== "checkbox") return;
  const isChip = input.closest(".chip") !== null;
  if (input.checked) setTag(picker, input.value);
  else removeTag(picker, input.value);
  if (isChip) picker.querySelector(".find input").focus();
});
