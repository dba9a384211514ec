// @ts-check

/**
 * Submit the form of a button as a click on it does, with the button's own name and value.
 * `form.requestSubmit(button)` will not do: htmx sends the button that was clicked or focused last, not the one named there.
 * @param {HTMLElement} button
 */
export function submitWith(button) {
  button.click();
}
