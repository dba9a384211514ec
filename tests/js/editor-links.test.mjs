import assert from "node:assert/strict";
import { test } from "node:test";

import { completeAddress } from "../../static/js/editor-links.js";

test("an address of a link gets the scheme without which it would not be saved", () => {
  const completed = {
    "https://example.org/audit": "https://example.org/audit",
    "HTTP://example.org": "HTTP://example.org",
    "#p3": "#p3",
    "": "",
    "example.org/audit": "https://example.org/audit",
    "example.org:8080": "https://example.org:8080",
    "//example.org/audit": "https://example.org/audit",
    "ana@example.org": "mailto:ana@example.org",
    "mailto:ana@example.org": "mailto:ana@example.org",
  };
  for (const [written, address] of Object.entries(completed)) assert.equal(completeAddress(written), address);
});

test("what is no address that would be saved is refused", () => {
  for (const written of ["audit", "javascript:x()", "ftp://example.org", "the audit.", "https://", "/audit"]) {
    assert.equal(completeAddress(written), null, written);
  }
});
