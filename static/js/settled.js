// @ts-check
// htmx says of every element that it swapped in that it has settled: of a portion of two hundred cards, two hundred times.

/** Call `act` once after each change of the page by htmx, however many elements it brought. @param {() => void} act */
export const whenSettled = (act) => callOnce("htmx:afterSettle", act);

/** The same as soon as they are in the page, before it is painted, and before htmx knows them. @param {() => void} act */
export const whenSwapped = (act) => callOnce("htmx:afterSwap", act);

/** @param {string} event @param {() => void} act */
function callOnce(event, act) {
  let isWaiting = false;
  addEventListener(event, () => {
    if (isWaiting) return;
    isWaiting = true;
    queueMicrotask(() => {
      isWaiting = false;
      act();
    });
  });
}
