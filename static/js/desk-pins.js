// Pinned passages are dragged into their order, or moved with Alt and an arrow; the buttons below each do the same.
let dragged = null;

const pinAt = (node) => node.closest?.(".pin[draggable=true]");

// Sends the pin's form without the line that is being written about it.
function send(pin, { button, place }) {
  const form = pin.querySelector("form.pin-acts");
  form.elements.comment.disabled = true;
  form.elements.place.disabled = place === undefined;
  form.elements.place.value = place ?? "";
  if (button) form.requestSubmit(button);
  else form.submit();
}

document.addEventListener("dragstart", ({ target, dataTransfer }) => {
  dragged = pinAt(target);
  if (!dragged || target.matches("a, input")) return;
  dataTransfer.effectAllowed = "move";
  dataTransfer.setData("text/plain", dragged.querySelector("blockquote").textContent.trim());
});

document.addEventListener("dragover", (event) => {
  const over = pinAt(event.target);
  if (!dragged || !over) return;
  event.preventDefault();
  for (const pin of document.querySelectorAll(".pin.over")) pin.classList.toggle("over", pin === over);
  over.classList.add("over");
});

document.addEventListener("drop", (event) => {
  const over = pinAt(event.target);
  if (!dragged || !over) return;
  event.preventDefault();
  if (over !== dragged) send(dragged, { place: over.dataset.place });
});

document.addEventListener("dragend", () => {
  for (const pin of document.querySelectorAll(".pin.over")) pin.classList.remove("over");
  dragged = null;
});

document.addEventListener("keydown", (event) => {
  const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const pin = way && event.altKey && pinAt(event.target);
  const button = pin?.querySelector?.(`[data-way=${way}]`);
  if (!button) return;
  event.preventDefault();
  send(pin, { button });
});
