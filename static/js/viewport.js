// @ts-check

/** Whether the screen is narrow, as the style sheets have it: the toolbar and cards come up from the bottom. */
export const NARROW = matchMedia("(max-width: 52rem)");
