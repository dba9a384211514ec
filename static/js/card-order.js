// @ts-check
// A card that comes with a change takes the place of the card that it had, or its own among those on the page, which are not
// always those that the server knows: others may have highlighted since, and a filter hides some.

/**
 * Compare two cards by where their highlights stand; of those that start together, the longer is first.
 * @param {HTMLElement} card
 * @param {HTMLElement} other
 */
function compareCards({ dataset: card }, { dataset: other }) {
  const distance = Number(card.start) - Number(other.start) || Number(other.end) - Number(card.end);
  return distance || (card.highlight < other.highlight ? -1 : 1);
}

/** @param {HTMLElement} card */
function putInOrder(card) {
  /** @type {HTMLElement[]} */
  const others = [...document.querySelectorAll("#card-list > .card")].filter((other) => other !== card);
  const next = others.find((other) => compareCards(card, other) < 0) ?? document.getElementById("more-cards");
  next?.before(card);
}

/** The first card that stands before one that belongs in front of it. */
function findEarlyCard() {
  /** @type {HTMLElement[]} */
  const cards = [...document.querySelectorAll("#card-list > .card")];
  return cards.find((card, index) => index + 1 < cards.length && compareCards(card, cards[index + 1]) > 0);
}

/** Put cards in order that came with a change before the cards in front of them. True where there was one. */
export function sortCards() {
  let hasMoved = false;
  for (let card = findEarlyCard(); card; card = findEarlyCard()) {
    putInOrder(card);
    hasMoved = true;
  }
  return hasMoved;
}

/**
 * The card on the page that a list of the answer is about; only such a fragment is an element.
 * @param {CustomEvent<{ target: HTMLElement, fragment: HTMLElement }>} event
 */
function findCard({ detail: { target, fragment } }) {
  return target.id === "card-list" ? document.getElementById(`card-${fragment.dataset.highlight}`) : null;
}

// What others did leaves a card alone that is being edited: its form says so if somebody else changed the highlight.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const card = findCard(event);
  const isKept = card?.querySelector(".editing") && "keepEditing" in event.detail.fragment.dataset;
  if (isKept) event.detail.shouldSwap = false;
  else card?.remove();
});
document.addEventListener("htmx:oobAfterSwap", (event) => {
  const card = findCard(event);
  if (card) putInOrder(card);
});
