// @ts-check
// A card is edited in place; the link leads to a page that does the same.
document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement} */
  const link = event.target.closest("#card-list .card a.edit");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  htmx.ajax("GET", link.href, { target: link.closest(".card"), swap: "innerHTML" });
});

// Focuses the form that opened, an alert in it (somebody else's version) or the button that was pressed;
// and the card again when the form closes. Cards that come with a portion take no focus.
document.addEventListener("htmx:afterSettle", (event) => {
  const card = /** @type {HTMLElement} */ (event.target);
  if (event.detail.target.id === "more-cards" || !card.matches?.("#card-list .card")) return;
  const alert = card.querySelector(".editing > [role=alert]");
  if (alert) alert.tabIndex = -1;
  (alert ?? card.querySelector("[autofocus]") ?? card.querySelector("form.edit textarea") ?? card).focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
});

document.addEventListener("carddeleted", () => document.getElementById("frame").focus({ preventScroll: true }));
document.addEventListener("cardchanged", ({ detail }) => {
  const card = document.getElementById(`card-${detail.id}`);
  if (!card?.querySelector(".editing")) card?.focus({ preventScroll: true });
});
