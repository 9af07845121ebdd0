// How the page was computed, so that anyone can do it again.
import { element, replace, words } from "./element.js";
import { count } from "./text.js";

/** @import { Invariant, Picture } from "./album.js" */
/** @import { Context } from "./page.js" */

/** So many findings of a check are told. */
const MOST = 5;
const CHECKS = {
  conserved: "no strength appears or vanishes",
  "not-negative": "no account falls below zero",
  accounted: "each unit's parts add up to it",
  legal: "only changes of readiness that are possible",
  caused: "nothing moves before its order",
  windows: "departures and arrivals lie in the reported windows",
  obeyed: "no order was refused unexpectedly",
  sourced: "every unit and order has a source or says why it is assumed",
  claims: "no undisputed claim is contradicted",
};

export class Method {
  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
  }

  /** @type {Context} */ #context;
  element = element("div", { class: "method" });

  /** @param {Picture} picture */
  show(picture) {
    const { album } = this.#context;
    const { scenario, program, log } = album;
    /** @type {[string, Node | string][]} */
    const facts = [
      ["Command", element("code", {}, program.command)],
      ["Program", `sim ${program.version}`],
      ["Scenario", element("code", {}, scenario.fingerprint)],
      ["Seed", String(scenario.seed)],
      ["Run", element("code", {}, log.run)],
      ["Events", log.events.toLocaleString("en-US")],
      ["Head of the log", element("code", {}, log.head)],
      ["Times", `${scenario.timezone}; ${scenario.start} to ${scenario.end}`],
    ];
    replace(
      this.element,
      element(
        "p",
        {},
        "The reported orders were played out on a simulated clock. Every movement is an entry in a ledger that takes " +
          "strength from one account (unit, place, readiness) and gives it to another, so nothing is made or lost; each " +
          "figure here is the sum of such entries.",
      ),
      element("dl", {}, ...facts.flatMap(([term, fact]) => [element("dt", {}, term), element("dd", {}, fact)])),
      element("h3", {}, "Checks"),
      picture.checks ? element("p", {}, picture.checks) : null,
      element("ul", { class: "checks" }, ...picture.invariants.map(check)),
      ...album.left_out.map((sentence) => element("p", { class: "left-out" }, words(sentence))),
    );
  }
}

/** @param {Invariant} invariant */
function check({ name, holds, findings }) {
  const meaning = CHECKS[/** @type {keyof typeof CHECKS} */ (name)] ?? name;
  return element(
    "li",
    { class: holds ? null : "broken" },
    element("strong", {}, holds ? "holds" : "broken"),
    `: ${meaning}`,
    findings.length > 0 &&
      element(
        "ul",
        {},
        ...findings.slice(0, MOST).map((finding) => element("li", {}, words(found(finding)))),
        findings.length > MOST && element("li", {}, `${count(findings.length - MOST)} more`),
      ),
  );
}

/** @param {Invariant["findings"][0]} finding */
function found({ message, expected, found }) {
  const beside = [expected !== null && `expected ${expected}`, found !== null && `found ${found}`];
  return [message, ...beside.filter((each) => each !== false)].join("; ");
}
