// @ts-check
// The tag field of the toolbar: filters the codebook as one types, and offers to create a tag that is not in it.
import { submitWith } from "./submit.js";
import { addChip, removeLastChip } from "./tag-chips.js";
import { getActiveOption, getTagField, getTagList, getVisibleOptions, hideTagList, setActiveOption, showTagList } from "./tag-listbox.js";
import { rankMatch } from "./tag-matching.js";

function filterOptions() {
  const typed = getTagField().value.trim();
  const tags = [...getTagList().querySelectorAll("[role=option]:not(.create)")];
  const ranks = new Map(tags.map((option) => [option, rankMatch(option.dataset.name.toLowerCase(), typed.toLowerCase())]));
  for (const option of tags) option.hidden = !ranks.get(option);
  tags.sort((one, other) => ranks.get(other) - ranks.get(one) || Number(one.dataset.place) - Number(other.dataset.place));
  getTagList().prepend(...tags);
  offerNewTag(typed, tags.some((option) => ranks.get(option) === 4));
  setActiveOption(typed ? getVisibleOptions()[0] : undefined);
  showTagList();
  document.getElementById("no-tag").hidden = getVisibleOptions().length > 0;
}

/** @param {string} typed @param {boolean} exists */
function offerNewTag(typed, exists) {
  const option = getTagList().querySelector(".create");
  if (!option) return;
  option.hidden = !typed || exists;
  option.dataset.name = typed;
  option.querySelector("b").textContent = typed;
}

/** @param {HTMLElement} option */
function pickOption(option) {
  addChip(option.dataset.name, option.dataset.hue);
  getTagField().value = "";
  hideTagList();
}

function pickOrSubmit() {
  if (getActiveOption()) pickOption(getActiveOption());
  else submitWith(getTagField().form.querySelector("[data-main]"));
}

/** @param {1 | -1} step */
function moveActiveOption(step) {
  if (getTagList().hidden) return filterOptions();
  const options = getVisibleOptions();
  const current = options.indexOf(getActiveOption());
  setActiveOption(options.at(current < 0 && step < 0 ? -1 : (current + step) % options.length));
}

/** @type {Record<string, () => void>} */
const KEYS = { ArrowDown: () => moveActiveOption(1), ArrowUp: () => moveActiveOption(-1), Enter: pickOrSubmit };

/** @param {EventTarget} target */
const isTagField = (target) => target === getTagField();

/** @param {KeyboardEvent} event */
function handleKey(event) {
  if (!isTagField(event.target) || event.isComposing) return;
  if (event.key === "Escape" && !getTagList().hidden) hideTagList();
  else if (event.key === "Backspace" && !getTagField().value) removeLastChip();
  else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
}

// What was typed and not picked yet is sent too; where it names no tag and may not become one, nothing is sent.
/** @param {SubmitEvent} event */
function addTypedTag(event) {
  const typed = /** @type {Element} */ (event.target).id === "toolbar" && getTagField()?.value.trim();
  if (!typed) return;
  filterOptions();
  const option = getVisibleOptions().find(({ dataset }) => dataset.name.toLowerCase() === typed.toLowerCase());
  if (option) return pickOption(option);
  event.preventDefault();
  event.stopPropagation();
  document.getElementById("no-tag").hidden = false;
  getTagField().focus();
}

document.addEventListener("input", ({ target }) => isTagField(target) && filterOptions());
document.addEventListener("focusin", ({ target }) => (isTagField(target) ? filterOptions() : hideTagList()));
document.addEventListener("mousedown", (event) => event.target.closest("#tag-list") && event.preventDefault());
document.addEventListener("click", ({ target }) => {
  const option = target.closest("#tag-list [role=option]");
  if (option) pickOption(option);
});
addEventListener("keydown", handleKey, true);
addEventListener("submit", addTypedTag, true);
