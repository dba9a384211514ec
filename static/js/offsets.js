// Places in the text, counted in code points as the server counts them.
const CONTEXT = 32;

export const textOf = () => document.getElementById("text");

export function points(string) {
  return string.length - (string.match(/[\uDC00-\uDFFF]/g)?.length ?? 0);
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

// What a range selects of root, without space at its ends: start, end, exact, prefix, suffix; null where that is nothing.
export function selected(root, range) {
  const inside = within(root, range);
  const words = inside?.toString() ?? "";
  const exact = words.trim();
  if (!exact) return null;
  const text = root.textContent;
  const from = before(root, inside).length + words.length - words.trimStart().length;
  const to = from + exact.length;
  const start = points(text.slice(0, from));
  return {
    start,
    end: start + points(exact),
    exact,
    prefix: [...text.slice(Math.max(0, from - 2 * CONTEXT), from)].slice(-CONTEXT).join(""),
    suffix: [...text.slice(to, to + 2 * CONTEXT)].slice(0, CONTEXT).join(""),
  };
}

export function before(root, range) {
  const ahead = new Range();
  ahead.setStart(root, 0);
  ahead.setEnd(range.startContainer, range.startOffset);
  return ahead.toString();
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
  let node = walker.nextNode();
  for (let left = offset; node; node = walker.nextNode()) {
    const length = points(node.data);
    if (left < length || (left === length && !forward)) return [node, [...node.data].slice(0, left).join("").length];
    left -= length;
  }
  return [root, root.childNodes.length];
}
