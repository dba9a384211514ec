import assert from "node:assert/strict";
import { test } from "node:test";

import { rankMatch } from "../../static/js/tag-matching.js";

test("a name ranks by where it holds what is typed", () => {
  const ranks = { "red line": 4, red: 3, li: 2, ine: 1, blue: 0 };
  for (const [typed, rank] of Object.entries(ranks)) assert.equal(rankMatch("red line", typed), rank, typed);
});

test("while nothing is typed every name stays, in the order of the codebook", () => {
  assert.deepEqual(["cost", "red line"].map((name) => rankMatch(name, "")), [1, 1]);
});
