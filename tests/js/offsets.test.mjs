import assert from "node:assert/strict";
import { test } from "node:test";

import { countCodePoints, countUnitsBefore, createRange, describeRange } from "../../static/js/offsets.js";
import { createDomRange, openPage } from "./page.mjs";

const FAMILY = "👩‍👩‍👧"; // one grapheme, 5 code points, 8 UTF-16 units
const ODD = `<p>Ships 🚢 of <em>the <b>fleet</b></em> ${FAMILY} e\u0301te\u0301</p>\n<p>🇵🇹🇯🇵 flags <i></i>नमस्ते</p>\n<p>한국어 — “so”.</p>`;

const select = (root, start, end) => describeRange(root, createRange(root, start, end));

test("a character outside the basic plane counts once, a combining mark counts for itself", () => {
  const counts = { "": 0, ship: 4, "🚢": 1, "a🚢b": 3, "e\u0301": 2, [FAMILY]: 5, "🇵🇹": 2, "한국어": 3 };
  for (const [string, count] of Object.entries(counts)) assert.equal(countCodePoints(string), count, string);
});

test("a range holds the code points between its two offsets, for every pair of them", () => {
  const root = openPage(ODD);
  const points = [...root.textContent];
  for (let start = 0; start <= points.length; start++) {
    for (let end = start; end <= points.length; end++) {
      assert.equal(createRange(root, start, end).toString(), points.slice(start, end).join(""), `${start} to ${end}`);
    }
  }
});

test("at a boundary of elements a range starts in the later and ends in the earlier", () => {
  const root = openPage("<p>ab<b>cd</b>ef</p>");
  const paragraph = root.querySelector("p");
  const [first, second, third] = [paragraph.firstChild, root.querySelector("b").firstChild, paragraph.lastChild];
  const starting = createRange(root, 2, 3);
  assert.deepEqual([starting.startContainer, starting.startOffset], [second, 0]);
  const ending = createRange(root, 1, 2);
  assert.deepEqual([ending.startContainer, ending.endContainer, ending.endOffset], [first, first, 2]);
  assert.deepEqual([createRange(root, 4, 6).startContainer, createRange(root, 4, 6).endContainer], [third, third]);
});

test("an offset after the last code point is the end of the text", () => {
  const root = openPage("<p>ab</p>");
  const range = createRange(root, 9, 12);
  assert.deepEqual([range.startContainer, range.startOffset, range.endOffset], [root, 1, 1]);
});

test("places are counted in UTF-16 units before a node, through nested elements", () => {
  const root = openPage("<p>a🚢<b>b</b>c</p>");
  assert.equal(countUnitsBefore(root, root.querySelector("b").firstChild, 1), 4);
  assert.equal(countUnitsBefore(root, root.querySelector("p"), 0), 0);
});

test("a selection is described in code points, with its words and what surrounds them", () => {
  const root = openPage("<p>🚢🚢 The <b>red</b> line.</p>");
  assert.deepEqual(select(root, 3, 10), { start: 3, end: 10, exact: "The red", prefix: "🚢🚢 ", suffix: " line." });
});

test("what is described is found again", () => {
  const root = openPage(ODD);
  const length = countCodePoints(root.textContent);
  for (let start = 0; start < length; start++) {
    const described = select(root, start, length);
    assert.equal(createRange(root, described.start, described.end).toString(), described.exact);
    assert.deepEqual(select(root, described.start, described.end), described);
  }
});

test("half a grapheme is widened to the whole of it, at both ends", () => {
  for (const grapheme of ["e\u0301", "🚢", FAMILY, "🇵🇹", "स्ते"]) {
    const root = openPage(`<p>a${grapheme}b</p>`);
    const node = root.querySelector("p").firstChild;
    const widest = 1 + grapheme.length;
    for (let unit = 2; unit < widest; unit++) {
      const before = describeRange(root, createDomRange([node, 0], [node, unit]));
      const after = describeRange(root, createDomRange([node, unit], [node, widest + 1]));
      assert.deepEqual([before.exact, after.exact], [`a${grapheme}`, `${grapheme}b`], `cut at unit ${unit} of ${grapheme}`);
    }
  }
});

test("two flags side by side are two graphemes", () => {
  const root = openPage("<p>🇵🇹🇯🇵</p>");
  const node = root.querySelector("p").firstChild;
  assert.equal(describeRange(root, createDomRange([node, 0], [node, 2])).exact, "🇵🇹");
  assert.equal(describeRange(root, createDomRange([node, 6], [node, 8])).exact, "🇯🇵");
});

test("a grapheme is sought in its own line, wherever in the text that is", () => {
  const root = openPage("<p>one</p>\n<p>two e\u0301</p>\n<p>three</p>");
  const described = select(root, 8, 9);
  assert.deepEqual([described.start, described.end, described.exact], [8, 10, "e\u0301"]);
});

test("space at the ends is not described, and space alone is nothing", () => {
  const root = openPage("<p>one  two </p>\n<p>three</p>");
  assert.deepEqual([select(root, 3, 10).start, select(root, 3, 10).exact], [5, "two"]);
  assert.equal(select(root, 3, 5), null);
  assert.equal(select(root, 4, 4), null);
});

test("a selection that leaves the text is cut to it, and one that never enters it is nothing", () => {
  const root = openPage("<p>one two</p>");
  const [before, after] = ["before", "after"].map((id) => document.getElementById(id).firstChild);
  const node = root.querySelector("p").firstChild;
  assert.equal(describeRange(root, createDomRange([before, 2], [after, 2])).exact, "one two");
  assert.equal(describeRange(root, createDomRange([before, 2], [node, 3])).exact, "one");
  assert.equal(describeRange(root, createDomRange([node, 4], [after, 5])).exact, "two");
  assert.equal(describeRange(root, createDomRange([before, 0], [before, 6])), null);
});

test("the context is 32 code points on either side, less at the ends of the text", () => {
  for (const letter of ["a", "🚢"]) {
    const root = openPage(`<p>${letter.repeat(40)}middle${letter.repeat(40)}</p>`);
    const { prefix, suffix } = select(root, 40, 46);
    assert.deepEqual([prefix, suffix], [letter.repeat(32), letter.repeat(32)]);
    assert.deepEqual([select(root, 0, 46).prefix, select(root, 40, 86).suffix], ["", ""]);
    assert.deepEqual([select(root, 3, 46).prefix, select(root, 40, 83).suffix], [letter.repeat(3), letter.repeat(3)]);
  }
});
