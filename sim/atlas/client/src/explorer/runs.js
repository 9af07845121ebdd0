// The runs of the log: the choice of run.
import { element } from "../element.js";
import { count } from "../text.js";
import { path } from "./address.js";
import { asking } from "./asking.js";
import { listing, paging, to } from "./listing.js";

/** @param {any} told @param {URLSearchParams} query */
export function runs(told, query) {
  return [
    asking("Find a run", "Find", [{ name: "search", label: "Title or id", search: true }], query),
    listing(
      "Runs, the one begun last first",
      [
        { head: "Scenario", cell: ({ run, scenario }) => to(path(run, ""), scenario || run) },
        { head: "Run", cell: ({ run }) => element("code", {}, run) },
        { head: "Seed", number: true, cell: ({ seed }) => (seed === null ? "–" : String(seed)) },
        { head: "Events", number: true, cell: ({ events }) => count(events) },
        { head: "State", cell: ({ finished }) => (finished ? "finished" : "being written, or broken off") },
      ],
      told.runs,
    ),
    paging(told),
  ];
}
