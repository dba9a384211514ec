// @ts-check
// What the buttons of the editor do to the selected words or paragraphs, in steps that the browser can undo.

const BLOCKS = ["p", "h2", "h3"];
const COMMANDS = { bold: "bold", italic: "italic", ul: "insertUnorderedList", ol: "insertOrderedList", undo: "undo" };

/** Return the nearest element of these tags around the caret in a text, if there is one. @param {HTMLElement} text @param {string} tags */
export function findAround(text, tags) {
  const node = getSelection().anchorNode;
  const element = node instanceof Element ? node : node?.parentElement;
  const found = element?.closest(tags);
  return found && found !== text && text.contains(found) ? found : null;
}

/** Do what a button says. @param {HTMLElement} text @param {string} command */
export function runCommand(text, command) {
  text.focus();
  if (command === "quote") toggleQuote(text);
  else if (BLOCKS.includes(command)) document.execCommand("formatBlock", false, `<${command}>`);
  else document.execCommand(COMMANDS[/** @type {keyof typeof COMMANDS} */ (command)]);
}

/** Make the paragraph a quotation, or a quotation a paragraph. @param {HTMLElement} text */
function toggleQuote(text) {
  const quote = findAround(text, "blockquote");
  if (quote) document.execCommand("outdent");
  else document.execCommand("formatBlock", false, "<blockquote>");
}

/** Return whether a button's effect holds where the caret is. @param {HTMLElement} text @param {string} command */
export function isActive(text, command) {
  if (command === "bold") return findAround(text, "b, strong") !== null;
  if (command === "italic") return findAround(text, "i, em") !== null;
  if (command === "quote") return findAround(text, "blockquote") !== null;
  if (command === "undo") return false;
  return findAround(text, command) !== null;
}
