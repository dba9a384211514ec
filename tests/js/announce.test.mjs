import assert from "node:assert/strict";
import { test } from "node:test";

import { cutEnds } from "../../static/js/announce.js";

test("a long selection is announced by how it begins and ends, in whole words and characters", () => {
  const sea = "the sea ".repeat(20).trim();
  assert.deepEqual(cutEnds(sea), ["the sea the sea the sea the", "sea the sea the sea the sea"]);
  for (const character of ["🚢", "👩‍👩‍👧", "🇵🇹", "e\u0301", "한", "\u{1D518}"]) {
    for (let shift = 0; shift < 12; shift++) {
      const [head, tail] = cutEnds("a".repeat(shift) + character.repeat(80) + "b".repeat(shift));
      assert.equal(head.replace(/^a+/, "").replaceAll(character, ""), "", character);
      assert.equal(tail.replace(/b+$/, "").replaceAll(character, ""), "", character);
    }
  }
});
