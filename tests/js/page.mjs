// A page as the modules meet it: text before and after the article's own, and the DOM's names as globals.
import { JSDOM } from "jsdom";

/** Open a page whose article is this HTML; return the root of its text. */
export function openPage(html, { lang = "en", dir = "ltr" } = {}) {
  const article = `<div id="text" lang="${lang}" dir="${dir}">${html}</div>`;
  const { window } = new JSDOM(`<!doctype html><p id="before">Before</p>${article}<p id="after">After</p>`);
  const { document, Node, NodeFilter, Range } = window;
  Object.assign(globalThis, { document, Node, NodeFilter, Range, getSelection: () => window.getSelection() });
  return document.getElementById("text");
}

/** Create a range from [node, offset] to [node, offset], in UTF-16 units as the DOM counts. */
export function createDomRange(start, end) {
  const range = new Range();
  range.setStart(...start);
  range.setEnd(...end);
  return range;
}
