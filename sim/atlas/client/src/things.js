// What is known of a unit, an order, a claim, a source or a place.
import { element, words } from "./element.js";
import { amount, BASES, figure, knownAs, linked, opener, range } from "./figure.js";
import { letters } from "./letters.js";
import { held, holdings, posted, turnAt, weakest } from "./ledger.js";
import { entriesList, sourcesBehind } from "./particulars.js";
import { citation } from "./sources.js";
import { symbol } from "./symbol.js";
import { capital, count, listed } from "./text.js";
import { shape } from "./verdict.js";

/** @import { Claim, Minute, Picture } from "./album.js" */
/** @import { Particulars } from "./detail.js" */
/** @import { Context } from "./page.js" */
/** @import { Reference } from "./reference.js" */
/** @import { Child } from "./element.js" */

/** @typedef {(context: Context, picture: Picture, at: Minute, id: string) => Particulars | null} About */

/** @type {Record<string, About>} */
const ABOUT = { unit: aboutUnit, order: aboutOrder, claim: aboutClaim, source: aboutSource, place: aboutPlace };

/** @type {(context: Context, picture: Picture, at: Minute, reference: Reference) => Particulars | null} */
export function aboutThing(context, picture, at, [noun = "", id = ""]) {
  return Object.hasOwn(ABOUT, noun) ? (ABOUT[noun]?.(context, picture, at, id) ?? null) : null;
}

/** @type {About} */
function aboutUnit(context, picture, at, id) {
  const unit = picture.units[id];
  if (unit === undefined) return null;
  const { names, clock } = context;
  const entries = posted(picture, at).filter((entry) => entry[3] === id);
  const here = holdings(picture, at).filter((holding) => holding.unit === id);
  const orders = Object.entries(picture.orders).filter(([, order]) => order.units.includes(id));
  const changes = entries.map((entry) => ({ entry, change: entry[6] }));
  return {
    title: unit.name,
    content: [
      element(
        "p",
        { class: "detail-figure" },
        symbol(unit.symbol, false, 24).drawing,
        element("strong", {}, amount(unit.strength, unit.kind)),
        element("span", { class: "range" }, range(unit.strength, unit.low, unit.high)),
        ` reported as “${unit.wording}”; side `,
        words(unit.side),
        ` (${unit.identity})`,
      ),
      unit.part_of !== null &&
        element("p", {}, "Part of ", words(picture.units[unit.part_of]?.name ?? unit.part_of), "."),
      unit.because !== null && element("p", { class: "because" }, words(unit.because)),
      element("h3", {}, `Where it is at ${clock.moment(at)}`),
      element(
        "ul",
        {},
        ...here.map((holding) =>
          element(
            "li",
            { "data-held": holding.strength },
            `${amount(holding.strength, unit.kind)}: `,
            words(names.account(holding.place, holding.readiness)),
            `, ${waysIn(holding)}`,
          ),
        ),
      ),
      ...ordered(orders.map(([orderId, order]) => orderItem(names, orderId, order))),
      changes.length > 0 && element("h3", {}, "Its entries so far"),
      changes.length > 0 && entriesList(context, picture, changes),
      ...sourcesBehind(context, [...unit.sources, ...orders.flatMap(([, order]) => order.sources)]),
    ],
  };
}

/** How a part of a unit is known: in one way, or in part in the weakest. @param {import("./ledger.js").Holding} holding */
function waysIn({ ways }) {
  return `${ways.size > 1 ? "in part " : ""}${BASES[weakest(ways) ?? "unmoved"]}`;
}

/** @param {HTMLElement[]} items @returns {Child[]} */
function ordered(items) {
  return items.length === 0 ? [] : [element("h3", {}, "Orders to it"), element("ul", {}, ...items)];
}

/** @param {import("./names.js").Names} names @param {string} id @param {import("./album.js").Order} order */
function orderItem(names, id, order) {
  return element(
    "li",
    {},
    `${order.when}: `,
    linked(["order", id], words(order.words)),
    " ",
    letters(names, order.sources),
  );
}

/** @type {About} */
function aboutOrder(context, picture, _, id) {
  const order = picture.orders[id];
  if (order === undefined) return null;
  const entries = (picture.entries ?? [])
    .filter((entry) => entry[7] === id)
    .map((entry) => ({ entry, change: entry[6] }));
  return {
    title: `Order: ${order.words}`,
    content: [
      element(
        "p",
        {},
        `Given ${order.when}, to `,
        ...joined(order.units.map((unit) => linked(["unit", unit], words(picture.units[unit]?.name ?? unit)))),
        ".",
      ),
      order.because !== null && element("p", { class: "because" }, words(order.because)),
      order.refused.length > 0 &&
        element("p", {}, `Refused for ${listed(order.refused)}: it was not possible in the state they were in.`),
      entries.length > 0 && element("h3", {}, "What it set in motion"),
      entries.length > 0 && entriesList(context, picture, entries),
      ...sourcesBehind(context, [
        ...order.sources,
        ...entries.flatMap(({ entry }) => picture.grounds[entry[9]]?.sources ?? []),
      ]),
    ],
  };
}

/** @param {HTMLElement[]} items @returns {Child[]} */
function joined(items) {
  return items.flatMap((item, place) => (place === 0 ? [item] : [place === items.length - 1 ? " and " : ", ", item]));
}

