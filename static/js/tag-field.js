// @ts-check
// The field of a tag picker: lists the tags that match what one types, and offers to add one to the codebook.
import { getMessage } from "./messages.js";
import { submitWith } from "./submit.js";
import { getTagPicker, listTagInputs, removeLastTag, setTag } from "./tag-chips.js";
import { getActiveOption, getTagField, hideMatches, isListOpen, listOptions } from "./tag-listbox.js";
import { mayAddTags, setActiveOption, showMatches } from "./tag-listbox.js";
import { explain, hasTags, whenLoaded } from "./tag-groups.js";
import { isSameName } from "./tag-matching.js";

/** @param {HTMLElement} picker @param {string} name */
function pickName(picker, name) {
  setTag(picker, name);
  clearField(picker);
}

/** @param {HTMLElement} picker */
function clearField(picker) {
  getTagField(picker).value = "";
  hideMatches(picker);
  explain(picker, "");
}

/** @param {HTMLElement} picker */
const pickOrSubmit = (picker) => (getActiveOption(picker) ? pickName(picker, getActiveOption(picker).dataset.name) : submitForm(picker));

/** @param {HTMLElement} picker */
const submitForm = (picker) => submitWith(getTagField(picker).form.querySelector(".button.main"));

/** @param {HTMLElement} picker @param {1 | -1} step */
function moveActiveOption(picker, step) {
  if (!isListOpen(picker)) return showMatches(picker);
  const options = listOptions(picker);
  const current = options.indexOf(getActiveOption(picker));
  setActiveOption(picker, options.at(current < 0 && step < 0 ? -1 : (current + step) % options.length));
}

/** @type {Record<string, (picker: HTMLElement) => void>} */
const KEYS = { ArrowDown: (picker) => moveActiveOption(picker, 1), ArrowUp: (picker) => moveActiveOption(picker, -1), Enter: pickOrSubmit };

/** The picker whose field a node is. @param {EventTarget} target */
function getPickerOfField(target) {
  const picker = getTagPicker(target);
  return picker && target === getTagField(picker) ? picker : null;
}

/** @param {KeyboardEvent} event */
function handleKey(event) {
  const picker = getPickerOfField(event.target);
  const box = event.target.closest?.(".tag-picker input[type=checkbox]");
  // Left to the browser, Enter on a box would press the first button of the form, which may be that of a tag.
  if (event.key === "Enter" && box) submitForm(getTagPicker(box));
  else if (!picker || event.isComposing || event.ctrlKey || event.metaKey) return;
  else if (event.key === "Escape" && isListOpen(picker)) hideMatches(picker);
  else if (event.key === "Backspace" && !getTagField(picker).value) removeLastTag(picker);
  else if (KEYS[event.key]) KEYS[event.key](picker);
  else return;
  event.preventDefault();
}

// A name that was typed and not picked is set where a tag has it; else nothing is sent, and the field says why. Not for Delete.
/** @param {SubmitEvent} event */
function setTypedTag(event) {
  if (/** @type {HTMLButtonElement | null} */ (event.submitter)?.formNoValidate) return;
  /** @type {HTMLElement} */
  const picker = /** @type {Element} */ (event.target).querySelector(".tag-picker");
  const typed = picker && getTagField(picker).value.trim();
  if (!typed) return;
  const known = hasTags(picker) && listTagInputs(picker).find(({ value }) => isSameName(value, typed));
  if (known) return pickName(picker, known.value);
  event.preventDefault();
  event.stopPropagation();
  if (!hasTags(picker)) return whenLoaded(() => (event.submitter ? submitWith(event.submitter) : submitForm(picker)));
  getTagField(picker).focus();
  showMatches(picker);
  explain(picker, getMessage(mayAddTags(picker) ? "unknownTag" : "unknownTagForCoder", { name: typed }));
}

document.addEventListener("input", ({ target }) => {
  const picker = getPickerOfField(target);
  if (!picker) return;
  explain(picker, "");
  if (getTagField(picker).value.trim()) showMatches(picker);
  else hideMatches(picker);
});
document.addEventListener("mousedown", (event) => event.target.closest(".matches") && event.preventDefault());
document.addEventListener("click", ({ target }) => {
  const option = target.closest(".matches [role=option]");
  if (option) pickName(getTagPicker(option), option.dataset.name);
});
addEventListener("keydown", handleKey, true);
addEventListener("submit", setTypedTag, true);
