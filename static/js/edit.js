// A card is edited where it stands; the link leads to a page that does the same.
document.addEventListener("click", (event) => {
  const link = event.target.closest("#cards .card a.edit");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  htmx.ajax("GET", link.href, { target: link.closest(".card"), swap: "innerHTML" });
});

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.matches?.("#cards .card") && target.querySelector("form.edit")) target.querySelector("[role=alert], textarea").focus();
});

document.addEventListener("cardchanged", ({ detail }) => document.getElementById(`card-${detail.id}`)?.focus({ preventScroll: true }));
