// Lists: rows under headings, and the way to the next page of them.
import { element, words } from "../element.js";
import { count } from "../text.js";
import { BASES, knownAs, range } from "../figure.js";

/** @import { Basis } from "../album.js" */
/** @import { Child } from "../element.js" */

/** The marks after figures, as the album has them. @type {Partial<Record<Basis, string>>} */
const MARKS = { announced: "^", assumed: "!" };

/** @typedef {{ head: string, cell: (row: any) => Child | Child[], number?: boolean }} Column */

/**
 * A table; the first column names the row. On a phone its cells stand below each other.
 * @param {string} caption
 * @param {Column[]} columns
 * @param {any[]} rows
 */
export function listing(caption, columns, rows) {
  if (rows.length === 0) return element("p", { class: "none" }, "Nothing.");
  const cell = (/** @type {any} */ row, /** @type {Column} */ column, /** @type {number} */ place) => {
    const told = column.cell(row);
    const content = Array.isArray(told) ? told : [told];
    const label = place === 0 ? null : column.head;
    return place === 0
      ? element("th", { scope: "row" }, ...content)
      : element("td", { class: column.number ? "number" : null, "data-head": label }, ...content);
  };
  return element(
    "div",
    { class: "wide", tabindex: 0, role: "region", "aria-label": caption },
    element(
      "table",
      { class: "facts listing" },
      element("caption", {}, caption),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...columns.map(({ head, number }) => element("th", { scope: "col", class: number ? "number" : null }, head)),
        ),
      ),
      element(
        "tbody",
        {},
        ...rows.map((row) => element("tr", {}, ...columns.map((each, place) => cell(row, each, place)))),
      ),
    ),
  );
}

/** Where a list goes on; nothing where it is all there. @param {any} told */
export function paging(told) {
  const page = told.page;
  if (page === undefined) return null;
  const { number, size, pages, items } = page;
  const to = (/** @type {number} */ other, /** @type {string} */ text) => {
    const query = new URLSearchParams(location.search);
    query.set("page", String(other));
    return element("a", { href: `${location.pathname}?${query}`, class: "more" }, text);
  };
  const [first, last] = [(number - 1) * size + 1, Math.min(number * size, items)];
  return element(
    "nav",
    { class: "paging", "aria-label": "Pages" },
    number > 1 && to(number - 1, "Previous"),
    element("span", {}, `${count(first)} to ${count(last)} of ${count(items)}`),
    number < pages && to(number + 1, "Next"),
  );
}

/**
 * A strength with its mark and range, and how it is known where that is told.
 * @param {{ strength: number, low: number, high: number | null, basis?: Basis | null }} held
 * @param {string} [href] where it leads
 */
export function strength(held, href) {
  const between = range(held.strength, held.low, held.high);
  const known = held.basis === undefined || held.strength === 0 ? null : knownAs(held.basis);
  const text = count(held.strength) + signOf(held.basis ?? null);
  return [
    element("span", { class: "strong" }, href === undefined ? text : element("a", { href }, text)),
    between !== "" && element("span", { class: "range" }, between),
    known !== null && element("span", { class: "range" }, known),
  ];
}

/** The mark after a figure. @param {Basis | null} basis */
export function signOf(basis) {
  return basis === null ? "" : (MARKS[basis] ?? "");
}

/** What stands above all figures: what they leave out, and what their marks mean. */
export function caution() {
  return element(
    "p",
    { class: "only" },
    "Only forces that these reports name are counted; others may be there too. ",
    `${MARKS.announced} ${BASES.announced}, ${MARKS.assumed} ${BASES.assumed}, all of the figure or part of it.`,
  );
}

/** A moment, on one line. @param {string | Node} text */
export function when(text) {
  return element("span", { class: "moment" }, text);
}

/** A link within the explorer. @param {string} href @param {string} text */
export function to(href, text) {
  return element("a", { href }, words(text));
}
