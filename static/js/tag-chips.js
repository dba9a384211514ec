// The tags picked for the chosen words, each with a button that takes it off again.
const chips = () => document.querySelector("#toolbar .chips");

export function putChip(name, hue) {
  const there = [...chips().querySelectorAll("input")].some((input) => input.value.toLowerCase() === name.toLowerCase());
  if (!there) chips().append(chip(name, hue));
}

function chip(name, hue) {
  const made = document.getElementById("chip").content.firstElementChild.cloneNode(true);
  made.querySelector("input").value = name;
  made.querySelector(".tag").textContent = name;
  made.querySelector(".tag").classList.add(`hue-${hue}`);
  made.querySelector(".aside").textContent = `Take off ${name}`;
  return made;
}

export function dropLastChip() {
  chips().lastElementChild?.remove();
}

document.addEventListener("click", ({ target }) => {
  if (!target.closest("#toolbar .chip button")) return;
  target.closest(".chip").remove();
  document.getElementById("new-tag").focus();
});
