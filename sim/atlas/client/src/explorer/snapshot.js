// Who is where at a time, or at several side by side.
import { element, words } from "../element.js";
import { range } from "../figure.js";
import { capital, count, plain } from "../text.js";
import { path } from "./address.js";
import { asking } from "./asking.js";
import { listing, paging, signOf, strength, to } from "./listing.js";
import { question, selected } from "./question.js";

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
    asking("Who is where", "Show", fields, query, called),
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
function taken({ moment, called, run, query }, { at, rows, sides, groups }) {
  const known = query.get("as_known");
  const behind = (/** @type {import("./question.js").Question} */ asked) =>
    path(run, "explain", { ...asked, at, as_known: known });
  const asked = selected(query);
  const line = (/** @type {any} */ group) => {
    const found = question(group, asked);
    return found === null ? undefined : behind(found);
  };
  return element(
    "section",
    { class: "shot" },
    element("h2", {}, moment.written(at)),
    sides.length > 0 &&
      element(
        "ul",
        { class: "sums", "aria-label": "All of a side" },
        ...sides.map((/** @type {any} */ { side, kind, ...held }) =>
          sum(`${side} ${plain(kind)}`, held, behind({ ...asked, side, kind })),
        ),
      ),
    groups === undefined ? null : grouped(called, groups, line),
    listing(
      "Each unit, place and readiness",
      [
        {
          head: "Unit",
          cell: ({ unit }) => to(behind({ unit }), called.unit(unit)),
        },
        { head: "Place", cell: ({ place, readiness }) => where(called, place, readiness) },
        { head: "Readiness", cell: ({ readiness }) => plain(readiness) },
        { head: "Side", cell: ({ side }) => side },
        { head: "Kind", cell: ({ kind }) => plain(kind) },
        {
          head: "Strength",
          number: true,
          cell: (row) => strength(row, behind(exact(row))),
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

/** All of a side and kind: "US troops 16,500^ 15,700–17,300". @param {string} name @param {any} held @param {string} href */
function sum(name, { strength, low, high, basis }, href) {
  return element(
    "li",
    {},
    words(capital(name)),
    " ",
    element("a", { href }, `${count(strength)}${signOf(basis)}`),
    " ",
    element("span", { class: "range" }, range(strength, low, high)),
  );
}

/** @param {import("./called.js").Called} called @param {any[]} groups @param {(group: any) => string | undefined} behind */
function grouped(called, groups, behind) {
  const [first] = groups;
  const fields = ["country", "place", "unit", "readiness", "origin"].filter((field) => first && field in first);
  const name = (/** @type {any} */ group) =>
    fields
      .map((field) => {
        if (field === "place" || field === "origin") return called.place(group[field]);
        if (field === "unit") return called.unit(group.unit);
        return field === "country" ? called.country(group.country ?? "unstated") : plain(group[field]);
      })
      .join(", ");
  return listing(
    "Together",
    [
      { head: "Which", cell: (group) => `${group.in_transit ? "on the way to " : ""}${name(group)}` },
      { head: "Side", cell: ({ side }) => side },
      { head: "Kind", cell: ({ kind }) => plain(kind) },
      { head: "Strength", number: true, cell: (group) => strength(group, behind(group)) },
    ],
    groups,
  );
}

/** @param {import("./called.js").Called} called @param {string | null} place @param {string} readiness */
export function where(called, place, readiness) {
  return readiness === "in-transit" ? `on the way to ${called.place(place)}` : called.place(place);
}
