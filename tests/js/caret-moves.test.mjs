import assert from "node:assert/strict";
import { test } from "node:test";

import { moveCaret, readMovement } from "../../static/js/caret-moves.js";
import { countUnitsBefore } from "../../static/js/offsets.js";
import { openPage } from "./page.mjs";

const TEXT = "<p>🚢 sails. The <b>port</b> opens.</p>\n<p>It rains.</p>";

const placeCaret = (root, offset = 0) => getSelection().collapse(root.querySelector("p").firstChild, offset);
const press = (key, held = {}) => moveCaret({ key, altKey: false, ctrlKey: false, shiftKey: false, ...held });
const focusIn = (root) => countUnitsBefore(root, getSelection().focusNode, getSelection().focusOffset);

test("a key asks for a step of the browser's own unit and direction", () => {
  const cases = [
    [{ key: "ArrowLeft" }, "character left 1"],
    [{ key: "ArrowRight" }, "character right 1"],
    [{ key: "ArrowRight", ctrlKey: true }, "word right 1"],
    [{ key: "ArrowUp" }, "line backward 1"],
    [{ key: "ArrowDown", ctrlKey: true }, "line forward 1"],
    [{ key: "PageDown" }, "line forward 12"],
    [{ key: "PageUp" }, "line backward 12"],
    [{ key: "Home" }, "lineboundary backward 1"],
    [{ key: "End" }, "lineboundary forward 1"],
    [{ key: "Home", ctrlKey: true }, "documentboundary backward 1"],
    [{ key: "End", ctrlKey: true }, "documentboundary forward 1"],
  ];
  for (const [event, expected] of cases) {
    const { unit, direction, times } = readMovement(event, false);
    assert.equal(`${unit} ${direction} ${times}`, expected, JSON.stringify(event));
  }
});

test("with Alt an arrow asks for a sentence, onward in the direction of the script", () => {
  const direction = (key, isRightToLeft) => readMovement({ key, altKey: true }, isRightToLeft).direction;
  assert.equal(readMovement({ key: "ArrowRight", altKey: true }, false).unit, "sentence");
  assert.deepEqual([direction("ArrowRight", false), direction("ArrowLeft", false)], ["forward", "backward"]);
  assert.deepEqual([direction("ArrowRight", true), direction("ArrowLeft", true)], ["backward", "forward"]);
  assert.deepEqual([direction("ArrowDown", true), direction("ArrowUp", true)], ["forward", "backward"]);
});

test("a key that moves nothing is left to others", () => {
  const root = openPage(TEXT);
  placeCaret(root, 3);
  for (const key of ["a", "Enter", "Shift", "Escape"]) assert.equal(press(key), false, key);
  assert.equal(focusIn(root), 3);
});

test("Alt walks from sentence to sentence, over marks and paragraphs, and back", () => {
  const root = openPage(TEXT);
  placeCaret(root);
  const onward = [1, 2, 3, 4].map(() => press("ArrowDown", { altKey: true }) && root.textContent.slice(focusIn(root)));
  assert.deepEqual(onward, ["The port opens.\nIt rains.", "It rains.", "", ""]);
  const back = [1, 2, 3, 4].map(() => press("ArrowUp", { altKey: true }) && root.textContent.slice(focusIn(root)));
  assert.deepEqual(back, ["It rains.", "The port opens.\nIt rains.", root.textContent, root.textContent]);
});

test("from the middle of a sentence Alt goes back to its beginning", () => {
  const root = openPage(TEXT);
  placeCaret(root, "🚢 sails. Th".length);
  press("ArrowLeft", { altKey: true });
  assert.equal(focusIn(root), "🚢 sails. ".length);
});

test("with Shift the end of the selection moves and its beginning stays", () => {
  const root = openPage(TEXT);
  placeCaret(root, 3);
  press("ArrowDown", { altKey: true, shiftKey: true });
  assert.equal(getSelection().toString(), "sails. ");
  press("End", { ctrlKey: true, shiftKey: true });
  assert.equal(getSelection().toString(), "sails. The port opens.\nIt rains.");
  press("Home", { ctrlKey: true, shiftKey: true });
  assert.equal(getSelection().toString(), "🚢 ");
});

test("Control with Home and End goes to the ends of the text, and no further", () => {
  const root = openPage(TEXT);
  placeCaret(root, 3);
  press("End", { ctrlKey: true });
  assert.deepEqual([getSelection().isCollapsed, focusIn(root)], [true, root.textContent.length]);
  press("Home", { ctrlKey: true });
  assert.deepEqual([getSelection().isCollapsed, focusIn(root)], [true, 0]);
});
