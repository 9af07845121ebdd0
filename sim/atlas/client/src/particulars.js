// What is behind a figure: its parts by unit, the entries that made it, their orders, grounds and sources.
import { element, words } from "./element.js";
import { amount, BASES, knownAs, linked, mark, opener, range } from "./figure.js";
import { letters } from "./letters.js";
import { behind, held, IN_TRANSIT, knownTogether, legs, turnAt } from "./ledger.js";
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
  const lines = noun === "place" ? standing(picture, at, reference) : [];
  const [alone = null] = lines.length === 1 ? lines : [];
  const step = of.steps === null ? alone : held(of.steps, turnAt(picture, at));
  const parts = noun === "move" ? underway(picture, at, reference) : lines.map(partOf);
  const known = step === null ? knownTogether(parts) : partOf(step);
  return {
    title: `${context.names.force(side, kind)}: ${of.title}`,
    content: [
      element(
        "p",
        { class: "detail-figure" },
        element("strong", { "data-sum": found.sum }, amount(step?.[1] ?? found.sum, kind), mark(picture, known.basis)),
        step !== null && element("span", { class: "range" }, range(step[1], step[2], step[3])),
        ` at ${context.clock.moment(at)}`,
      ),
      found.sum > 0 && element("p", { class: "basis" }, `How known: ${knownAs(known.basis, known.shares)}.`),
      element("p", { class: "only" }, picture.only),
      ...(picture.entries === null
        ? [withoutEntries(context, picture, at, reference)]
        : made(context, picture, kind, found)),
    ],
  };
}

/** What the lines of a place hold. @param {Picture} picture @param {Minute} at @param {Reference} reference */
function standing(picture, at, [, side, kind, place]) {
  return picture.lines.flatMap((line) => {
    const of = line.side === side && line.kind === kind && line.place === place && line.readiness !== IN_TRANSIT;
    const step = of ? held(line.steps, turnAt(picture, at)) : null;
    return step === null ? [] : [step];
  });
}

/** @param {Step} step */
function partOf([, strength, , , basis, shares]) {
  return { strength, basis, shares };
}

/** What is on its way between two places. @param {Picture} picture @param {Minute} at @param {Reference} reference */
function underway(picture, at, [, side, kind, start, end]) {
  return legs(picture, at).underway.filter(({ unit, from, to }) => {
    const own = picture.units[unit];
    return own?.side === side && own?.kind === kind && from === start && to === end;
  });
}

/**
 * The command that tells what the page leaves out, of this figure, as it was known.
 * @param {Context} context
 * @param {Picture} picture
 * @param {Minute} at
 * @param {Reference} reference
 */
function withoutEntries({ clock }, { explain }, at, reference) {
  const asked = [["at", clock.stamp(at)], ...selecting(reference)].map(([name, value]) =>
    value === undefined ? `--${name}` : `--${name} ${quoted(value)}`,
  );
  return element(
    "p",
    {},
    "The entries behind it are too many for this page. This command shows them: ",
    element("code", {}, words(`${explain} ${asked.join(" ")}`)),
  );
}

/** What a command is asked so that it counts the same. @param {Reference} reference @returns {string[][]} */
function selecting([noun, side = "", kind = "", first = "", second = "", third = ""]) {
  const own = [
    ["side", side],
    ["kind", kind],
  ];
  const at = [["place", first], ["exactly"]];
  if (noun === "line") return [...own, ...at, ["readiness", second]];
  if (noun === "place") return [...own, ...at];
  if (noun === "readiness") return [...own, ["readiness", first]];
  if (noun !== "country") return own;
  const moving = second === "moving" ? [["readiness", IN_TRANSIT]] : [];
  return [...own, ...(first === "" ? [["place", third], ["exactly"]] : [["country", first]]), ...moving];
}

/** A word as a shell takes it. @param {string} word */
function quoted(word) {
  return /^[\w.:+/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
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
function counting({ names }, picture, [noun, side, kind, first = "", second = "", third = ""]) {
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
      return inCountry(names, picture, ofForce, first, second === "moving", third);
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
 * @param {string} spot the place, where no country of it is known
 * @returns {Counted | null}
 */
function inCountry(names, picture, ofForce, code, moving, spot) {
  const line = picture.countries.find(
    (each) =>
      ofForce(each) && (each.country ?? "") === code && (each.place ?? "") === spot && each.in_transit === moving,
  );
  if (line === undefined) return null;
  const counted = (/** @type {Account} */ [place, readiness]) =>
    (spot === "" ? names.countryCode(place) === code : place === spot) && (readiness === IN_TRANSIT) === moving;
  return { title: names.countryOf(line), steps: line.steps, counted };
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
