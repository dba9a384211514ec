import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { openPage } from "./page.mjs";

openPage("<p>Text</p>");
const links = '<li><a data-go="desk" href="/desk/">Desk</a></li><li><input id="field"></li>';
document.body.insertAdjacentHTML("beforeend", `<ul>${links}</ul>`);
const visited = [];
globalThis.location = { assign: (address) => visited.push(address) };
globalThis.CSS = { escape: (key) => key };
await import("../../static/js/site-shortcuts.js");

/** Press keys one after the other; return the pages that they led to. */
function press(...keys) {
  visited.length = 0;
  for (const key of keys) {
    const { KeyboardEvent } = document.defaultView;
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }
  return visited.map((address) => address.replace(/^about:/, ""));
}

test("g and a letter lead to a page, and only together", () => {
  mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  const expected = { "g d": 1, "g Shift d": 1, d: 0, "g g d": 0, "g Escape d": 0, "g z d": 0 };
  for (const [keys, number] of Object.entries(expected)) assert.equal(press(...keys.split(" ")).length, number, keys);
  press("g");
  mock.timers.tick(1600);
  assert.deepEqual(press("d"), []);
  mock.timers.reset();
});

test("what is typed in a field neither goes anywhere nor ends in a page later", () => {
  press("g");
  document.getElementById("field").focus();
  assert.deepEqual(press("x", "g"), []);
  document.getElementById("field").blur();
  assert.deepEqual(press("d"), []);
});
