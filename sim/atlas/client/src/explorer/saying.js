// Who says what, and how it stands against the ledger.
import { words } from "../element.js";
import { count } from "../text.js";
import { shape } from "../verdict.js";
import { path } from "./address.js";
import { asking } from "./asking.js";
import { listing, paging, strength, to, when } from "./listing.js";

/** @import { Visit } from "./visit.js" */

const VERDICTS = ["holds", "compatible", "open", "contradicted", "given", "disputed", "withdrawn", "noted"];

/** What claims say that do not say how many. @type {Record<string, string>} */
const SAID = { closed: "yes", separate: "none" };

/** @param {Visit} visit */
export function saying(visit) {
  const { query, fetched, called } = visit;
  const fields = [
    {
      name: "verdict",
      label: "Verdict",
      fixed: true,
      choices: /** @type {[string, string][]} */ ([["", "any"], ...VERDICTS.map((each) => [each, each])]),
    },
    {
      name: "source",
      label: "Source",
      choices: called.all("sources"),
      hint: called.hint("sources", query.get("source")),
    },
    { name: "question", label: "Question", hint: "its number, or words that stand in it" },
    { name: "as_known", label: "As known on", hint: "a date; all reports where empty" },
  ];
  return [
    asking("Claims", "Show", fields, query, called),
    claims("Claims, and how they stand", visit, fetched.claims),
    paging(fetched),
  ];
}

/**
 * Claims with their verdicts, and what the ledger has to say to each.
 * @param {string} caption
 * @param {Visit} visit
 * @param {any[]} told
 */
export function claims(caption, { fetched, run, called, moment }, told) {
  const word = (/** @type {any} */ { verdict, given, disputed }) =>
    `${given ? "given" : verdict}${disputed ? " (disputed)" : ""}`;
  return listing(
    caption,
    [
      { head: "Claim", cell: ({ id, says }) => to(path(run, "explain", { claim: id }), says ?? id) },
      { head: "Verdict", cell: (claim) => [shape(word(claim)), " ", word(claim)] },
      { head: "Source", cell: ({ source }) => called.cited([source], null) },
      { head: "When", cell: ({ at }) => when(moment.written(at)) },
      {
        head: "It says",
        number: true,
        cell: ({ expected, kind }) =>
          expected === null ? "" : words(SAID[kind] ?? expected.wording ?? count(expected.low)),
      },
      {
        head: "The ledger has",
        number: true,
        cell: ({ id, actual }) => {
          const href = path(run, "explain", { claim: id });
          const told = fetched.ledger[id] ?? null;
          return told !== null ? to(href, told) : actual === null ? "" : strength(actual, href);
        },
      },
    ],
    told,
  );
}
