// @ts-check
// htmx says of every element that it swapped in that it has settled: of a portion of two hundred cards, two hundred times.

/** Call `act` once after each change of the page by htmx, however many elements it brought. @param {() => void} act */
export function whenSettled(act) {
  let isWaiting = false;
  addEventListener("htmx:afterSettle", () => {
    if (isWaiting) return;
    isWaiting = true;
    queueMicrotask(() => {
      isWaiting = false;
      act();
    });
  });
}
