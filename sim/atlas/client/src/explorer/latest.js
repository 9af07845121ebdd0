// The latest events of a run that is being written, as they come: by their ids, for its names can only be asked later.
import { element, replace, words } from "../element.js";
import { count } from "../text.js";
import { told } from "./events.js";
import { listing, signOf, when } from "./listing.js";

/** @import { Moment } from "./moment.js" */

/** How many there are in sight. */
export const LATEST = 20;

/** @typedef {{ position: number, at: string, type: string, data: any }} Written one record of a log */

/** The list, and what adds to it. @param {Moment} moment */
export function latest(moment) {
  /** @type {Written[]} */
  const last = [];
  const list = element("div");
  let drawing = 0;
  const draw = () => {
    drawing = 0;
    replace(list, listing("The latest events, the last one first", columns(moment), last.toReversed()));
  };
  const add = (/** @type {Written} */ written) => {
    last.push(written);
    if (last.length > LATEST) last.shift();
    drawing ||= requestAnimationFrame(draw);
  };
  return { list, add };
}

/** @param {Moment} moment */
function columns(moment) {
  return [
    { head: "Event", cell: (/** @type {Written} */ { position }) => count(position + 1) },
    { head: "When", cell: (/** @type {Written} */ { at }) => when(moment.written(at)) },
    { head: "What", cell: (/** @type {Written} */ { type }) => told(type.replace(/\.\d+$/, "")) },
    {
      head: "Strength",
      number: true,
      cell: (/** @type {Written} */ { data: { strength, basis } }) =>
        strength === undefined ? "" : count(strength) + signOf(basis ?? null),
    },
    { head: "Who", cell: (/** @type {Written} */ { data }) => called(who(data)) },
    { head: "Where", cell: (/** @type {Written} */ { data }) => called(where(data)) },
  ];
}

/** @param {string} text */
function called(text) {
  return text && words(text);
}

/** @param {any} data */
function who(data) {
  return String(data.unit ?? data.units?.join(", ") ?? data.id ?? data.title ?? "");
}

/** Where something is or goes; a readiness, too, has a `from` and a `to`, but at a place. @param {any} data */
function where(data) {
  return data.place ?? (data.from === undefined ? "" : `${data.from} to ${data.to}`);
}
