// A card is edited where it stands; the link leads to a page that does the same.
document.addEventListener("click", (event) => {
  const link = event.target.closest("#cards .card a.edit");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  htmx.ajax("GET", link.href, { target: link.closest(".card"), swap: "innerHTML" });
});

// The focus goes into a form that came up, to what somebody else wrote if that is there, and back to the card when it closes.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (!target.matches?.("#cards .card")) return;
  const alert = target.querySelector(".editing [role=alert]");
  if (alert) alert.tabIndex = -1;
  (alert ?? target.querySelector("form.edit textarea") ?? target).focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
});

document.addEventListener("carddeleted", () => document.getElementById("frame").focus({ preventScroll: true }));
document.addEventListener("cardchanged", ({ detail }) => document.getElementById(`card-${detail.id}`)?.focus({ preventScroll: true }));
