import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.mjs";

openPage("<p>Ships</p>");
const { isTranslated } = await import("../../static/js/translation.js");

test("a page is translated once a browser marks it, its language or its words", () => {
  const changes = {
    "Chrome, left to right": () => document.documentElement.classList.add("translated-ltr"),
    "Chrome, right to left": () => document.documentElement.classList.add("translated-rtl"),
    "Chrome, the words": (root) => (root.innerHTML = "<p><font><font>Schiffe</font></font></p>"),
    Edge: (root) => root.querySelector("p").setAttribute("_msttexthash", "1"),
    Firefox: () => (document.documentElement.lang = "de"),
  };
  for (const [browser, change] of Object.entries(changes)) {
    const root = openPage("<p>Ships</p>");
    assert.equal(isTranslated(), false, browser);
    change(root);
    assert.equal(isTranslated(), true, browser);
  }
});