/** @type {About} */
function aboutClaim(context, picture, _, id) {
  const claim = picture.claims.find((each) => each.id === id);
  if (claim === undefined) return null;
  const { names, album } = context;
  return {
    title: claim.says ?? claim.label,
    content: [
      element(
        "p",
        { class: "detail-figure word" },
        shape(claim.verdict_words),
        element("strong", {}, claim.verdict_words),
      ),
      element("p", {}, ...said(claim, names.outlet(claim.source), claim.per === null ? null : names.outlet(claim.per))),
      comparison(claim),
      ...claim.why.map((sentence) => element("p", {}, words(sentence))),
      claim.disputed !== null && element("p", { class: "because" }, "Known not to fit: ", words(claim.disputed)),
      claim.units.length > 0 && element("h3", {}, "What the ledger counts for it"),
      claim.units.length > 0 &&
        element(
          "ul",
          {},
          ...claim.units.map(([unit, strength]) =>
            element("li", {}, `${count(strength)}: `, linked(["unit", unit], words(picture.units[unit]?.name ?? unit))),
          ),
        ),
      atButton(context, claim.at),
      ...sourcesBehind(context, [
        claim.source,
        ...(claim.per === null ? [] : [claim.per]),
        ...(album.sources[claim.source]?.origins ?? []),
      ]),
    ],
  };
}

/** @param {Claim} claim @param {string} outlet @param {string | null} per @returns {Child[]} */
function said({ speaker }, outlet, per) {
  return [
    "Stated by ",
    words(outlet),
    per !== null && ", which has it from ",
    per !== null && words(per),
    speaker !== null && "; said by ",
    speaker !== null && words(speaker),
    ".",
  ];
}

/** @param {Claim} claim */
function comparison({ expected, actual, ledger, label, distance }) {
  if (expected === null || actual === null) return null;
  const row = (/** @type {string} */ term, /** @type {Child[]} */ ...fact) => [
    element("dt", {}, term),
    element("dd", {}, ...fact),
  ];
  return element(
    "dl",
    {},
    ...row("Question", words(label)),
    ...row("Claimed", expected.wording),
    ...(ledger
      ? row("Ledger", words(ledger))
      : row(
          "Ledger",
          count(actual.strength),
          element("span", { class: "range" }, range(actual.strength, actual.low, actual.high)),
        )),
    ...(distance ? row("Apart by", count(distance)) : []),
  );
}

/** @param {Context} context @param {Minute | null} at */
function atButton({ clock, state }, at) {
  if (at === null) return null;
  const minute = Math.min(Math.max(at, 0), clock.end);
  return element(
    "button",
    { type: "button", class: "more", click: () => state.change({ at: minute, open: null }) },
    `Show ${clock.moment(minute)} on the map`,
  );
}

/** @type {About} */
function aboutSource(context, picture, _, id) {
  const source = context.album.sources[id];
  if (source === undefined) return null;
  const claims = picture.claims.filter((claim) => claim.source === id);
  const units = Object.entries(picture.units).filter(([, unit]) => unit.sources.includes(id));
  const orders = Object.entries(picture.orders).filter(([, order]) => order.sources.includes(id));
  const list = (/** @type {string} */ heading, /** @type {HTMLElement[]} */ items) =>
    items.length === 0 ? [] : [element("h3", {}, heading), element("ul", {}, ...items)];
  return {
    title: source.letter === null ? source.outlet : `${source.letter}: ${source.outlet}`,
    content: [
      element("div", { class: "citation" }, ...citation(source, context.names)),
      ...list(
        "Its news began with",
        source.origins
          .filter((origin) => origin !== id)
          .map((origin) => element("li", {}, linked(["source", origin], words(context.names.outlet(origin))))),
      ),
      ...list(
        "What it claims",
        claims.map((claim) =>
          element(
            "li",
            {},
            opener(
              ["claim", claim.id],
              { class: "claim" },
              shape(claim.verdict_words),
              words(claim.says ?? claim.label),
            ),
            ` (${claim.verdict_words})`,
          ),
        ),
      ),
      ...list(
        "Units that rest on it",
        units.map(([unit, { name }]) => element("li", {}, linked(["unit", unit], words(name)))),
      ),
      ...list(
        "Orders that rest on it",
        orders.map(([order, value]) => orderItem(context.names, order, value)),
      ),
    ],
  };
}

/** @type {About} */
function aboutPlace(context, picture, at, id) {
  const { names, album, clock } = context;
  if (album.places[id] === undefined) return null;
  const code = names.countryCode(id);
  const whole = code !== null && album.places[id]?.lat === null;
  const turn = turnAt(picture, at);
  const lines = picture.lines.flatMap((line) => {
    const step = line.place === id || (whole && names.countryCode(line.place) === code) ? held(line.steps, turn) : null;
    return step === null
      ? []
      : [
          element(
            "li",
            {},
            figure(
              ["line", line.side, line.kind, line.place, line.readiness],
              step,
              line.kind,
              picture,
              names.account(line.place, line.readiness),
            ),
            ` ${range(step[1], step[2], step[3])} `,
            words(line.side),
            ", ",
            words(names.account(line.place, line.readiness)),
            `, ${knownAs(step[4], step[5])}`,
          ),
        ];
  });
  return {
    title: capital(names.place(id)),
    content: [
      code !== null &&
        names.country(code) !== names.place(id) &&
        element("p", {}, "In ", words(names.country(code)), "."),
      element("h3", {}, `At ${clock.moment(at)}`),
      lines.length > 0
        ? element("ul", {}, ...lines)
        : element("p", {}, `Nothing is counted here at this time. ${picture.only}`),
      lines.length > 0 && element("p", { class: "only" }, picture.only),
    ],
  };
}
