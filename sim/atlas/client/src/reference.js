// References: what a figure, symbol, bar or claim stands for, in a form that fits into an address.

/**
 * The noun comes first, then what it needs to be found: line/US/troops/pl/deployed, unit/82-ibct.
 * @typedef {string[]} Reference
 */

/** @param {Reference} reference */
export function written(reference) {
  return reference.map(encodeURIComponent).join("/");
}

/** @param {string} text @returns {Reference | null} null where it is none */
export function read(text) {
  try {
    return text === "" ? null : text.split("/").map(decodeURIComponent);
  } catch {
    return null;
  }
}
