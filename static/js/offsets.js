// @ts-check
// Places in the text, counted in code points as the server counts them.

/**
 * A place in the text and the words that stand there: start and end in code points, context of up to 32 code points.
 * @typedef {{ start: number, end: number, exact: string, prefix: string, suffix: string }} TextSelector
 */

const CONTEXT = 32;
/** @type {Intl.Segmenter} made when it is first needed: it reads tables that take longer than a frame */
let graphemes;

/** The element that holds the article's text; null on other pages. */
export const getTextRoot = () => document.getElementById("text");

/** Count the code points of a string. @param {string} string */
export function countCodePoints(string) {
  return string.length - (string.match(/[\uDC00-\uDFFF]/g)?.length ?? 0);
}

/**
 * Describe what a range selects of root, in whole graphemes, without space at its ends; null where that is nothing.
 * @param {Element} root
 * @param {Range} range
 * @returns {TextSelector | null}
 */
export function describeRange(root, range) {
  const inside = clipRange(root, range);
  const words = inside?.toString() ?? "";
  const exact = words.trim();
  if (!exact) return null;
  const text = root.textContent;
  const from = countUnitsBefore(root, inside.startContainer, inside.startOffset) + words.length - words.trimStart().length;
  const last = graphemeAt(text, from + exact.length - 1);
  return createSelector(text, graphemeAt(text, from).index, last.index + last.segment.length);
}

/** Cut a range to the part that lies in root; null where there is none. @param {Element} root @param {Range} range */
function clipRange(root, range) {
  if (!range.intersectsNode(root)) return null;
  const whole = new Range();
  whole.selectNodeContents(root);
  const inside = range.cloneRange();
  if (inside.compareBoundaryPoints(Range.START_TO_START, whole) < 0) inside.setStart(root, 0);
  if (inside.compareBoundaryPoints(Range.END_TO_END, whole) > 0) inside.setEnd(root, root.childNodes.length);
  return inside;
}

/** Count the UTF-16 units of root before a place in it. @param {Element} root @param {Node} node @param {number} offset */
export function countUnitsBefore(root, node, offset) {
  const ahead = new Range();
  ahead.setStart(root, 0);
  ahead.setEnd(node, offset);
  return ahead.toString().length;
}

/** @param {string} text @param {number} from in UTF-16 units @param {number} to @returns {TextSelector} */
function createSelector(text, from, to) {
  const start = countCodePoints(text.slice(0, from));
  const exact = text.slice(from, to);
  const prefix = [...text.slice(Math.max(0, from - 2 * CONTEXT), from)].slice(-CONTEXT).join("");
  const suffix = [...text.slice(to, to + 2 * CONTEXT)].slice(0, CONTEXT).join("");
  return { start, end: start + countCodePoints(exact), exact, prefix, suffix };
}

/** Find the grapheme at a UTF-16 unit. None crosses the end of a line, so its line is enough. @param {string} text @param {number} unit */
export function graphemeAt(text, unit) {
  const lineStart = text.lastIndexOf("\n", unit - 1) + 1;
  const lineEnd = text.indexOf("\n", unit);
  graphemes ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const found = graphemes.segment(text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd)).containing(unit - lineStart);
  return { index: lineStart + found.index, segment: found.segment };
}

/** Create the range from one code point of root to another. @param {Element} root @param {number} start @param {number} end */
export function createRange(root, start, end) {
  const range = new Range();
  range.setStart(...findPlace(root, start, true));
  range.setEnd(...findPlace(root, end, false));
  return range;
}

/** @param {Element} root @param {number} offset in code points @param {boolean} forward @returns {[Node, number]} */
function findPlace(root, offset, forward) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = /** @type {Text} */ (walker.nextNode()); node; node = /** @type {Text} */ (walker.nextNode())) {
    const length = countCodePoints(node.data);
    if (left < length || (left === length && !forward)) return [node, [...node.data].slice(0, left).join("").length];
    left -= length;
  }
  return [root, root.childNodes.length];
}
