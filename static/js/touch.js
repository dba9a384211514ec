// @ts-check
// Whether the reader selects with a finger, which cannot aim at a letter.
let isFinger = matchMedia("(pointer: coarse)").matches;

/** Whether the reader last pointed with a finger; before that, whether the screen is made for one. */
export const isTouching = () => isFinger;

document.addEventListener("pointerdown", ({ pointerType }) => (isFinger = pointerType === "touch"), true);
document.addEventListener("keydown", ({ target }) => target.closest?.("input, textarea") || (isFinger = false), true);
