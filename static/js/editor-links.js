// @ts-check
// Links in the editor: a row with their address, below the buttons.
import { findAround } from "./editor-commands.js";

/** Let the row with the address of a link open, set and remove. @param {HTMLElement} editor @param {HTMLElement} text */
export function linkForm(editor, text) {
  const row = /** @type {HTMLElement} */ (editor.querySelector(".link-row"));
  const field = row.querySelector("input");
  /** @type {Range | null} */
  let chosen = null;

  const open = () => {
    const selection = getSelection();
    chosen = selection.rangeCount && text.contains(selection.anchorNode) ? selection.getRangeAt(0).cloneRange() : null;
    field.value = findAround(text, "a")?.getAttribute("href") ?? "";
    row.hidden = false;
    field.focus();
  };
  const close = () => {
    field.setCustomValidity(""); // a hidden field with a fault would keep the form from being sent
    row.hidden = true;
  };
  /** @param {string} address */
  const finish = (address) => {
    const complete = completeAddress(address);
    field.setCustomValidity(complete === null ? field.dataset.refusal : "");
    if (!field.reportValidity()) return;
    close();
    text.focus();
    if (chosen) setLink(text, chosen, complete);
  };
  editor.querySelector("[data-link]").addEventListener("click", open);
  row.querySelector("[data-set]").addEventListener("click", () => finish(field.value.trim()));
  row.querySelector("[data-remove]").addEventListener("click", () => finish(""));
  field.addEventListener("input", () => field.setCustomValidity(""));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Enter") finish(field.value.trim());
    else close();
  });
}

/**
 * Return an address with its scheme; null where none can be told, so that it would not be saved.
 * @param {string} address
 */
export function completeAddress(address) {
  if (!address || /^(https?:\/\/[^\s/]|mailto:\S+@|#)/i.test(address)) return address;
  if (/^\/\/[^\s/]/.test(address)) return `https:${address}`;
  if (/^[^\s/:@?#]+@[^\s/:@?#]+\.[^\s/:@?#]+$/.test(address)) return `mailto:${address}`;
  return /^[^\s/:@?#]+\.[^\s/:@?#.]{2,}(:\d+)?([/?#]\S*)?$/.test(address) ? `https://${address}` : null;
}

/**
 * Link the words of a range, or the link around it, to an address; to none where it is empty.
 * @param {HTMLElement} text
 * @param {Range} range
 * @param {string} address
 */
function setLink(text, range, address) {
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  const around = findAround(text, "a");
  if (around) selection.selectAllChildren(around);
  if (address) document.execCommand("createLink", false, address);
  else document.execCommand("unlink");
}
