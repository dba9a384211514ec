// @ts-check
// What one can do with a passage is written once for a list, in a template, and put below each of its passages.
import { whenSwapped } from "./settled.js";

const NO_KEY = "00000000-0000-0000-0000-000000000000"; // of the passage in the template
const KEY = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/;

/** @type {HTMLTemplateElement | null} */
const template = document.querySelector("template.passage-acts");

/** @param {HTMLElement} row */
function addActs(row) {
  const acts = row.querySelector(".passage-acts");
  const [key] = /** @type {HTMLAnchorElement} */ (row.querySelector(".cite a")).href.match(KEY);
  acts.innerHTML = template.innerHTML.replaceAll(NO_KEY, key);
  const isOwn = row.dataset.layer !== "consensus" && row.querySelector("[rel=author]").textContent === template.dataset.reader;
  if (!isOwn) acts.querySelector("[data-own]")?.remove();
}

function addMissingActs() {
  for (const acts of document.querySelectorAll(".passage .passage-acts:not(:has([data-act]))")) addActs(acts.closest(".passage"));
}

if (template) {
  addMissingActs();
  whenSwapped(addMissingActs);
}

// What was undone shows in its row; where that is not here, or not any more, the list is another one.
document.addEventListener("undone", ({ detail: { id, address } }) => {
  const row = document.querySelector(`.passage .cite a[href$="/${id}/"]`)?.closest(".passage");
  if (row && address) htmx.ajax("GET", address, { target: row, swap: "outerHTML" });
  else htmx.ajax("GET", location.href, { target: document.getElementById("passages"), swap: "outerHTML" });
});
