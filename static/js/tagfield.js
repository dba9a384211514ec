// The tag field of the toolbar: filters the codebook as one types, and offers to add what is not in it.
const field = () => document.getElementById("new-tag");
const list = () => document.getElementById("tag-list");
const options = () => [...list().querySelectorAll("[role=option]:not([hidden])")];
const active = () => list().querySelector("[aria-selected=true]");

function filter() {
  const typed = field().value.trim().toLowerCase();
  let exact = false;
  for (const option of list().querySelectorAll("[role=option]:not(.create)")) {
    const name = option.dataset.name.toLowerCase();
    option.hidden = !name.includes(typed);
    exact ||= name === typed;
  }
  const create = list().querySelector(".create");
  if (create) {
    create.hidden = !typed || exact;
    create.dataset.name = field().value.trim();
    create.querySelector("b").textContent = create.dataset.name;
  }
  const first = options().find((option) => option.dataset.name.toLowerCase().startsWith(typed));
  point(typed ? (first ?? options()[0]) : undefined);
  show(options().length > 0);
}

function point(option) {
  active()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field().setAttribute("aria-activedescendant", option.id);
  else field().removeAttribute("aria-activedescendant");
}

function show(open) {
  list().hidden = !open;
  field().setAttribute("aria-expanded", open);
}

function pick(name, hue) {
  const chip = document.getElementById("chip").content.firstElementChild.cloneNode(true);
  chip.querySelector("input").value = name;
  chip.querySelector(".tag").textContent = name;
  chip.querySelector(".tag").classList.add(`hue-${hue}`);
  chip.querySelector(".aside").textContent = `Take off ${name}`;
  const chips = document.querySelector("#toolbar .chips");
  const there = [...chips.querySelectorAll("input")].some((input) => input.value.toLowerCase() === name.toLowerCase());
  if (!there) chips.append(chip);
  field().value = "";
  show(false);
}

export function take(option) {
  if (option) pick(option.dataset.name, option.dataset.hue);
}

const KEYS = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: (event) => (field().value.trim() && active() ? take(active()) : event.currentTarget && send()),
  Backspace: (event) => (field().value ? false : document.querySelector("#toolbar .chips > :last-child")?.remove()),
};

function step(by) {
  if (list().hidden) filter();
  const all = options();
  if (all.length) point(all[(all.indexOf(active()) + by + all.length) % all.length]);
}

function send() {
  field().form.requestSubmit(field().form.querySelector("[data-main]"));
}

document.addEventListener("input", ({ target }) => target === field() && filter());
document.addEventListener("focusin", ({ target }) => (target === field() ? filter() : list() && show(false)));
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest("#tag-list [role=option]");
  if (!option) return;
  event.preventDefault();
  take(option);
});
document.addEventListener("click", ({ target }) => target.closest("#toolbar .chips button")?.closest(".chip").remove());
document.addEventListener("keydown", (event) => {
  if (event.target !== field() || event.isComposing || !KEYS[event.key]) return;
  if (KEYS[event.key](event) !== false) event.preventDefault();
});
// What was typed and not yet picked goes along, if it names a tag or may become one.
document.addEventListener("submit", ({ target }) => target.id === "toolbar" && field().value.trim() && take(active()), true);
