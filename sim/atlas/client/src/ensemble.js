// What many runs with drawn delays come to: when moves close, how often claims hold, between what bounds strength lies.
import { drawn, element, words } from "./element.js";
import { BASES, linked } from "./figure.js";
import { letters } from "./letters.js";
import { count } from "./text.js";

/** @import { Album, Band, Chance, Ensemble, Minute } from "./album.js" */
/** @import { Clock } from "./clock.js" */
/** @import { Names } from "./names.js" */

/** @typedef {{ album: Album, clock: Clock, names: Names }} Context */
/** @typedef {{ key: string, name: string, bands: Band[] }} Series */

const WIDTH = 560;
const HEIGHT = 18;
const BAND = { width: 240, height: 44 };
/** The shares of runs between which the box and the whiskers lie. */
const SHARES = { first: "5", lower: "25", middle: "50", upper: "75", last: "95" };
const EDGE = 8;

/** Null where the page is of one run. @param {Context} context */
export function ensemble(context) {
  const many = context.album.ensemble;
  if (many === null) return null;
  return element(
    "section",
    { "aria-labelledby": "ensemble-heading", class: "ensemble" },
    element("h2", { id: "ensemble-heading" }, `In ${count(many.runs)} runs`),
    element(
      "p",
      {},
      `Delays were drawn anew in each of them, from seed ${many.seed}; what no report gives is ${BASES.assumed}.`,
    ),
    ...many.notes.map((sentence) => element("p", {}, words(sentence))),
    many.closures.length > 0 && closures(context, many),
    many.claims.length > 0 && claims(context, many),
    many.bands.length > 0 && bands(context, many),
  );
}

/** @param {Context} context @param {Ensemble} many */
function closures({ album, clock }, many) {
  const ends = many.closures.flatMap(({ quantiles }) => Object.values(quantiles)).filter((minute) => minute !== null);
  const [first, last] = [Math.min(...ends, clock.end), Math.max(...ends, 0)];
  const room = Math.max(last - first, 60) * 0.06;
  const x = (/** @type {Minute} */ minute) =>
    EDGE + ((minute - first + room) / (Math.max(last - first, 60) + 2 * room)) * (WIDTH - 2 * EDGE);
  const when = (/** @type {number | null | undefined} */ minute) =>
    minute === null || minute === undefined ? "not by the end" : clock.moment(minute);
  const between = (/** @type {Minute | null | undefined} */ from, /** @type {Minute | null | undefined} */ to) =>
    from === to ? "the same" : `${when(from)} to ${when(to)}`;
  const called = (/** @type {string} */ id) => {
    const order = album.pictures[0]?.orders[id];
    return order === undefined ? id : `${order.words}, ordered ${order.when}`;
  };
  const rows = many.closures.map(({ order, runs_closed, quantiles }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, words(called(order))),
      element("td", { class: "whisker-cell" }, whisker(quantiles, x, clock.end)),
      element("td", {}, element("strong", {}, when(quantiles[SHARES.middle]))),
      element("td", {}, between(quantiles[SHARES.first], quantiles[SHARES.last])),
      element("td", { class: "number" }, `${count(runs_closed)} of ${count(many.runs)}`),
    ),
  );
  return table(
    "When all of a move is in place. The dot is the middle run; the thick line has half of all runs, the thin one nine of ten.",
    ["Move", "", "Middle run", "Nine of ten runs", "In place by the end"],
    rows,
  );
}

/**
 * A dot for the middle run, with whiskers; open to the right where it is not by the end.
 * @param {Record<string, Minute | null>} quantiles
 * @param {(minute: Minute) => number} x
 * @param {Minute} end
 */
function whisker(quantiles, x, end) {
  const at = (/** @type {string} */ share) => {
    const minute = quantiles[share];
    return minute === null || minute === undefined ? WIDTH : Math.min(x(minute), x(end));
  };
  const middle = HEIGHT / 2;
  const line = (/** @type {string} */ kind, /** @type {string} */ from, /** @type {string} */ to) =>
    drawn("path", { class: kind, d: `M${at(from).toFixed(1)} ${middle}H${at(to).toFixed(1)}` });
  return drawn(
    "svg",
    { class: "whisker", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true", preserveAspectRatio: "none" },
    drawn("path", { class: "level", d: `M0 ${middle}H${WIDTH}` }),
    line("reaching", SHARES.first, SHARES.last),
    line("half", SHARES.lower, SHARES.upper),
    quantiles[SHARES.middle] !== null && line("dot", SHARES.middle, SHARES.middle),
  );
}

/** How claims of a day come out. A column that is all zeros is not there. */
const OUTCOMES = /** @type {const} */ ([
  ["holds", "Holds"],
  ["compatible", "Possible within ranges"],
  ["open", "Open"],
  ["contradicted", "Contradicted"],
]);

/** Those that come out in several ways; the others behind a fold. @param {Context} context @param {Ensemble} many */
function claims(context, many) {
  const outcomes = OUTCOMES.filter(([name]) => many.claims.some((claim) => claim[name].runs > 0));
  const alike = many.claims.filter((claim) => OUTCOMES.some(([name]) => claim[name].runs === many.runs));
  const varied = many.claims.filter((claim) => !alike.includes(claim));
  const told = (/** @type {string} */ caption, /** @type {Ensemble["claims"]} */ each) =>
    table(
      caption,
      ["Claim", "On", ...outcomes.map(([, head]) => head)],
      each.map((claim) => outcome(context, many, claim, outcomes)),
    );
  const number = `${count(alike.length)} dated ${alike.length === 1 ? "claim comes" : "claims come"}`;
  return element(
    "div",
    { class: "outcomes" },
    varied.length > 0 &&
      told("In how many runs each dated claim holds, and in what share of all runs there could be.", varied),
    alike.length > 0 &&
      element(
        "details",
        {},
        element("summary", {}, `${number} out alike in every run`),
        told("In how many runs, and in what share of all runs there could be.", alike),
      ),
  );
}

/** @param {Context} context @param {Ensemble} many @param {Ensemble["claims"][number]} each @param {typeof OUTCOMES[number][]} outcomes */
function outcome({ album, clock, names }, many, each, outcomes) {
  const claim = album.pictures[0]?.claims.find(({ id }) => id === each.id);
  const called =
    claim === undefined
      ? [words(each.id)]
      : [linked(["claim", each.id], words(claim.label)), " ", letters(names, [claim.source])];
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, ...called),
    element("td", {}, clock.moment(each.at)),
    ...outcomes.map(([name, head]) => share(head, each[name], many.runs)),
  );
}

