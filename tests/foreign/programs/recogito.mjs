// What @recogito/text-annotator reads in our annotations, and what it writes; with what Hypothesis would export of the same page.
import { readFileSync, writeFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const [folder] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf-8"));
const dom = new JSDOM("<!doctype html><div id='text'></div>");
for (const name of ["window", "document", "Node", "Range", "NodeFilter", "HTMLElement", "DOMRect", "Element"]) {
  globalThis[name] = name === "window" ? dom.window : dom.window[name];
}
const { parseW3CTextAnnotation, serializeW3CTextAnnotation, reviveAnnotation } = await import("@recogito/text-annotator");

const container = dom.window.document.getElementById("text");
const articles = new Map(read("articles.json").map((article) => [article.address, article]));
const parsed = [], failed = [], words = [], serialized = [];
for (const item of read("study.jsonld").first.items) {
  try {
    const { parsed: annotation, error } = parseW3CTextAnnotation(item);
    if (error) throw error;
    parsed.push(annotation.target.selector[0].quote);
    container.innerHTML = articles.get(item.target.source).html;
    const { range } = reviveAnnotation(annotation, container).target.selector[0];
    words.push(range ? range.toString() : "");
  } catch (error) {
    failed.push(String(error));
  }
}

// Positions in the DOM, as the program itself makes them: UTF-16 units.
const rows = [];
for (const passage of read("passages.json")) {
  const { page, address } = articles.get(passage.address);
  container.innerHTML = page;
  const text = container.textContent;
  const [start, end] = locate(text, passage);
  const bodies = passage.tags.map((value, number) => ({ id: `b${number}`, annotation: "a", purpose: "tagging", value }));
  if (passage.note) bodies.push({ id: "n", annotation: "a", purpose: "commenting", value: passage.note });
  const selector = [{ id: "s", quote: text.slice(start, end), start, end, range: makeRange(start, end) }];
  const target = { annotation: "a", selector, creator: { id: "dora", name: "dora" }, created: new Date("2026-11-02T08:00:00Z") };
  serialized.push(serializeW3CTextAnnotation({ id: `urn:uuid:${serialized.length}`, bodies, target }, address, container));
  rows.push(describe(passage, text, start, end, address));
}
writeFileSync(`${folder}/recogito.jsonld`, JSON.stringify(serialized));
writeFileSync(`${folder}/hypothesis.json`, JSON.stringify({ total: rows.length, rows }));
process.stdout.write(JSON.stringify({ parsed, failed, words, serialized: serialized.length }));

// Where a passage of our text stands in the page, whose white space is another.
function locate(text, passage) {
  const letters = [...text.matchAll(/\S/g)].map((match) => match.index);
  const bare = (words) => words.replace(/\s+/g, "");
  const before = [...passage.text].slice(0, passage.start).join("");
  const start = bare(text).indexOf(bare(passage.text)) + bare(before).length;
  return [letters[start], letters[start + bare(passage.words).length - 1] + 1];
}

function makeRange(start, end) {
  const walker = dom.window.document.createTreeWalker(container, 4);
  const range = dom.window.document.createRange();
  for (let node = walker.nextNode(), at = 0; node; at += node.length, node = walker.nextNode()) {
    if (at <= start && start < at + node.length) range.setStart(node, start - at);
    if (at < end && end <= at + node.length) range.setEnd(node, end - at);
  }
  return range;
}

function describe(passage, text, start, end, uri) {
  const quote = { type: "TextQuoteSelector", exact: text.slice(start, end), prefix: text.slice(Math.max(0, start - 32), start), suffix: text.slice(end, end + 32) };
  const selector = [{ type: "TextPositionSelector", start, end }, quote];
  const times = { created: "2026-11-02T08:00:00.000000+00:00", updated: "2026-11-02T08:00:00.000000+00:00" };
  return { id: `h${start}-${end}`, uri, text: passage.note, tags: passage.tags, user: "acct:dora@hypothes.is", ...times, target: [{ source: uri, selector }] };
}
