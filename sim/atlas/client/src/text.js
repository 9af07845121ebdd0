// Text from a scenario: what may not reach the page, and how numbers and lists are written.

// Control characters, and those that turn the direction of all the text after them.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const COUNT = new Intl.NumberFormat("en-US");

/** Without what cannot be seen and can mislead. @param {string} text */
export function clean(text) {
  return text.replace(UNPRINTABLE, "");
}

/** 1,700 @param {number} number */
export function count(number) {
  return COUNT.format(number);
}

/** "a, b and c" @param {string[]} items */
export function listed(items) {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/** With a capital letter. @param {string} text */
export function capital(text) {
  return text.charAt(0).toLocaleUpperCase("en") + text.slice(1);
}

/** An id of the vocabulary as words: "heightened alert". @param {string} id */
export function plain(id) {
  return id.replaceAll("-", " ");
}

/**
 * The value of a JSON text, with all its texts made safe to show. Its objects inherit nothing, so that a name from a
 * scenario, such as "constructor", is found only where it was written. Raises SyntaxError.
 * @param {string} json
 * @returns {any}
 */
export function parsed(json) {
  return JSON.parse(json, (_, value) => (typeof value === "string" ? clean(value) : bare(value)));
}

/** @param {any} value */
function bare(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.setPrototypeOf(value, null)
    : value;
}
