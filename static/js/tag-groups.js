// @ts-check
// All tags of the toolbar come when one begins to select words, or when they are needed; what needs them waits.
import { getMessage } from "./messages.js";

/** What stands for the tags that are not there yet; null where all are. @param {ParentNode} part @returns {HTMLElement} */
const getPlaceholder = (part) => part.querySelector(".picker[data-address]");

/** Whether a part of the page has its tags. @param {ParentNode} part */
export const hasTags = (part) => !getPlaceholder(part);

/** @type {Promise<void> | undefined} */
let loading;

/** Load the tags of the toolbar. The promise tells whether they are there; if not, the toolbar says so. @returns {Promise<boolean>} */
export async function loadTags() {
  const placeholder = getPlaceholder(document);
  if (!placeholder) return true;
  loading ??= replace(placeholder).finally(() => (loading = undefined));
  await loading;
  return hasTags(document);
}

/** Do something when the tags are there; nothing where they do not come. @param {() => void} act */
export function whenLoaded(act) {
  loadTags().then((isLoaded) => isLoaded && act());
}

/** Say below the field of a picker what is wrong; nothing, where that is empty. @param {ParentNode} picker @param {string} reason */
export function explain(picker, reason) {
  /** @type {HTMLElement} */
  const line = picker.querySelector(".no-tag");
  line.textContent = reason;
  line.hidden = !reason;
}

/** @param {HTMLElement} placeholder */
async function replace(placeholder) {
  const html = await fetchHtml(placeholder.dataset.address);
  explain(placeholder.closest(".tag-picker"), html ? "" : getMessage("noTags"));
  if (html) placeholder.outerHTML = html;
}

/** Fetch a part of the page; empty where it does not come. @param {string} address */
async function fetchHtml(address) {
  try {
    const response = await fetch(address);
    return response.ok && !response.redirected ? await response.text() : "";
  } catch {
    return "";
  }
}

document.addEventListener("selectstart", loadTags);
