// @ts-check
// Set before htmx reads the page: it evaluates nothing, asks no other site and keeps no pages, and every answer but an empty one is shown.
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  selfRequestsOnly: true,
  attributesToSettle: ["class"],
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  responseHandling: [
    { code: "204", swap: false },
    { code: "...", swap: true },
  ],
});
