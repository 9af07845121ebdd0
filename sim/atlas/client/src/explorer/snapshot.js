// Who is where at a time, or at several side by side.
import { element } from "../element.js";
import { count, listed, plain } from "../text.js";
import { path } from "./address.js";
import { asking } from "./asking.js";
import { listing, paging, strength, to } from "./listing.js";

/** @import { Visit } from "./visit.js" */

export const TIMES = "a date, a time, D+3, start or end";

/** @param {Visit} visit */
export function snapshot(visit) {
  const { query, fetched, run, called } = visit;
  const [first, second] = query.getAll("at");
  const fields = [
    { name: "at", label: "Time", hint: TIMES },
    { name: "place", label: "Place", choices: called.all("places"), hint: called.hint("places", query.get("place")) },
    { name: "unit", label: "Unit", choices: called.all("units"), hint: called.hint("units", query.get("unit")) },
    { name: "as_known", label: "As known on", hint: "a date; all reports where empty" },
  ];
  return [
    asking("Who is where", "Show", fields, query),
    element(
      "p",
      { class: "beside" },
      to(
        path(run, "diff", { from: first ?? "start", to: second ?? "end" }),
        "Compare with another time, or another run",
      ),
    ),
    ...fetched.snapshots.map((/** @type {any} */ each) => taken(visit, each)),
    paging(fetched),
  ];
}

/** @param {Visit} visit @param {any} shot */
function taken({ moment, called, run, query }, { at, rows, totals, groups }) {
  const sum = listed(totals.map((/** @type {any} */ total) => `${count(total.strength)} ${plain(total.kind)}`));
  const known = query.get("as_known");
  return element(
    "section",
    { class: "shot" },
    element("h2", {}, moment.written(at)),
    element("p", { class: "sum" }, `All together: ${sum || "nothing"}`),
    groups === undefined ? null : grouped(called, groups),
    listing(
      "Each unit, place and readiness",
      [
        {
          head: "Unit",
          cell: ({ unit }) => to(path(run, "explain", { at, unit, as_known: known }), called.unit(unit)),
        },
        { head: "Place", cell: ({ place, readiness }) => where(called, place, readiness) },
        { head: "Readiness", cell: ({ readiness }) => plain(readiness) },
        { head: "Side", cell: ({ side }) => side },
        { head: "Kind", cell: ({ kind }) => plain(kind) },
        {
          head: "Strength",
          number: true,
          cell: (row) => strength(row, path(run, "explain", { ...exact(row), at, as_known: known })),
        },
      ],
      rows,
    ),
  );
}

/** The question that counts one row and no more. @param {any} row */
function exact({ unit, place, readiness }) {
  return { unit, place, readiness, exactly: "true" };
}

/** @param {import("./called.js").Called} called @param {any[]} groups */
function grouped(called, groups) {
  const [first] = groups;
  const fields = ["country", "place", "unit", "readiness", "origin"].filter((field) => first && field in first);
  const name = (/** @type {any} */ group) =>
    fields.map((field) => (field === "place" ? called.place(group.place) : (group[field] ?? "not stated"))).join(", ");
  return listing(
    "Together",
    [
      { head: "Which", cell: (group) => `${group.in_transit ? "on the way to " : ""}${name(group)}` },
      { head: "Side", cell: ({ side }) => side },
      { head: "Kind", cell: ({ kind }) => plain(kind) },
      { head: "Strength", number: true, cell: (group) => strength(group) },
    ],
    groups,
  );
}

/** @param {import("./called.js").Called} called @param {string | null} place @param {string} readiness */
export function where(called, place, readiness) {
  return readiness === "in-transit" ? `on the way to ${called.place(place)}` : called.place(place);
}
