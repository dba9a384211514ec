// @ts-check
// A selection may begin at the first letter of a mark: Chromium selects nothing from there where a press of the mouse gives the focus.

/** @type {HTMLElement[]} */
let pressed = [];

/** Let the marks that were pressed be reached by the Tab key again. */
function release() {
  for (const mark of pressed) mark.tabIndex = 0;
  pressed = [];
}

document.addEventListener("pointerdown", ({ target, pointerType }) => {
  release();
  if (pointerType !== "mouse" || !(target instanceof Node)) return;
  /** @type {NodeListOf<HTMLElement>} */
  const marks = document.querySelectorAll('mark[tabindex="0"]');
  pressed = [...marks].filter((mark) => mark.contains(target));
  for (const mark of pressed) mark.removeAttribute("tabindex");
});
document.addEventListener("pointerup", release);
document.addEventListener("pointercancel", release);
