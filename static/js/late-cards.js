// @ts-check
// The cards of a long list come in portions: those of the text on screen and of the next screen, the others as one scrolls.
// All of them come at once for what needs them: a mark whose card is not there yet, the browser's search, printing.

import { alignCards } from "./card-layout.js";
import { sortCards } from "./card-order.js";
import { whenSettled } from "./settled.js";

const SCREENS_AHEAD = "100%";

/** What stands for the cards that are not there; null where all are. */
const getPlaceholder = () => document.getElementById("more-cards");

/** Load all cards that are missing; the promise ends when they are in place. */
export async function loadAllCards() {
  const placeholder = getPlaceholder();
  if (placeholder) await htmx.ajax("GET", placeholder.dataset.rest, { target: placeholder, swap: "outerHTML" });
}

/** Load all missing cards before the page is printed, which waits for nothing but this. */
function loadAllNow() {
  const placeholder = getPlaceholder();
  if (!placeholder) return;
  const request = new XMLHttpRequest();
  request.open("GET", placeholder.dataset.rest, false);
  request.setRequestHeader("HX-Request", "true");
  request.send();
  if (request.status !== 200) return;
  placeholder.outerHTML = request.responseText;
  htmx.process(document.getElementById("card-list"));
  watchPlaceholder();
  alignCards();
}

/** Remove cards that were put in by a change and came again with their portion. True where there was one. */
function removeCopies() {
  /** @type {Set<string>} */
  const seen = new Set();
  const cards = [...document.querySelectorAll("#card-list > .card")];
  for (const card of cards.toReversed()) {
    if (seen.has(card.id)) card.remove();
    seen.add(card.id);
  }
  return seen.size < cards.length;
}

/** Say on each mark whether its card is on the page. */
function linkMarks() {
  for (const mark of document.querySelectorAll("#text mark[id]")) {
    const card = `card-${mark.id.slice("h-".length)}`;
    if (document.getElementById(card)) mark.setAttribute("aria-details", card);
    else mark.removeAttribute("aria-details");
  }
}

// Where the placeholder stands above the end of the next screen, the cards that follow it are wanted.
const observer = new IntersectionObserver(
  (entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting) && getPlaceholder()) htmx.trigger(getPlaceholder(), "next-cards");
  },
  { rootMargin: `9999999px 0px ${SCREENS_AHEAD}` },
);

function watchPlaceholder() {
  const hasRemoved = removeCopies();
  if (sortCards() || hasRemoved) alignCards();
  linkMarks();
  observer.disconnect();
  if (getPlaceholder()) observer.observe(getPlaceholder());
}

whenSettled(watchPlaceholder);
addEventListener("keydown", ({ key, ctrlKey, metaKey }) => key === "f" && (ctrlKey || metaKey) && loadAllCards());
addEventListener("beforeprint", loadAllNow);
watchPlaceholder();
