// @ts-check
// From sentence to sentence in the text.
import { countCodePoints, countUnitsBefore, createRange } from "./offsets.js";

const WINDOW = 4000; // UTF-16 units; no need to look at all of a long text

/**
 * Find where the next sentence begins, or this one (the one before, at its very beginning); null where there is none.
 * @param {HTMLElement} root
 * @param {Node} node
 * @param {number} offset
 * @param {boolean} forward
 * @returns {[Node, number] | null}
 */
export function findSentenceStart(root, node, offset, forward) {
  const text = root.textContent;
  const here = countUnitsBefore(root, node, offset);
  const starts = findStartsAround(text, here, root.lang);
  const target = forward ? starts.find((start) => start > here) : starts.findLast((start) => start < here);
  if (target === undefined) return null;
  const place = countCodePoints(text.slice(0, target));
  const range = createRange(root, place, place);
  return [range.startContainer, range.startOffset];
}

/** List the starts of the sentences around a place, in UTF-16 units. @param {string} text @param {number} here @param {string} language */
function findStartsAround(text, here, language) {
  const from = text.lastIndexOf("\n", here - WINDOW) + 1;
  const upto = text.indexOf("\n", here + WINDOW);
  const part = text.slice(from, upto < 0 ? text.length : upto);
  const sentences = new Intl.Segmenter(language || undefined, { granularity: "sentence" }).segment(part);
  const starts = [...sentences].filter(({ segment }) => segment.trim()).map(({ index }) => from + index);
  return [...starts, from + part.length];
}
