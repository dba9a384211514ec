// @ts-check
// The replies to a highlight open in its card, and close again; the link leads to a page that shows the same. Those about the
// article as a whole come before one reaches its end.

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

const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) htmx.trigger(target, "near");
  },
  { rootMargin: "100% 0px" },
);

function watchNote() {
  observer.disconnect();
  const note = document.getElementById("article-note");
  if (note && !note.querySelector(".thread-part")) observer.observe(note);
}

document.addEventListener("htmx:historyRestore", watchNote);
// Not before one scrolls: whoever only opens a short article asks for nothing more.
addEventListener("scroll", watchNote, { once: true, passive: true });
