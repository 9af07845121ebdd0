// What happened in a run.
import { knownAs } from "../figure.js";
import { count } from "../text.js";
import { path } from "./address.js";
import { asking } from "./asking.js";
import { told } from "./events.js";
import { listing, paging, signOf, to, when } from "./listing.js";
import { TIMES } from "./snapshot.js";

/** @import { Visit } from "./visit.js" */

/** @param {Visit} visit */
export function happenings({ query, fetched, run, called, moment }) {
  const fields = [
    { name: "since", label: "Since", hint: TIMES },
    { name: "until", label: "Until", hint: TIMES },
    { name: "place", label: "Place", choices: called.all("places"), hint: called.hint("places", query.get("place")) },
    { name: "unit", label: "Unit", choices: called.all("units"), hint: called.hint("units", query.get("unit")) },
  ];
  const units = (/** @type {any} */ { unit, units: several }) =>
    unit === null ? (several ?? []).map((/** @type {string} */ id) => called.unit(id)).join(", ") : called.unit(unit);
  return [
    asking("What happened", "Show", fields, query, called),
    listing(
      "What happened, in order",
      [
        { head: "When", cell: ({ at }) => when(to(path(run, "snapshot", { at }), moment.written(at))) },
        { head: "What", cell: ({ event }) => told(event) },
        {
          head: "Strength",
          number: true,
          cell: ({ strength, basis }) => (strength === null ? "" : count(strength) + signOf(basis)),
        },
        { head: "Who", cell: units },
        {
          head: "Where",
          cell: ({ place, to: goal }) =>
            [place, goal]
              .filter((id) => id !== null)
              .map((id) => called.place(id))
              .join(" to "),
        },
        {
          head: "Known how",
          cell: ({ basis }) => (basis === null ? "" : knownAs(basis)),
        },
        { head: "Sources", cell: ({ sources, because }) => called.cited(sources, because) },
      ],
      fetched.timeline,
    ),
    paging(fetched),
  ];
}
