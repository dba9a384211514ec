// @ts-check
// A text that was changed and not saved: the browser asks before the page is left.

/** Ask before the page of a field is left while its text is not saved. @param {HTMLTextAreaElement} field */
export function askBeforeLeaving(field) {
  const { form } = field;
  const isPreview = form.querySelector("section.preview") !== null; // of a text that is not saved either
  let isSent = false;
  form.addEventListener("submit", () => (isSent = true));
  addEventListener("pageshow", () => (isSent = false));
  addEventListener("beforeunload", (event) => {
    if (!isSent && (isPreview || field.value !== field.defaultValue)) event.preventDefault();
  });
}
