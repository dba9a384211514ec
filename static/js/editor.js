// @ts-check
// An editor of paragraphs over a field of HTML. The field stays what is sent; without this script it is what one edits.
import { isActive, runCommand } from "./editor-commands.js";
import { linkForm } from "./editor-links.js";
import { cleanPasted } from "./editor-paste.js";
import { askBeforeLeaving } from "./editor-unsaved.js";

/** Put an editor in place of a field. @param {HTMLTextAreaElement} field */
function replaceField(field) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("editor"));
  const editor = /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
  const text = /** @type {HTMLElement} */ (editor.querySelector("[contenteditable]"));
  field.after(editor);
  nameText(field, text);
  text.innerHTML = field.value;
  field.hidden = true;
  document.querySelector(".field-text")?.setAttribute("hidden", ""); // the editor shows the same
  document.execCommand("defaultParagraphSeparator", false, "p");
  document.execCommand("styleWithCSS", false, "false");
  text.addEventListener("input", () => (field.value = text.innerHTML));
  text.addEventListener("paste", pasteClean);
  connectTools(editor, text);
  connectHtmlButton(editor, text, field);
  linkForm(editor, text);
  askBeforeLeaving(field);
}

/** Give the text the label, language and direction of its field. @param {HTMLTextAreaElement} field @param {HTMLElement} text */
function nameText(field, text) {
  const label = field.labels[0];
  label.id ||= `${field.id}_label`;
  text.setAttribute("aria-labelledby", label.id);
  label.addEventListener("click", () => text.focus());
  text.lang = field.dataset.lang ?? "";
  text.dir = field.dataset.dir ?? "auto";
}

/** Insert what is pasted without what comes with it. @param {ClipboardEvent} event */
function pasteClean(event) {
  const html = event.clipboardData?.getData("text/html");
  if (!html) return;
  event.preventDefault();
  document.execCommand("insertHTML", false, cleanPasted(html));
}

/** Let buttons act, and show which hold where the caret is. @param {HTMLElement} editor @param {HTMLElement} text */
function connectTools(editor, text) {
  for (const button of editor.querySelectorAll("button[data-command]")) {
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", () => runCommand(text, /** @type {HTMLElement} */ (button).dataset.command));
  }
  document.addEventListener("selectionchange", () => {
    if (!text.contains(getSelection().anchorNode)) return;
    for (const button of editor.querySelectorAll("button[data-command]")) {
      const command = /** @type {HTMLElement} */ (button).dataset.command;
      button.setAttribute("aria-pressed", String(isActive(text, command)));
    }
  });
}

/**
 * Let a button change between paragraphs and HTML.
 * @param {HTMLElement} editor
 * @param {HTMLElement} text
 * @param {HTMLTextAreaElement} field
 */
function connectHtmlButton(editor, text, field) {
  const button = editor.querySelector("button[data-html]");
  button.addEventListener("click", () => {
    const isHtml = !field.hidden;
    if (isHtml) text.innerHTML = field.value;
    field.hidden = isHtml;
    editor.classList.toggle("as-html", !isHtml);
    button.setAttribute("aria-pressed", String(!isHtml));
    (isHtml ? text : field).focus();
  });
}

for (const field of document.querySelectorAll("textarea[data-editor]")) replaceField(/** @type {HTMLTextAreaElement} */ (field));
