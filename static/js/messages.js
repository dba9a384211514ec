// @ts-check
// What scripts say is written on the server, so that it is in the language of the page. A page in another language than English
// brings its messages.
import { MESSAGES } from "./script-messages.js";

/**
 * Return a message with values in place of the names in its braces; a name without a value stays.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function getMessage(name, values = {}) {
  /** @type {Record<string, string>} */
  const messages = JSON.parse(document.getElementById("messages")?.textContent ?? "null") ?? MESSAGES;
  return messages[name].replace(/\{(\w+)\}/g, (braces, key) => String(values[key] ?? braces));
}
