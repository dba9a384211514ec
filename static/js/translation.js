// @ts-check
// Whether the browser shows the article in another language than it was written in: Chrome, Edge, Firefox and Safari translate pages.
import { getTextRoot } from "./offsets.js";

const language = document.documentElement.lang;

/** Whether the text on the page is a translation, whose words are not those of the article. */
export function isTranslated() {
  const { classList, lang } = document.documentElement;
  const isMarked = classList.contains("translated-ltr") || classList.contains("translated-rtl");
  // An article has no font element and no such attribute of its own.
  return isMarked || lang !== language || Boolean(getTextRoot()?.querySelector("font, [_msttexthash]"));
}
