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
  /** @param {string} address */
  const finish = (address) => {
    row.hidden = true;
    text.focus();
    if (chosen) setLink(text, chosen, address);
  };
  editor.querySelector("[data-link]").addEventListener("click", open);
  row.querySelector("[data-set]").addEventListener("click", () => finish(field.value.trim()));
  row.querySelector("[data-remove]").addEventListener("click", () => finish(""));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Enter") finish(field.value.trim());
    else row.hidden = true;
  });
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
