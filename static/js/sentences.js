// From sentence to sentence in the text.
import { points, rangeOf, unitsBefore } from "./offsets.js";

const AROUND = 4000; // UTF-16 units; no need to look at all of a long text

// The place where the next sentence begins, or this one (the one before, at its very beginning), as [node, offset].
export function sentenceFrom(root, node, offset, forward) {
  const text = root.textContent;
  const here = unitsBefore(root, node, offset);
  const starts = startsAround(text, here, root.lang);
  const there = forward ? starts.find((start) => start > here) : starts.findLast((start) => start < here);
  if (there === undefined) return null;
  const place = points(text.slice(0, there));
  const range = rangeOf(root, place, place);
  return [range.startContainer, range.startOffset];
}

function startsAround(text, here, language) {
  const from = text.lastIndexOf("\n", here - AROUND) + 1;
  const upto = text.indexOf("\n", here + AROUND);
  const part = text.slice(from, upto < 0 ? text.length : upto);
  const sentences = new Intl.Segmenter(language || undefined, { granularity: "sentence" }).segment(part);
  const starts = [...sentences].filter(({ segment }) => segment.trim()).map(({ index }) => from + index);
  return [...starts, from + part.length];
}
