// @ts-check
// Blocks far from the screen are not rendered before the page is shown (see reading.css), but soon after, in order and a few at
// a time. From then on all have their own height: neither a jump into the text nor the swap of all of it moves what one reads.
import { alignSoon } from "./card-layout.js";
import { getTextRoot } from "./offsets.js";
import { whenSwapped } from "./settled.js";

const MIN_REST = 5; // milliseconds of an idle period that are left for what comes next

/** List the blocks that are rendered only near the screen. @returns {HTMLElement[]} */
const listFarBlocks = () => [...(getTextRoot()?.querySelectorAll(":scope > :not([style*=content-visibility])") ?? [])];

/** @param {HTMLElement} block */
const layOut = (block) => block.style.setProperty("content-visibility", "visible");

let isComplete = false;

/** @param {IdleDeadline} deadline */
function layOutSome(deadline) {
  const blocks = listFarBlocks();
  do {
    const block = blocks.shift();
    if (block) layOut(block);
    block?.getBoundingClientRect(); // or the time it takes would not count
  } while (blocks.length && deadline.timeRemaining() > MIN_REST);
  alignSoon();
  isComplete = blocks.length === 0;
  if (!isComplete) requestIdleCallback(layOutSome);
}

if (CSS.supports("overflow-clip-margin: 1px")) {
  requestIdleCallback(layOutSome);
  whenSwapped(() => isComplete && listFarBlocks().forEach(layOut));
}
