// What a figure is made of, and which reports it rests on.
import { element, words } from "../element.js";
import { amount } from "../figure.js";
import { link } from "../link.js";
import { count, plain } from "../text.js";
import { asking } from "./asking.js";
import { listing, strength, when } from "./listing.js";
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
      element("strong", {}, amount(figure.strength, figure.kind)),
      ...strength(figure).slice(1),
    ),
    listing(
      "Entries of the ledger",
      [
        { head: "When", cell: ({ at }) => when(moment.written(at)) },
        { head: "Who", cell: ({ unit }) => words(called.unit(unit)) },
        { head: "What", cell: ({ event }) => plain(event) },
        { head: "Strength", number: true, cell: ({ strength: moved }) => count(moved) },
        { head: "Change", number: true, cell: ({ change }) => signed(change) },
        { head: "From", cell: ({ from }) => account(from) },
        { head: "To", cell: ({ to }) => account(to) },
        { head: "Sources", cell: ({ sources, because }) => words(called.sources(sources) || because || "") },
      ],
      figure.entries,
    ),
  ];
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
