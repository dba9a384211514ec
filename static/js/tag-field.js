// The tag field of the toolbar: filters the codebook as one types, and offers to add what is not in it.
import { dropLastChip, putChip } from "./tag-chips.js";
import { field, hide, list, options, picked, point, show } from "./tag-listbox.js";

function filter() {
  const typed = field().value.trim();
  const known = [...list().querySelectorAll("[role=option]:not(.create)")];
  const fits = new Map(known.map((option) => [option, fit(option.dataset.name.toLowerCase(), typed.toLowerCase())]));
  for (const option of known) option.hidden = !fits.get(option);
  list().prepend(...known.sort((one, other) => fits.get(other) - fits.get(one) || one.dataset.place - other.dataset.place));
  offer(typed, known.some((option) => fits.get(option) === 4));
  point(typed ? options()[0] : undefined);
  show();
  document.getElementById("no-tag").hidden = options().length > 0;
}

// 4 the same name, 3 it begins so, 2 one of its words does, 1 it has it somewhere, 0 it has not.
function fit(name, typed) {
  if (!typed || !name.includes(typed)) return typed ? 0 : 1;
  if (name.startsWith(typed)) return name === typed ? 4 : 3;
  return name.includes(` ${typed}`) ? 2 : 1;
}

function offer(typed, isKnown) {
  const create = list().querySelector(".create");
  if (!create) return;
  create.hidden = !typed || isKnown;
  create.dataset.name = typed;
  create.querySelector("b").textContent = typed;
}

function take(option) {
  putChip(option.dataset.name, option.dataset.hue);
  field().value = "";
  hide();
}

const KEYS = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => (picked() ? take(picked()) : field().form.requestSubmit(field().form.querySelector("[data-main]"))),
};

function step(by) {
  if (list().hidden) return filter();
  const all = options();
  const here = all.indexOf(picked());
  point(all.at(here < 0 && by < 0 ? -1 : (here + by) % all.length));
}

document.addEventListener("input", ({ target }) => target.id === "new-tag" && filter());
document.addEventListener("focusin", ({ target }) => (target.id === "new-tag" ? filter() : hide()));
document.addEventListener("mousedown", (event) => event.target.closest("#tag-list") && event.preventDefault());
document.addEventListener("click", ({ target }) => {
  const option = target.closest("#tag-list [role=option]");
  if (option) take(option);
});
addEventListener("keydown", (event) => {
  if (event.target.id !== "new-tag" || event.isComposing) return;
  if (event.key === "Escape" && !list().hidden) hide();
  else if (event.key === "Backspace" && !field().value) dropLastChip();
  else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
}, true);
// What was typed and not picked yet goes along; where it names no tag and may not become one, nothing is sent.
addEventListener("submit", (event) => {
  const typed = event.target.id === "toolbar" && field()?.value.trim();
  if (!typed) return;
  filter();
  const meant = options().find((option) => option.dataset.name.toLowerCase() === typed.toLowerCase());
  if (meant) return take(meant);
  event.preventDefault();
  event.stopPropagation();
  document.getElementById("no-tag").hidden = false;
  field().focus();
}, true);
