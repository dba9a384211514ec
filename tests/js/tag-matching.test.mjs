import assert from "node:assert/strict";
import { test } from "node:test";

import { isSameName, rankMatch } from "../../static/js/tag-matching.js";

test("a name ranks by where it holds what is typed", () => {
  const ranks = { "red line": 4, red: 3, li: 2, ine: 1, blue: 0 };
  for (const [typed, rank] of Object.entries(ranks)) assert.equal(rankMatch("red line", typed), rank, typed);
});

test("while nothing is typed every name stays, in the order of the codebook", () => {
  assert.deepEqual(["cost", "red line"].map((name) => rankMatch(name, "")), [1, 1]);
});

test("names that look the same are one tag's, and C is neither C++ nor C#", () => {
  for (const [name, other] of [["café", "cafe\u0301"], ["red\u00a0line", "Red  line"]]) assert.ok(isSameName(name, other), name);
  for (const [name, other] of [["C", "C++"], ["C++", "C#"], ["👍", "👎"]]) assert.ok(!isSameName(name, other), name);
});
