// @ts-check
// The tags picked for the selected words, each with a button that removes it.

/** @returns {HTMLElement} */
const getChips = () => document.querySelector("#toolbar .chips");

/** Add a chip for a tag, unless it has one. @param {string} name @param {string} hue */
export function addChip(name, hue) {
  const inputs = [.../** @type {NodeListOf<HTMLInputElement>} */ (getChips().querySelectorAll("input"))];
  if (!inputs.some((input) => input.value.toLowerCase() === name.toLowerCase())) getChips().append(createChip(name, hue));
}

/** @param {string} name @param {string} hue */
function createChip(name, hue) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("chip"));
  const chip = /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
  chip.querySelector("input").value = name;
  chip.querySelector(".tag").textContent = name;
  chip.querySelector(".tag").classList.add(`hue-${hue}`);
  chip.querySelector(".aside").textContent = `Take off ${name}`;
  return chip;
}

/** Remove the chip added last. */
export function removeLastChip() {
  getChips().lastElementChild?.remove();
}

document.addEventListener("click", ({ target }) => {
  if (!target.closest("#toolbar .chip button")) return;
  target.closest(".chip").remove();
  document.getElementById("new-tag").focus();
});
