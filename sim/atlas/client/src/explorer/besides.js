// What an address asks besides the fields of a form: shown, for a figure is of all that is asked, and each with a way
// to take it back.
import { element, spoken, words } from "../element.js";
import { capital, listed, plain } from "../text.js";

/** @import { Called } from "./called.js" */
/** @import { Field } from "./asking.js" */

/** What narrows one unit or place: not asked of another. */
const BOUND = ["readiness", "exactly"];
/** What a reader may name several of, and a form has one field for. */
const NAMES = ["unit", "place", "origin"];

/** @type {Record<string, (value: string, called: Called, query: URLSearchParams) => string>} */
const SAID = {
  exactly: (_, called, query) =>
    `exactly ${listed(NAMES.flatMap((name) => values(query, name).map((id) => thing(called, name, id)))) || "as named"}`,
  readiness: (value) => `only ${each(value, plain)}`,
  side: (value) => `only of ${each(value, (side) => side)}`,
  kind: (value) => `only ${each(value, plain)}`,
  country: (value, called) =>
    `only in ${each(value, (code) => (code === "unstated" ? "a country not stated" : called.country(code)))}`,
  origin: (value, called) => `only from ${each(value, (id) => called.place(id))}`,
  order: (value) => `only of the order ${each(value, (id) => id)}`,
  by: (value) => `together by ${each(value, plain)}`,
  size: (value) => `${value} on a page`,
};

/**
 * @typedef {{ name: string, value: string, said: string, input: HTMLInputElement, shown: HTMLLIElement }} Besides
 */

/**
 * What is asked besides, in words and as hidden fields; of a field that is asked several times all but the first.
 * @param {Field[]} fields
 * @param {URLSearchParams} query
 * @param {Called} called
 */
export function besides(fields, query, called) {
  const further = fields.flatMap(({ name }) =>
    query
      .getAll(name)
      .slice(1)
      .map((value) => made(name, value, `and ${each(value, (id) => thing(called, name, id))}`, query)),
  );
  const others = Object.entries(SAID).flatMap(([name, said]) =>
    fields.some((field) => field.name === name)
      ? []
      : query.getAll(name).map((value) => made(name, value, said(value, called, query), query)),
  );
  return [...further, ...others];
}

/** @param {Besides[]} asked */
export function shown(asked) {
  return (
    asked.length > 0 &&
    element("ul", { class: "besides", "aria-label": "Asked besides" }, ...asked.map(({ shown }) => shown))
  );
}

/**
 * Drops what narrowed another unit or place than now stands in the fields, and asks it again of the one it narrowed.
 * @param {Besides[]} asked
 * @param {HTMLFormElement} form
 */
export function settle(asked, form) {
  const turned = [...form.querySelectorAll("input")].some(
    (input) => NAMES.includes(input.name) && input.type !== "hidden" && input.value !== input.defaultValue,
  );
  for (const { name, input, shown } of asked) input.disabled = shown.hidden = turned && BOUND.includes(name);
}

/** @param {string} name @param {string} value @param {string} said @param {URLSearchParams} query @returns {Besides} */
function made(name, value, said, query) {
  const without = new URLSearchParams(
    [...query].filter((pair) => pair[0] !== "page" && (pair[0] !== name || pair[1] !== value)),
  );
  const input = element("input", { type: "hidden", name, value });
  const shown = element(
    "li",
    {},
    words(capital(said)),
    element("a", { href: `${location.pathname}?${without}`, class: "away" }, "×", spoken(`, take away: ${said}`)),
  );
  return { name, value, said, input, shown };
}

/** @param {URLSearchParams} query @param {string} name */
function values(query, name) {
  return query.getAll(name).flatMap((value) => value.split(","));
}

/** Each of the values that stand in one, in words. @param {string} value @param {(word: string) => string} said */
function each(value, said) {
  return listed(value.split(",").map((word) => said(word.trim())));
}

/** @param {Called} called @param {string} name @param {string} id */
function thing(called, name, id) {
  if (name === "unit") return called.unit(id);
  return name === "place" || name === "origin" ? called.place(id) : id;
}
