// A run whose report is not made here: what it is, and where to look.
import { element, words } from "../element.js";
import { count } from "../text.js";
import { path } from "./address.js";
import { to } from "./listing.js";

/** @import { Moment } from "./moment.js" */

/** `list` has the latest events of a run that is being written. @param {any} told @param {Moment} moment @param {Element | null} list */
export function summary(told, moment, list) {
  const { run, scenario, log } = told;
  const facts = [
    ["Run", run.run],
    ["State", run.finished ? "finished" : "being written, or broken off"],
    ["Events", count(run.events)],
    ["Seed", String(run.seed ?? "–")],
    ["From", moment.written(scenario?.start)],
    ["To", moment.written(scenario?.end)],
    ["Last hash", log.head ?? "–"],
  ];
  return [
    element(
      "dl",
      { class: "summary" },
      ...facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, words(value ?? ""))]),
    ),
    run.finished
      ? element(
          "p",
          {},
          "This run is too large for one page. ",
          to(path(run.run, "snapshot", { at: "end", by: "country" }), "Who is where at its end"),
          ", ",
          to(path(run.run, "timeline"), "what happened"),
          ", ",
          to(path(run.run, "claims"), "what sources claim"),
          ".",
        )
      : element("p", {}, "Its figures can be asked for when it has ended."),
    list,
  ];
}
