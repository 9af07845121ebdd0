// What is behind a figure: its parts by unit, the entries that made it, their orders, grounds and sources.
import { element, words } from "./element.js";
import { amount, BASES, linked, mark, opener, range } from "./figure.js";
import { letters } from "./letters.js";
import { behind, held, IN_TRANSIT, turnAt } from "./ledger.js";
import { citation } from "./sources.js";
import { symbol } from "./symbol.js";
import { capital, count, plain } from "./text.js";

/** @import { Account, Minute, Picture, Step, Total } from "./album.js" */
/** @import { Particulars } from "./detail.js" */
/** @import { Posting } from "./ledger.js" */
/** @import { Context } from "./page.js" */
/** @import { Reference } from "./reference.js" */

/** What a reference to a figure counts: its words, which accounts, and its steps where the picture has them. */
/** @typedef {{ title: string, steps: Step[] | null, counted: (account: Account) => boolean }} Counted */

const NOUNS = new Set(["line", "total", "country", "readiness", "place", "move"]);

/** @param {Reference} reference */
export function isFigure([noun = "", ...more]) {
  return NOUNS.has(noun) && more.length > 1;
}

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Minute} at
 * @param {Reference} reference
 * @returns {Particulars | null}
 */
export function behindFigure(context, picture, at, reference) {
  const [noun, side = "", kind = ""] = reference;
  const total = picture.totals.find((each) => each.side === side && each.kind === kind);
  const of = noun === "move" ? moving(context, reference) : counting(context, picture, reference);
  if (total === undefined || of === null) return null;
  const own = (/** @type {string} */ unit) => picture.units[unit]?.side === side && picture.units[unit]?.kind === kind;
  const found =
    noun === "move"
      ? movingBehind(picture, at, reference, own)
      : behind(picture, at, (unit, account) => own(unit) && of.counted(account));
  const step = of.steps === null ? null : held(of.steps, turnAt(picture, at));
  return {
    title: `${context.names.force(side, kind)}: ${of.title}`,
    content: [
      element(
        "p",
        { class: "detail-figure" },
        element(
          "strong",
          { "data-sum": found.sum },
          amount(step?.[1] ?? found.sum, kind),
          step && mark(picture, step[4]),
        ),
        step !== null && element("span", { class: "range" }, range(step[1], step[2], step[3])),
        ` at ${context.clock.moment(at)}`,
      ),
      step !== null && step[4] !== null && element("p", { class: "basis" }, `How known: ${BASES[step[4]]}.`),
      element("p", { class: "only" }, picture.only),
      ...(picture.entries === null ? [withoutEntries(context, at)] : made(context, picture, kind, found)),
    ],
  };
}

/** @param {Context} context @param {Minute} at */
function withoutEntries({ album, clock }, at) {
  return element(
    "p",
    {},
    "The entries behind it are too many for this page. This command shows them: ",
    element("code", {}, `${album.program.command.replace("sim report", "sim explain")} --at ${clock.stamp(at)}`),
  );
}

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {string} kind
 * @param {{ postings: Posting[], parts: [string, number][], sum: number }} found
 */
function made(context, picture, kind, { postings, parts, sum }) {
  if (parts.length === 0) return [element("p", {}, "Nothing is counted here at this time.")];
  const present = new Set(parts.map(([unit]) => unit));
  const used = postings.filter(({ entry }) => present.has(entry[3]));
  return [
    element("h3", {}, "Its parts"),
    partsTable(picture, kind, parts, sum),
    element("h3", {}, "The entries that made it"),
    entriesList(context, picture, used),
    ...sourcesBehind(
      context,
      used.flatMap(({ entry }) => [
        ...groundsOf(picture, entry[9]).sources,
        ...(picture.orders[entry[7] ?? ""]?.sources ?? []),
      ]),
    ),
  ];
}

/** @param {Picture} picture @param {string} kind @param {[string, number][]} parts @param {number} sum */
function partsTable(picture, kind, parts, sum) {
  const row = (/** @type {[string, number]} */ [id, strength]) => {
    const unit = picture.units[id];
    return element(
      "tr",
      { "data-part": strength },
      element(
        "th",
        { scope: "row" },
        opener(
          ["unit", id],
          { class: "unit-name" },
          symbol(unit?.symbol ?? "", false, 13).drawing,
          words(unit?.name ?? id),
        ),
      ),
      element("td", { class: "number" }, count(strength)),
      element("td", {}, unit === undefined ? "" : strength === unit.strength ? unit.wording : `of ${unit.wording}`),
    );
  };
  return element(
    "table",
    { class: "facts parts" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, "Unit"),
        element("th", { scope: "col", class: "number" }, "Strength"),
        element("th", { scope: "col" }, "As reported"),
      ),
    ),
    element("tbody", {}, ...parts.map(row)),
    parts.length > 1 &&
      element(
        "tfoot",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "row" }, "Together"),
          element("td", { class: "number" }, count(sum)),
          element("td", {}, plain(kind)),
        ),
      ),
  );
}

/**
 * Entries, oldest first, each with what it changed and on whose word.
 * @param {Context} context
 * @param {Picture} picture
 * @param {Posting[]} postings
 */
export function entriesList(context, picture, postings) {
  return element("ol", { class: "entries" }, ...postings.map((posting) => entryItem(context, picture, posting)));
}

