// Two times of a run, or two runs, side by side.
import { element, words } from "../element.js";
import { plain } from "../text.js";
import { asking } from "./asking.js";
import { signed } from "./explanation.js";
import { listing, paging, strength } from "./listing.js";
import { TIMES } from "./snapshot.js";

/** @import { Visit } from "./visit.js" */

/** @param {Visit} visit @param {any} runs the runs of the log, to compare with */
export function comparison(visit, runs) {
  const { query, fetched, run } = visit;
  const others = runs.runs
    .filter((/** @type {any} */ each) => each.finished && each.run !== run)
    .map((/** @type {any} */ each) => [
      each.run,
      `${each.scenario || each.run} (${each.run}, seed ${each.seed ?? "–"})`,
    ]);
  const by = { name: "by", label: "By", hint: "place, country, unit, side, readiness, origin" };
  const times = [
    { name: "from", label: "From", hint: TIMES, required: true },
    { name: "to", label: "To", hint: TIMES, required: true },
    by,
  ];
  const pair = [
    { name: "with", label: "With the run", fixed: true, choices: others },
    { name: "at", label: "At", hint: TIMES, required: true },
    by,
  ];
  return [
    element(
      "div",
      { class: "pair" },
      element("div", {}, element("h2", {}, "Two times"), asking("Compare two times", "Compare", times, query)),
      others.length > 0 &&
        element("div", {}, element("h2", {}, "Two runs"), asking("Compare two runs", "Compare", pair, query)),
    ),
    ...(fetched === null ? [] : differences(visit)),
  ];
}

/** @param {Visit} visit */
function differences({ fetched, moment, called, query }) {
  const { first, second, by, changes, unchanged } = fetched;
  const [left, right] = query.has("with")
    ? [first, second].map(({ scenario, log }) => `${scenario.title} (${log.run ?? "this"})`)
    : [moment.written(first.at), moment.written(second.at)];
  const name = (/** @type {any} */ line) =>
    by
      .map((/** @type {string} */ field) => {
        if (field === "place") return `${line.in_transit ? "on the way to " : ""}${called.place(line.place)}`;
        if (field === "unit") return called.unit(line.unit ?? "");
        return plain(line[field] ?? "not stated");
      })
      .join(", ");
  return [
    element(
      "p",
      { class: "sides" },
      words(left ?? ""),
      element("span", { class: "range" }, "beside"),
      words(right ?? ""),
    ),
    listing(
      "What differs",
      [
        { head: "Which", cell: name },
        { head: "Side", cell: ({ side }) => side },
        { head: "Kind", cell: ({ kind }) => plain(kind) },
        { head: "Before", number: true, cell: ({ before }) => strength(before) },
        { head: "After", number: true, cell: ({ after }) => strength(after) },
        { head: "Change", number: true, cell: ({ change }) => signed(change.strength) },
      ],
      changes,
    ),
    unchanged > 0 &&
      element("p", {}, unchanged === 1 ? "1 more line is the same." : `${unchanged} more lines are the same.`),
    paging(fetched),
  ];
}
