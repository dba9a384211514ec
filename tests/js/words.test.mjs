import assert from "node:assert/strict";
import { test } from "node:test";

import { findWord } from "../../static/js/words.js";

test("a letter is in its word, with its apostrophe and accents; a space or a sign is in none", () => {
  const text = "We don’t re\u0301sume: 12.5 km";
  const words = [...text].map((_, unit) => findWord(text, unit, "en")).map((word) => word && text.slice(word.start, word.end));
  assert.deepEqual([...new Set(words)], ["We", null, "don’t", "re\u0301sume", "12.5", "km"]);
  assert.equal(findWord(text, text.length), null);
});

test("words are found where none are parted by spaces", () => {
  const { start, end } = findWord("大臣は会議に出た", 4, "ja");
  assert.equal("大臣は会議に出た".slice(start, end), "会議");
});
