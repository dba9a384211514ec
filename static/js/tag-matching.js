// @ts-check

/**
 * Rank how well a tag's name matches what is typed, both in lower case:
 * 4 the same, 3 begins with it, 2 a later word does, 1 contains it (or nothing is typed), 0 does not.
 * @param {string} name
 * @param {string} typed
 */
export function rankMatch(name, typed) {
  if (!typed || !name.includes(typed)) return typed ? 0 : 1;
  if (name.startsWith(typed)) return name === typed ? 4 : 3;
  return name.includes(` ${typed}`) ? 2 : 1;
}