/** @param {string} head @param {Chance} chance @param {number} all */
function share(head, { runs, low, high }, all) {
  return element(
    "td",
    { class: "number", "data-head": head },
    `${count(runs)} of ${count(all)}`,
    element("span", { class: "range" }, `${Math.floor(100 * low)}–${Math.ceil(100 * high)} %`),
  );
}

/** @param {Context} context @param {Ensemble} many */
function bands(context, many) {
  const { clock } = context;
  const rows = seriesOf(context, many.bands).map(({ name, bands: each }) => {
    const last = each.at(-1);
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, words(name)),
      element("td", { class: "band-cell" }, fan(each, clock.end)),
      element("td", {}, widest(each, clock)),
      element(
        "td",
        { class: "number" },
        last === undefined ? "" : `${count(last.low)}–${count(last.high)}`,
        element("span", { class: "range" }, last === undefined ? "" : clock.moment(last.at)),
      ),
    );
  });
  return table(
    "Where runs differ: strength in nine of ten runs, with the middle one as a line, at each time this report asks for.",
    ["Strength", "", "They differ most", "At the last time they differ"],
    rows,
  );
}

/** @param {Context} context @param {Band[]} told @returns {Series[]} */
function seriesOf({ names }, told) {
  /** @type {Map<string, Series>} */
  const found = new Map();
  for (const band of told) {
    const { side, kind, place, readiness } = band;
    const key = [side, kind, place, readiness].join("/");
    const series = found.get(key) ?? {
      key,
      name: `${names.force(side, kind)}, ${names.account(place, readiness)}`,
      bands: [],
    };
    series.bands.push(band);
    found.set(key, series);
  }
  return [...found.values()].map((series) => ({ ...series, bands: series.bands.sort((a, b) => a.at - b.at) }));
}

/** @param {Band[]} bands @param {Clock} clock */
function widest(bands, clock) {
  const [most] = [...bands].sort((a, b) => b.high - b.low - (a.high - a.low));
  return most === undefined ? "" : `${count(most.low)}–${count(most.high)} on ${clock.moment(most.at)}`;
}

/** Low to high at each time, with the middle; a lone time is a bar. @param {Band[]} bands @param {Minute} end */
function fan(bands, end) {
  const { width, height } = BAND;
  const top = Math.max(1, ...bands.map(({ high }) => high));
  const x = (/** @type {Minute} */ at) => EDGE + (at / Math.max(end, 1)) * (width - 2 * EDGE);
  const y = (/** @type {number} */ strength) => height - 4 - (strength / top) * (height - 8);
  const point = (/** @type {Minute} */ at, /** @type {number} */ strength) =>
    `${x(at).toFixed(1)},${y(strength).toFixed(1)}`;
  const roof = bands.map(({ at, high }) => point(at, high));
  const floor = bands.map(({ at, low }) => point(at, low)).reverse();
  return drawn(
    "svg",
    { class: "fan", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    drawn("path", { class: "level", d: `M0 ${height - 4}H${width}` }),
    drawn("path", { class: "spread", d: `M${[...roof, ...floor].join("L")}Z` }),
    drawn("path", {
      class: "spread",
      d: bands.map(({ at, low, high }) => `M${point(at, low)}V${y(high).toFixed(1)}`).join(""),
    }),
    drawn("path", { class: "between", d: `M${bands.map(({ at, middle }) => point(at, middle)).join("L")}` }),
    ...bands.map(({ at, middle }) => drawn("circle", { cx: x(at), cy: y(middle), r: 2.2 })),
  );
}

/** @param {string} caption @param {string[]} heads @param {HTMLTableRowElement[]} rows */
function table(caption, heads, rows) {
  return element(
    "div",
    { class: "wide" },
    element(
      "table",
      { class: "facts" },
      element("caption", {}, caption),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...heads.map((text) => (text === "" ? element("td") : element("th", { scope: "col" }, text))),
        ),
      ),
      element("tbody", {}, ...rows),
    ),
  );
}
