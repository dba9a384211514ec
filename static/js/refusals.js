// @ts-check
// Where a sheet covers the toasts, it says itself why something was refused.

/** @param {XMLHttpRequest} xhr */
function repeatRefusal({ status }) {
  const isRefused = status === 0 || status >= 400;
  const reason = isRefused ? document.querySelector("#toasts > .bad:last-child span")?.textContent : "";
  for (const line of document.querySelectorAll("#sheet[open] .refusal, #toolbar:not([hidden]) .refusal")) line.textContent = reason ?? "";
}

// After the listeners of the toasts, which say that there was no answer. Parts of the page that come meanwhile refuse and settle nothing.
document.addEventListener("htmx:afterRequest", ({ detail: { xhr, requestConfig } }) => {
  if (requestConfig.verb !== "get") queueMicrotask(() => repeatRefusal(xhr));
});