/** @param {Context} context @param {Picture} picture @param {Posting} posting */
function entryItem({ names, clock }, picture, { entry, change }) {
  const [position, at, tag, unit, from, to, , orderId, basis, ground] = entry;
  const grounds = groundsOf(picture, ground);
  const order = orderId === null ? undefined : picture.orders[orderId];
  const name = picture.units[unit]?.name ?? unit;
  return element(
    "li",
    { class: "entry", "data-change": change },
    element(
      "p",
      { class: "entry-head" },
      element("time", {}, clock.moment(at)),
      element("span", { class: "change" }, `${change > 0 ? "+" : "−"}${count(Math.abs(change))}`),
      words(name),
      `: ${happened(names, tag, from, to)}`,
    ),
    element(
      "p",
      { class: "entry-why" },
      basis !== null && `${capital(BASES[basis])}. `,
      order !== undefined &&
        orderId !== null &&
        element("span", {}, "Order: ", linked(["order", orderId], words(order.words)), ". "),
      grounds.because !== null && element("span", { class: "because" }, " ", words(grounds.because)),
      " ",
      letters(names, grounds.sources),
      element("span", { class: "position" }, `Event ${position} of the log`),
    ),
  );
}

/** @param {import("./names.js").Names} names @param {string} tag @param {Account | null} from @param {Account} to */
function happened(names, tag, from, to) {
  if (from === null) return `stands in ${names.account(...to)}, from the start`;
  if (to[1] === IN_TRANSIT) return `leaves ${names.place(from[0])} for ${names.place(to[0])}`;
  if (from[1] === IN_TRANSIT) return `arrives in ${names.account(...to)}`;
  return `${tag === "readiness-changed" ? "changes" : "goes"} from ${plain(from[1])} to ${plain(to[1])} in ${names.place(to[0])}`;
}

/** @param {Picture} picture @param {number} ground */
export function groundsOf(picture, ground) {
  return picture.grounds[ground] ?? { sources: [], because: null };
}

/** The sources themselves, with their addresses. @param {Context} context @param {string[]} ids */
export function sourcesBehind({ album, names }, ids) {
  const unique = [...new Set(ids)].flatMap((id) =>
    album.sources[id] === undefined ? [] : [{ id, source: album.sources[id] }],
  );
  if (unique.length === 0)
    return [element("p", { class: "assumed" }, "No source is behind it: it is assumed, for the reason given.")];
  return [
    element("h3", {}, "Sources behind it"),
    element(
      "ol",
      { class: "sources" },
      ...unique.map(({ id, source }) =>
        element(
          "li",
          {},
          opener(
            ["source", id],
            { class: "letter", "aria-label": `${names.letter(id)}, ${source.outlet}` },
            names.letter(id),
          ),
          element("div", {}, ...citation(source, names)),
        ),
      ),
    ),
  ];
}

/** @param {Context} context @param {Picture} picture @param {Reference} reference @returns {Counted | null} */
function counting({ names }, picture, [noun, side, kind, first = "", second = ""]) {
  const ofForce = (/** @type {Total} */ line) => line.side === side && line.kind === kind;
  switch (noun) {
    case "total":
      return { title: "all named here", steps: picture.totals.find(ofForce)?.steps ?? null, counted: () => true };
    case "line":
      return {
        title: names.account(first, second),
        steps:
          picture.lines.find((line) => ofForce(line) && line.place === first && line.readiness === second)?.steps ??
          null,
        counted: ([place, readiness]) => place === first && readiness === second,
      };
    case "readiness":
      return {
        title: plain(first),
        steps: picture.readinesses.find((line) => ofForce(line) && line.readiness === first)?.steps ?? null,
        counted: ([, readiness]) => readiness === first,
      };
    case "country":
      return inCountry(names, picture, ofForce, first, second === "moving");
    case "place":
      return {
        title: names.place(first),
        steps: null,
        counted: ([place, readiness]) => place === first && readiness !== IN_TRANSIT,
      };
    default:
      return null;
  }
}

/**
 * @param {import("./names.js").Names} names
 * @param {Picture} picture
 * @param {(line: Total) => boolean} ofForce
 * @param {string} code
 * @param {boolean} moving
 * @returns {Counted | null}
 */
function inCountry(names, picture, ofForce, code, moving) {
  const line = picture.countries.find(
    (each) => ofForce(each) && (each.country ?? "") === code && each.in_transit === moving,
  );
  if (line === undefined) return null;
  const counted = (/** @type {Account} */ [place, readiness]) =>
    (names.countryCode(place) ?? "") === code && (readiness === IN_TRANSIT) === moving;
  return { title: names.countryOf(line, picture), steps: line.steps, counted };
}

/** @param {Context} context @param {Reference} reference @returns {Counted} */
function moving({ names }, [, , , from = "", to = ""]) {
  return {
    title: `on the way from ${names.place(from)} to ${names.place(to)}`,
    steps: null,
    counted: ([place, readiness]) => place === to && readiness === IN_TRANSIT,
  };
}

/**
 * What is on its way between two places: only the units that left from the one.
 * @param {Picture} picture
 * @param {Minute} at
 * @param {Reference} reference
 * @param {(unit: string) => boolean} own
 */
function movingBehind(picture, at, [, , , from = "", to = ""], own) {
  const left = new Set(
    (picture.entries ?? [])
      .filter(([, , , , giving, taking]) => giving?.[0] === from && taking[0] === to && taking[1] === IN_TRANSIT)
      .map(([, , , unit]) => unit),
  );
  return behind(
    picture,
    at,
    (unit, [place, readiness]) => own(unit) && left.has(unit) && place === to && readiness === IN_TRANSIT,
  );
}
