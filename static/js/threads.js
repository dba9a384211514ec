// @ts-check
// The replies to a highlight open in its card, and close again; the link leads to a page that shows the same.

import { alignCards } from "./card-layout.js";

document.addEventListener("click", async (event) => {
  /** @type {HTMLAnchorElement} */
  const link = event.target.closest("#card-list .card a.replies");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const card = link.closest(".card");
  const open = card.querySelector(".thread-part");
  link.ariaExpanded = String(!open);
  open?.remove();
  if (open) alignCards();
  else await htmx.ajax("GET", link.href, { target: card, swap: "beforeend" });
});
