// Places in the text, counted in code points as the server counts them.
const CONTEXT = 32;
const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export const textOf = () => document.getElementById("text");

export function points(string) {
  return string.length - (string.match(/[\uDC00-\uDFFF]/g)?.length ?? 0);
}

// What a range selects of root, in whole characters, without space at its ends; null where that is nothing.
export function selected(root, range) {
  const inside = within(root, range);
  const words = inside?.toString() ?? "";
  const exact = words.trim();
  if (!exact) return null;
  const text = root.textContent;
  const from = unitsBefore(root, inside.startContainer, inside.startOffset) + words.length - words.trimStart().length;
  const last = characterAt(text, from + exact.length - 1);
  return described(text, characterAt(text, from).index, last.index + last.segment.length);
}

// The part of the range that lies in root; null where there is none.
function within(root, range) {
  if (!range.intersectsNode(root)) return null;
  const whole = new Range();
  whole.selectNodeContents(root);
  const inside = range.cloneRange();
  if (inside.compareBoundaryPoints(Range.START_TO_START, whole) < 0) inside.setStart(root, 0);
  if (inside.compareBoundaryPoints(Range.END_TO_END, whole) > 0) inside.setEnd(root, root.childNodes.length);
  return inside;
}

// UTF-16 units of root before a place in it.
export function unitsBefore(root, node, offset) {
  const ahead = new Range();
  ahead.setStart(root, 0);
  ahead.setEnd(node, offset);
  return ahead.toString().length;
}

function described(text, from, to) {
  const start = points(text.slice(0, from));
  const exact = text.slice(from, to);
  const prefix = [...text.slice(Math.max(0, from - 2 * CONTEXT), from)].slice(-CONTEXT).join("");
  const suffix = [...text.slice(to, to + 2 * CONTEXT)].slice(0, CONTEXT).join("");
  return { start, end: start + points(exact), exact, prefix, suffix };
}

// The character that a reader sees there. No character goes over the end of a line, so one line is enough to look at.
function characterAt(text, unit) {
  const line = text.lastIndexOf("\n", unit - 1) + 1;
  const next = text.indexOf("\n", unit);
  const found = characters.segment(text.slice(line, next < 0 ? text.length : next)).containing(unit - line);
  return { index: line + found.index, segment: found.segment };
}

// The range from one code point to another.
export function rangeOf(root, start, end) {
  const range = new Range();
  range.setStart(...placeOf(root, start, true));
  range.setEnd(...placeOf(root, end, false));
  return range;
}

function placeOf(root, offset, forward) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = points(node.data);
    if (left < length || (left === length && !forward)) return [node, [...node.data].slice(0, left).join("").length];
    left -= length;
  }
  return [root, root.childNodes.length];
}
