import assert from "node:assert/strict";
import { test } from "node:test";

import { uuid7 } from "../../static/js/identifiers.js";

test("an identifier is a UUID of version 7, and the next one is another", () => {
  assert.match(uuid7(), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(Array.from({ length: 100 }, uuid7)).size, 100);
});

test("an identifier begins with the millisecond in which it was made", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 0x0190a1b2c3d4 });
  assert.equal(uuid7().slice(0, 13), "0190a1b2-c3d4");
});
