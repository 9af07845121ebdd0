// What the map shows at a moment, as values: circles where forces are, arcs where they go, and what has no place on it.
import { spot } from "./geography.js";
import { held, holdings, IN_TRANSIT, legs, turnAt } from "./ledger.js";

/** @import { Album, Basis, Minute, Picture, World } from "./album.js" */
/** @import { Holding, Leg } from "./ledger.js" */

/** `basis` is announced or assumed only where all of the strength is. */
/**
 * @typedef {{
 *   side: string, place: string, point: [number, number], exact: boolean, strength: number, basis: Basis | null,
 *   readinesses: string[], units: Holding[],
 * }} Mark
 */
/**
 * @typedef {{
 *   side: string, from: string, to: string, points: [[number, number], [number, number]] | null, strength: number,
 *   basis: Basis | null, ended: boolean,
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
  const piles = picture.entries === null ? piledLines(picture, minute, kind) : piledUnits(picture, minute, kind);
  const placed = piles.map((each) => ({ each, at: spot(album, world, each.place) }));
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

/** @param {Picture} picture @param {Minute} minute @param {string} kind */
function piledUnits(picture, minute, kind) {
  const standing = holdings(picture, minute).filter(
    ({ unit, readiness }) => picture.units[unit]?.kind === kind && readiness !== IN_TRANSIT,
  );
  return grouped(standing, ({ unit, place }) => `${sideOf(picture, unit)}/${place}`).map((units) =>
    pile(picture, units),
  );
}

/**
 * The same without units, where the page was made without entries.
 * @param {Picture} picture
 * @param {Minute} minute
 * @param {string} kind
 */
function piledLines(picture, minute, kind) {
  const turn = turnAt(picture, minute);
  const standing = picture.lines.flatMap(({ side, kind: of, place, readiness, steps }) => {
    const step = of === kind && readiness !== IN_TRANSIT ? held(steps, turn) : null;
    return step === null ? [] : [{ side, place, readiness, strength: step[1], basis: step[4] }];
  });
  return grouped(standing, ({ side, place }) => `${side}/${place}`).map((lines) => {
    const { side, place } = /** @type {typeof lines[0]} */ (lines[0]);
    return {
      side,
      place,
      strength: sum(lines),
      basis: shared(lines),
      readinesses: lines.map(({ readiness }) => readiness),
      units: [],
    };
  });
}

/** @param {Picture} picture @param {Holding[]} units */
function pile(picture, units) {
  const [first] = units;
  const sorted = [...units].sort((a, b) => b.strength - a.strength);
  return {
    side: sideOf(picture, first?.unit ?? ""),
    place: first?.place ?? "",
    strength: sum(units),
    basis: shared(units),
    readinesses: [...new Set(sorted.map(({ readiness }) => readiness))],
    units: sorted,
  };
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
      basis: shared(together),
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

/** @param {{ basis: Basis | null }[]} items @returns {Basis | null} */
function shared(items) {
  return new Set(items.map(({ basis }) => basis)).size === 1 ? (items[0]?.basis ?? null) : null;
}

/** @param {Picture} picture @param {string} unit */
function sideOf(picture, unit) {
  return picture.units[unit]?.side ?? "";
}
