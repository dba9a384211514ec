// @ts-check
// "On this page" says where one is: which part of the article, and which paragraph out of how many.
import { getMessage } from "./messages.js";
import { getTextRoot } from "./offsets.js";

const READING_LINE = 0.3; // of the window's height: the last block that begins above it is the one that is read

/** The number of the block that a link of the outline led to, until the reader scrolls on. @type {number | null} */
let chosen = null;

/** Where the reading line is, in pixels from the top of the window: at the end of the page it moves down to the last block. */
function findReadingLine() {
  const range = document.documentElement.scrollHeight - innerHeight;
  const last = Math.min(range, innerHeight * (1 - READING_LINE));
  const passed = last > 0 ? Math.max(0, scrollY - (range - last)) / last : 0;
  return innerHeight * (READING_LINE + (1 - READING_LINE) * Math.min(1, passed));
}

/** Return the number of the last block that begins above the line, at least 1. @param {NodeListOf<Element>} blocks */
function findCurrentBlock(blocks) {
  const line = findReadingLine();
  let [low, high] = [1, blocks.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (blocks[middle - 1].getBoundingClientRect().top <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Return the number of the first block of the part that a link leads to. @param {HTMLAnchorElement} [link] */
const getFirstBlock = (link) => Number(link?.hash.slice("#p".length) ?? NaN);

function showPlace() {
  const blocks = getTextRoot()?.querySelectorAll(":scope > [id]");
  const place = document.getElementById("place");
  if (!blocks?.length || !place) return;
  const number = chosen ?? findCurrentBlock(blocks);
  place.textContent = getMessage("place", { number, count: blocks.length });
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll(".contents a");
  for (const [index, link] of links.entries()) {
    const isCurrent = getFirstBlock(link) <= number && !(getFirstBlock(links[index + 1]) <= number);
    if (isCurrent === link.hasAttribute("aria-current")) continue;
    if (isCurrent) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
    if (isCurrent) keepInView(link);
  }
}

/** Scroll the list alone, so that the link is in sight. @param {HTMLAnchorElement} link */
function keepInView(link) {
  const list = link.closest("ol");
  const [row, frame] = [link.getBoundingClientRect(), list.getBoundingClientRect()];
  if (row.top < frame.top) list.scrollTop += row.top - frame.top;
  else if (row.bottom > frame.bottom) list.scrollTop += row.bottom - frame.bottom;
}

let isWaiting = false;
function showPlaceSoon() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    showPlace();
  });
}

document.addEventListener("click", ({ target }) => {
  /** @type {HTMLAnchorElement | null} */
  const link = target.closest(".contents a");
  if (!link) return;
  chosen = getFirstBlock(link);
  showPlaceSoon();
});
for (const event of ["pointerdown", "wheel", "touchmove", "keydown"]) {
  document.addEventListener(event, () => (chosen = null), { passive: true });
}
for (const event of ["scroll", "resize", "htmx:afterSettle"]) addEventListener(event, showPlaceSoon, { passive: true });

// Beside the text the outline stands open: so says its style, and so should its switch.
const WIDE = matchMedia("(min-width: 78.01rem)");
const matchSwitch = () => document.querySelector(".contents > details")?.toggleAttribute("open", WIDE.matches);
WIDE.addEventListener("change", matchSwitch);
matchSwitch();
showPlaceSoon();
