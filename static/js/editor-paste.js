// @ts-check
// What is pasted keeps its paragraphs, headings, lists, quotations, emphasis and links. The server cleans it again.

const KEPT = new Set("P H2 H3 H4 UL OL LI BLOCKQUOTE B STRONG I EM A BR SUB SUP S CODE PRE TABLE TBODY THEAD TR TD TH".split(" "));
const DROPPED =
  "script, style, template, noscript, iframe, object, embed, svg, img, video, audio, canvas, button, select, textarea, meta, link";
const RENAMED = { H1: "h2", H5: "h4", H6: "h4" };

/** Return pasted HTML with nothing but the elements of a text. @param {string} html */
export function cleanPasted(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const element of page.querySelectorAll(DROPPED)) element.remove();
  for (const element of [...page.body.querySelectorAll("*")].reverse()) reduce(element);
  return page.body.innerHTML.replace(/<!--.*?-->/gs, "");
}

/** Leave an element with the address of a link at most, or only what is in it. @param {Element} element */
function reduce(element) {
  const address = element.tagName === "A" ? element.getAttribute("href") : null;
  const name = RENAMED[/** @type {keyof typeof RENAMED} */ (element.tagName)];
  if (!name && !KEPT.has(element.tagName)) {
    element.replaceWith(...element.childNodes);
    return;
  }
  const plain = element.ownerDocument.createElement(name ?? element.tagName);
  if (address && /^(https?|mailto):/i.test(address)) plain.setAttribute("href", address);
  plain.append(...element.childNodes);
  element.replaceWith(plain);
}
