// What a figure is made of, and which reports it rests on.
import { element, words } from "../element.js";
import { knownAs, range } from "../figure.js";
import { link } from "../link.js";
import { count, listed, plain } from "../text.js";
import { asking } from "./asking.js";
import { told } from "./events.js";
import { listing, signOf, when } from "./listing.js";
import { claims } from "./saying.js";
import { TIMES, where } from "./snapshot.js";

/** @import { Visit } from "./visit.js" */

/** How many claims are listed before the rest is asked for. */
const FIRST = 12;

/** @param {Visit} visit */
export function explanation(visit) {
  const { query, fetched, called, moment } = visit;
  const fields = [
    { name: "at", label: "Time", hint: TIMES, required: !query.has("claim") },
    { name: "unit", label: "Unit", choices: called.all("units"), hint: called.hint("units", query.get("unit")) },
    { name: "place", label: "Place", choices: called.all("places"), hint: called.hint("places", query.get("place")) },
    { name: "as_known", label: "As known on", hint: "a date; all reports where empty" },
  ];
  const form = asking("What a figure is made of", "Explain", fields, query, called);
  if (fetched === null) return [form];
  const { at, claim, label, figures } = fetched;
  const asked = element("span", {}, words(label), at === null ? "" : `, ${moment.written(at)}`);
  return [
    form,
    element("h2", {}, claim === null ? asked : words(claim.says ?? claim.id)),
    ...counted(visit, claim === null || at === null ? null : asked),
    claim !== null && claims("The claim", visit, [claim]),
    ...figures.flatMap((/** @type {any} */ figure) => made(visit, figure)),
    ...restsOn(visit),
    ...said(visit),
  ];
}

/** What is counted, where the heading does not say it. @param {Visit} visit @param {HTMLElement | null} asked */
function counted({ fetched: { exactly, scenario }, moment }, asked) {
  const within = "Counted exactly: without what lies within the places asked about, or is part of the units.";
  return [
    asked !== null && element("p", { class: "counted" }, "The ledger’s figure: ", asked, "."),
    exactly && element("p", { class: "counted" }, within),
    scenario.as_known !== undefined &&
      element("p", { class: "counted" }, `With only what had been published by ${moment.written(scenario.as_known)}.`),
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
    figure.strength > 0 && element("p", { class: "basis" }, `How known: ${howKnown(figure.shares)}.`),
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

/** How much of a figure is known in which way; what no report tells apart, "in part". @param {any[]} shares */
function howKnown(shares) {
  const way = (/** @type {any} */ { basis, in_part }) => `${in_part ? "in part " : ""}${knownAs(basis)}`;
  return shares.length === 1 ? way(shares[0]) : listed(shares.map((each) => `${count(each.strength)} ${way(each)}`));
}

/**
 * The reports that the figure rests on, and whom they have it from. Who only says something of it stands elsewhere,
 * for that may be against it.
 * @param {Visit} visit
 */
function restsOn(visit) {
  const { figures, sources, relayed, rests_on } = visit.fetched;
  /** @type {Map<string, any>} */
  const known = new Map([...sources, ...relayed].map((each) => [each.id, each]));
  if (figures.length === 0) return [listing("The sources", reports(visit), [...known.values()])];
  if (rests_on.length === 0) return [element("p", { class: "none" }, "It rests on no report.")];
  const reached = new Set(rests_on);
  for (const id of reached) for (const other of known.get(id)?.relays ?? []) reached.add(other);
  const found = [...reached].flatMap((id) => known.get(id) ?? []);
  const beyond = found.slice(rests_on.length);
  return [
    listing("The reports the figure rests on", reports(visit), found.slice(0, rests_on.length)),
    beyond.length > 0 && listing("Whom they have it from", reports(visit), beyond),
  ];
}

/** What is said of the same units, what the ledger contradicts first. @param {Visit} visit */
function said(visit) {
  const { claims: told, figures } = visit.fetched;
  const [against, others] = [true, false].map((wrong) =>
    told.filter((/** @type {any} */ { verdict }) => (verdict === "contradicted") === wrong),
  );
  const all = [...(against ?? []), ...(others ?? [])];
  const more = all.splice(FIRST);
  const about = figures.length === 0 ? "What is said of it" : "What is said of these units, for and against";
  return [
    all.length > 0 && claims(about, visit, all),
    more.length > 0 &&
      element("details", {}, element("summary", {}, `${count(more.length)} more`), claims("And more", visit, more)),
  ];
}

/** @param {Visit} visit */
function reports({ called, moment }) {
  return [
    { head: "Source", cell: (/** @type {any} */ { outlet, id }) => words(outlet || id) },
    { head: "Title", cell: (/** @type {any} */ { title }) => title && words(title) },
    { head: "Published", cell: (/** @type {any} */ { published }) => when(moment.written(published)) },
    {
      head: "Has it from",
      cell: (/** @type {any} */ { relays }) => (relays.length > 0 ? called.cited(relays, null) : ""),
    },
    {
      head: "Link",
      cell: (/** @type {any} */ { url, archived }) => [
        link(url, "Read"),
        url && archived && " ",
        link(archived, "Archived copy"),
      ],
    },
  ];
}

/** @param {number} change */
export function signed(change) {
  return change === 0 ? "0" : `${change > 0 ? "+" : "−"}${count(Math.abs(change))}`;
}
