// A run whose report is not made here: what it is, and where to look.
import { element, words } from "../element.js";
import { count } from "../text.js";
import { path } from "./address.js";
import { to } from "./listing.js";

/** @import { Moment } from "./moment.js" */

/** @param {any} told @param {Moment} moment */
export function summary(told, moment) {
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
  ];
}
