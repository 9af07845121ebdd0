// What the map shows at a moment, as values: circles where forces are, arcs where they go, and what has no place on it.
import { spot } from "./geography.js";
import { held, holdings, IN_TRANSIT, knownTogether, legs, turnAt } from "./ledger.js";

/** @import { Album, Basis, Minute, Picture, Shares, World } from "./album.js" */
/** @import { Holding, Leg } from "./ledger.js" */

/** `basis` is the weakest by which any of it is known; `shares` say how much in which way, null where all is in one. */
/**
 * @typedef {{
 *   side: string, place: string, point: [number, number], exact: boolean, strength: number, basis: Basis | null,
 *   shares: Shares | null, readinesses: string[], units: Holding[],
 * }} Mark
 */
/**
 * @typedef {{
 *   side: string, from: string, to: string, points: [[number, number], [number, number]] | null, strength: number,
 *   basis: Basis | null, shares: Shares | null, ended: boolean,
 * }} Arc
 */
/** @typedef {{ marks: Mark[], arcs: Arc[], elsewhere: Omit<Mark, "point" | "exact">[] }} Shown */

/**
 * @param {Album} album
 * @param {World} world
 * @param {Picture} picture
 * @param {Minute} minute
 * @param {string} kind
 * @returns {Shown}
 */
export function shown(album, world, picture, minute, kind) {
  const placed = piles(picture, minute, kind).map((each) => ({ each, at: spot(album, world, each.place) }));
  const { underway, ended } = legs(picture, minute);
  const arcs = [
    ...ways(album, world, picture, ended, kind, true),
    ...ways(album, world, picture, underway, kind, false),
  ];
  return {
    marks: placed
      .flatMap(({ each, at }) => (at === null ? [] : [{ ...each, ...at }]))
      .sort((a, b) => b.strength - a.strength),
    elsewhere: placed
      .filter(({ at }) => at === null)
      .map(({ each }) => each)
      .sort((a, b) => b.strength - a.strength),
    arcs: arcs.filter(
      (arc) => !arc.ended || !arcs.some((other) => !other.ended && other.from === arc.from && other.to === arc.to),
    ),
  };
}

/**
 * The largest strength of a kind that ever stands at one place on the map.
 * @param {Album} album
 * @param {World} world
 * @param {Picture} picture
 * @param {string} kind
 */
export function largest(album, world, picture, kind) {
  const drawn = picture.lines.filter(
    (line) => line.kind === kind && line.readiness !== IN_TRANSIT && spot(album, world, line.place) !== null,
  );
  return drawn.reduce((most, { steps }) => steps.reduce((more, [, strength]) => Math.max(more, strength), most), 1);
}

/**
 * What stands at each place, with the units that are there; none of them where the page was made without entries.
 * @param {Picture} picture
 * @param {Minute} minute
 * @param {string} kind
 */
function piles(picture, minute, kind) {
  const turn = turnAt(picture, minute);
  const standing = picture.lines.flatMap(({ side, kind: of, place, readiness, steps }) => {
    const step = of === kind && readiness !== IN_TRANSIT ? held(steps, turn) : null;
    return step === null ? [] : [{ side, place, readiness, strength: step[1], basis: step[4], shares: step[5] }];
  });
  const there = unitsThere(picture, minute);
  return grouped(standing, ({ side, place }) => `${side}/${place}`).map((lines) => {
    const { side, place } = /** @type {typeof lines[0]} */ (lines[0]);
    return {
      side,
      place,
      strength: sum(lines),
      ...knownTogether(lines),
      readinesses: [...lines].sort((a, b) => b.strength - a.strength).map(({ readiness }) => readiness),
      units: there.get(`${side}/${kind}/${place}`) ?? [],
    };
  });
}

/** The units by side, kind and place, the strongest first. @param {Picture} picture @param {Minute} minute */
function unitsThere(picture, minute) {
  const standing = holdings(picture, minute)
    .filter(({ readiness }) => readiness !== IN_TRANSIT)
    .sort((a, b) => b.strength - a.strength);
  const key = (/** @type {Holding} */ { unit, place }) =>
    `${sideOf(picture, unit)}/${picture.units[unit]?.kind}/${place}`;
  return new Map(grouped(standing, key).map((units) => [key(/** @type {Holding} */ (units[0])), units]));
}

/**
 * @param {Album} album
 * @param {World} world
 * @param {Picture} picture
 * @param {Leg[]} moved
 * @param {string} kind
 * @param {boolean} ended
 * @returns {Arc[]}
 */
function ways(album, world, picture, moved, kind, ended) {
  const ofKind = moved.filter(({ unit }) => picture.units[unit]?.kind === kind);
  return grouped(ofKind, ({ unit, from, to }) => `${sideOf(picture, unit)}/${from}/${to}`).map((together) => {
    const { unit, from, to } = /** @type {Leg} */ (together[0]);
    const [start, end] = [spot(album, world, from), spot(album, world, to)];
    const points =
      start === null || end === null
        ? null
        : /** @type {[[number, number], [number, number]]} */ ([start.point, end.point]);
    return {
      side: sideOf(picture, unit),
      from,
      to,
      points,
      strength: sum(together),
      ...knownTogether(together),
      ended,
    };
  });
}

/** @template Item @param {Item[]} items @param {(item: Item) => string} key @returns {Item[][]} */
function grouped(items, key) {
  /** @type {Map<string, Item[]>} */
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
}

/** @param {{ strength: number }[]} items */
function sum(items) {
  return items.reduce((total, { strength }) => total + strength, 0);
}

/** @param {Picture} picture @param {string} unit */
function sideOf(picture, unit) {
  return picture.units[unit]?.side ?? "";
}
