// Two times of a run, or two runs, side by side.
import { element, words } from "../element.js";
import { plain } from "../text.js";
import { path } from "./address.js";
import { asking } from "./asking.js";
import { signed } from "./explanation.js";
import { listing, paging, strength } from "./listing.js";
import { question } from "./question.js";
import { TIMES } from "./snapshot.js";

/** @import { Called } from "./called.js" */
/** @import { Visit } from "./visit.js" */

/**
 * @param {Visit} visit
 * @param {any} runs the runs of the log, to compare with
 * @param {Called} others what the things of the other run are called; of this one where there is no other
 */
export function comparison(visit, runs, others) {
  const { query, fetched, run, called } = visit;
  const choices = runs.runs
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
    { name: "with", label: "With the run", fixed: true, choices },
    { name: "at", label: "At", hint: TIMES, required: true },
    by,
  ];
  const asked = new URLSearchParams(query);
  if (query.has("with") && fetched !== null) asked.set("with", fetched.second.log.run ?? query.get("with"));
  return [
    element(
      "div",
      { class: "pair" },
      element("div", {}, element("h2", {}, "Two times"), asking("Compare two times", "Compare", times, query, called)),
      choices.length > 0 &&
        element("div", {}, element("h2", {}, "Two runs"), asking("Compare two runs", "Compare", pair, asked, called)),
    ),
    ...(fetched === null ? [] : differences(visit, others)),
  ];
}

/** @param {Visit} visit @param {Called} others */
function differences({ fetched, moment, called, query, run }, others) {
  const { first, second, by, changes, unchanged } = fetched;
  const two = query.has("with");
  const [left, right] = two
    ? [first, second].map(({ scenario, log }) => `${scenario.title} (${log.run ?? "this"})`)
    : [moment.written(first.at), moment.written(second.at)];
  const behind = (/** @type {any} */ side, /** @type {any} */ line) =>
    leading(two ? (side.log.run ?? run) : run, side.at, by, line);
  return [
    element(
      "p",
      { class: "sides" },
      words(left ?? ""),
      element("span", { class: "range" }, "beside"),
      words(right ?? ""),
    ),
    listing(
      "What differs; a figure leads to what it is made of",
      [
        { head: "Which", cell: (line) => words(named(by, line, called, others)) },
        { head: "Side", cell: ({ side }) => side },
        { head: "Kind", cell: ({ kind }) => plain(kind) },
        { head: "Before", number: true, cell: (line) => strength(line.before, behind(first, line)) },
        { head: "After", number: true, cell: (line) => strength(line.after, behind(second, line)) },
        { head: "Change", number: true, cell: ({ change }) => signed(change.strength) },
      ],
      changes,
    ),
    unchanged > 0 &&
      element("p", {}, unchanged === 1 ? "1 more line is the same." : `${unchanged} more lines are the same.`),
    paging(fetched),
  ];
}

/** What a line is of, by the names in either run. @param {string[]} by @param {any} line @param {Called[]} called */
function named(by, line, ...called) {
  const of = (/** @type {(each: Called) => string} */ name, /** @type {string | null} */ id) =>
    called.map(name).find((found) => found !== id) ?? id ?? "not stated";
  return by
    .map((field) => {
      if (field === "place")
        return `${line.in_transit ? "on the way to " : ""}${of((each) => each.place(line.place), line.place)}`;
      if (field === "unit") return of((each) => each.unit(line.unit ?? ""), line.unit ?? "");
      return plain(line[field] ?? "not stated");
    })
    .join(", ");
}

/**
 * Where a figure leads: to what it is made of where that can be asked, else to who is where at its time.
 * @param {string} run
 * @param {string} at
 * @param {string[]} by
 * @param {any} line
 */
function leading(run, at, by, line) {
  const known = ["unit", "place", "country"].some((field) => by.includes(field));
  return known ? path(run, "explain", { ...question(line), at }) : path(run, "snapshot", { at, by: by.join() });
}
