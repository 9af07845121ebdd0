// Lists of what a run has, to search: units, orders, places, sources.
import { words } from "../element.js";
import { link } from "../link.js";
import { count, plain } from "../text.js";
import { path } from "./address.js";
import { asking } from "./asking.js";
import { listing, paging, to } from "./listing.js";

/** @import { Visit } from "./visit.js" */
/** @import { Column } from "./listing.js" */

/** @type {Record<string, (visit: Visit) => Column[]>} */
const COLUMNS = {
  units: ({ run, called }) => [
    { head: "Unit", cell: ({ id, name }) => to(path(run, "explain", { at: "end", unit: id }), name || id) },
    { head: "Side", cell: ({ side }) => side },
    { head: "Strength", number: true, cell: ({ strength, kind }) => `${count(strength)} ${plain(kind)}` },
    { head: "Reported as", cell: ({ reported }) => words(reported.wording) },
    { head: "From", cell: ({ origin }) => words(called.place(origin)) },
    { head: "Sources", cell: ({ sources, because }) => called.cited(sources, because) },
  ],
  orders: ({ run, called, moment }) => [
    {
      head: "Order",
      cell: ({ id, action, to: goal }) =>
        to(path(run, "timeline", { order: id }), `${plain(action)}${goal === null ? "" : ` to ${called.place(goal)}`}`),
    },
    { head: "Given", cell: ({ at }) => moment.written(at) },
    {
      head: "Units",
      cell: ({ units }) => words(units.map((/** @type {string} */ id) => called.unit(id)).join(", ")),
    },
    { head: "Sources", cell: ({ sources, because }) => called.cited(sources, because) },
  ],
  places: ({ run, called }) => [
    { head: "Place", cell: ({ id, name }) => to(path(run, "snapshot", { at: "end", place: id }), name || id) },
    { head: "Within", cell: ({ within }) => (within === null ? "" : words(called.place(within))) },
    { head: "Country", cell: ({ country }) => words(country ?? "not stated") },
    { head: "Spot", cell: ({ lat, lon }) => (lat === null || lon === null ? "not stated" : `${lat}, ${lon}`) },
  ],
  sources: ({ run, moment }) => [
    { head: "Source", cell: ({ id, outlet }) => to(path(run, "claims", { source: id }), outlet || id) },
    { head: "Title", cell: ({ title }) => words(title ?? "") },
    { head: "Published", cell: ({ published }) => moment.written(published) },
    { head: "Link", cell: ({ url, archived }) => [link(url, "Read"), " ", link(archived, "Archived copy")] },
  ],
};

/** @param {Visit} visit @param {string} noun one of the four */
export function things(visit, noun) {
  const { query, fetched } = visit;
  return [
    asking(`Find ${noun}`, "Find", [{ name: "search", label: "Words in the name", search: true }], query),
    listing(`The ${noun}`, COLUMNS[noun]?.(visit) ?? [], fetched[noun]),
    paging(fetched),
  ];
}
