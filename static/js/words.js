// @ts-check
// Ranges of whole words.

/** @typedef {{ node: Text, offset: number }} Place in UTF-16 units */

/**
 * Widen a range, from one text node to another, to whole words; it does not leave the blocks in which it begins and ends.
 * @param {Range} range
 */
export function widenToWords({ startContainer, startOffset, endContainer, endOffset }) {
  const start = findWordEdge({ node: /** @type {Text} */ (startContainer), offset: startOffset }, false);
  const end = findWordEdge({ node: /** @type {Text} */ (endContainer), offset: endOffset }, true);
  const range = new Range();
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  return range;
}

/**
 * Find where the word begins whose letter stands after a place, or at an end, where that ends whose letter stands before it.
 * @param {Place} place
 * @param {boolean} atEnd
 */
function findWordEdge(place, atEnd) {
  const run = collectRun(place.node);
  const ahead = run.slice(0, run.indexOf(place.node)).reduce((units, { length }) => units + length, 0);
  const text = run.map(({ data }) => data).join("");
  const language = place.node.parentElement.closest("[lang]")?.lang;
  const word = findWord(text, ahead + place.offset - Number(atEnd), language);
  return word ? findPlace(run, atEnd ? word.end : word.start, atEnd) : place;
}

/**
 * Find the word of which a UTF-16 unit of the text is a part; null where that is a space or a sign.
 * @param {string} text
 * @param {number} unit
 * @param {string} [language]
 */
export function findWord(text, unit, language) {
  const found = new Intl.Segmenter(language || undefined, { granularity: "word" }).segment(text).containing(unit);
  return found?.isWordLike ? { start: found.index, end: found.index + found.segment.length } : null;
}

/** List the text nodes in one line with this one: between them no block begins or ends, and no line is broken. @param {Text} node */
function collectRun(node) {
  const block = getBlock(node.parentElement);
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  /** @type {Text[]} */
  let run = [];
  while (walker.nextNode()) {
    const current = walker.currentNode;
    if (current.nodeType === Node.TEXT_NODE && getBlock(current.parentElement) === block) run.push(/** @type {Text} */ (current));
    else if (current.nodeName !== "BR" && current.nodeType === Node.ELEMENT_NODE && isInline(/** @type {Element} */ (current))) continue;
    else if (run.includes(node)) break;
    else run = [];
  }
  return run;
}

/** @param {Element} element */
const isInline = (element) => /^(inline$|ruby|contents)/.test(getComputedStyle(element).display);

/** @param {Element} element @returns {Element} */
const getBlock = (element) => (isInline(element) ? getBlock(element.parentElement) : element);

/** @param {Text[]} run @param {number} unit @param {boolean} atEnd @returns {Place} */
function findPlace(run, unit, atEnd) {
  let left = unit;
  for (const node of run) {
    if (left < node.length || (atEnd && left === node.length)) return { node, offset: left };
    left -= node.length;
  }
  return { node: run.at(-1), offset: run.at(-1).length };
}
