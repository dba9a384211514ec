// @ts-check

/** The form in which names are compared, nearly as the server does. @param {string} name */
const fold = (name) => name.normalize().replace(/[\s\u2800]+/g, " ").trim().toLowerCase();

/** Whether two names are one tag's: capitals do not count. @param {string} name @param {string} other */
export const isSameName = (name, other) => fold(name) === fold(other);

/**
 * Rank how well a tag's name matches what is typed, whatever their capitals:
 * 4 the same, 3 begins with it, 2 a later word does, 1 contains it (or nothing is typed), 0 does not.
 * @param {string} tagName
 * @param {string} words
 */
export function rankMatch(tagName, words) {
  const [name, typed] = [fold(tagName), fold(words)];
  if (!typed || !name.includes(typed)) return typed ? 0 : 1;
  if (name.startsWith(typed)) return name === typed ? 4 : 3;
  return name.includes(` ${typed}`) ? 2 : 1;
}
