// What a figure is made of, and which reports it rests on.
import { element, words } from "../element.js";
import { knownAs, range } from "../figure.js";
import { link } from "../link.js";
import { count, plain } from "../text.js";
import { asking } from "./asking.js";
import { told } from "./events.js";
import { listing, signOf, when } from "./listing.js";
import { TIMES, where } from "./snapshot.js";

/** @import { Visit } from "./visit.js" */

/** @param {Visit} visit */
export function explanation(visit) {
  const { query, fetched, called, moment } = visit;
  const fields = [
    { name: "at", label: "Time", hint: TIMES, required: !query.has("claim") },
    { name: "unit", label: "Unit", choices: called.all("units"), hint: called.hint("units", query.get("unit")) },
    { name: "place", label: "Place", choices: called.all("places"), hint: called.hint("places", query.get("place")) },
    { name: "as_known", label: "As known on", hint: "a date; all reports where empty" },
  ];
  const form = asking("What a figure is made of", "Explain", fields, query);
  if (fetched === null) return [form];
  const { at, claim, figures, sources, relayed } = fetched;
  return [
    form,
    element("h2", {}, claim === null ? moment.written(at) : words(claim.says ?? claim.id ?? claim)),
    ...figures.flatMap((/** @type {any} */ figure) => made(visit, figure)),
    listing("The reports it rests on", reports(visit), [...sources, ...relayed]),
  ];
}

/** @param {Visit} visit @param {any} figure */
function made({ called, moment }, figure) {
  const account = (/** @type {any} */ of) => (of === null ? "" : where(called, of.place, of.readiness));
  return [
    element(
      "p",
      { class: "detail-figure" },
      element("strong", {}, `${count(figure.strength)}${signOf(figure.basis)}`),
      ` ${plain(figure.kind)} `,
      element("span", { class: "range" }, range(figure.strength, figure.low, figure.high)),
    ),
    figure.strength > 0 && element("p", { class: "basis" }, `How known: ${howKnown(figure)}.`),
    listing(
      "Entries of the ledger",
      [
        { head: "When", cell: ({ at }) => when(moment.written(at)) },
        { head: "Who", cell: ({ unit }) => words(called.unit(unit)) },
        { head: "What", cell: ({ event }) => told(event) },
        { head: "Strength", number: true, cell: ({ strength: moved }) => count(moved) },
        { head: "Change", number: true, cell: ({ change }) => signed(change) },
        { head: "From", cell: ({ from }) => account(from) },
        { head: "To", cell: ({ to }) => account(to) },
        { head: "Known how", cell: ({ basis }) => (basis === null ? "" : knownAs(basis)) },
        { head: "Sources", cell: ({ sources, because }) => called.cited(sources, because) },
      ],
      figure.entries,
    ),
  ];
}

/** How much of a figure is known in which way; what came into one account in several is known "in part" in the weakest. @param {any} figure */
function howKnown({ rows, entries }) {
  /** @type {Map<string, number>} */
  const known = new Map();
  for (const { unit, place, readiness, strength: held, basis } of rows) {
    const came = entries.filter(
      (/** @type {any} */ each) => each.unit === unit && each.to.place === place && each.to.readiness === readiness,
    );
    const ways = new Set(came.map((/** @type {any} */ each) => each.basis));
    const how = `${ways.size > 1 ? "in part " : ""}${knownAs(basis)}`;
    known.set(how, (known.get(how) ?? 0) + held);
  }
  return known.size === 1
    ? [...known.keys()].join()
    : [...known].map(([how, held]) => `${count(held)} ${how}`).join(", ");
}

/** @param {Visit} visit */
function reports({ moment }) {
  return [
    { head: "Source", cell: (/** @type {any} */ { outlet, id }) => words(outlet || id) },
    { head: "Title", cell: (/** @type {any} */ { title }) => words(title ?? "") },
    { head: "Published", cell: (/** @type {any} */ { published }) => moment.written(published) },
    {
      head: "Link",
      cell: (/** @type {any} */ { url, archived }) => [link(url, "Read"), " ", link(archived, "Archived copy")],
    },
  ];
}

/** @param {number} change */
export function signed(change) {
  return change === 0 ? "0" : `${change > 0 ? "+" : "−"}${count(Math.abs(change))}`;
}
