// The ledger as of a minute: picked from a picture's steps, or followed through its entries.

/** @import { Account, Basis, Entry, Minute, Picture, Shares, Step } from "./album.js" */

export const IN_TRANSIT = "in-transit";
/** The least certain first. @type {Basis[]} */
const CERTAINTY = ["assumed", "announced", "observed"];

/**
 * What one unit has at one place in one readiness; `ways` are those in which it is known to have come there.
 * @typedef {{
 *   unit: string, place: string, readiness: string, strength: number, ways: Set<Basis | "unmoved">,
 * }} Holding
 */
/**
 * Part of a unit on its way, or all of it that has arrived.
 * @typedef {{ unit: string, from: string, to: string, strength: number, basis: Basis | null, at: Minute }} Leg
 */
/** An entry with what it adds to a figure. @typedef {{ entry: Entry, change: number }} Posting */

/**
 * The place in `turns` of the last turn up to a minute; -1 before the first.
 * @param {Picture} picture
 * @param {Minute} minute
 */
export function turnAt(picture, minute) {
  let [low, high] = [0, picture.turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((picture.turns[middle] ?? 0) <= minute) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The step that holds at a turn; null where nothing is held. @param {Step[]} steps @param {number} turn */
export function held(steps, turn) {
  const step = steps.findLast(([from]) => from <= turn);
  return step !== undefined && step[1] > 0 ? step : null;
}

/**
 * The entries up to a minute, in order; none where the page was made without.
 * @param {Picture} picture
 * @param {Minute} minute
 * @returns {Entry[]}
 */
export function posted(picture, minute) {
  const entries = picture.entries ?? [];
  const end = entries.findIndex(([, at]) => at > minute);
  return end < 0 ? entries : entries.slice(0, end);
}

/**
 * What each unit holds at a minute, by unit as first posted.
 * @param {Picture} picture
 * @param {Minute} minute
 * @returns {Holding[]}
 */
export function holdings(picture, minute) {
  /** @type {Map<string, Holding>} */
  const accounts = new Map();
  for (const [, , , unit, from, to, strength, , basis] of posted(picture, minute)) {
    if (from !== null) account(accounts, unit, from).strength -= strength;
    const taking = account(accounts, unit, to);
    if (taking.strength === 0) taking.ways.clear();
    taking.strength += strength;
    taking.ways.add(basis ?? "unmoved");
  }
  return [...accounts.values()].filter((holding) => holding.strength > 0);
}

/** @param {Map<string, Holding>} accounts @param {string} unit @param {Account} of */
function account(accounts, unit, [place, readiness]) {
  const key = `${unit}/${place}/${readiness}`;
  const holding = accounts.get(key) ?? { unit, place, readiness, strength: 0, ways: new Set() };
  accounts.set(key, holding);
  return holding;
}

/**
 * What is on its way at a minute, by where it left; and the moves that have ended, known as their arrivals are. What left
 * first arrives first.
 * @param {Picture} picture @param {Minute} minute
 */
export function legs(picture, minute) {
  /** @type {Map<string, Leg[]>} */
  const waiting = new Map();
  /** @type {Leg[]} */
  const ended = [];
  for (const [, at, , unit, from, to, strength, , basis] of posted(picture, minute)) {
    const left = from?.[1] === IN_TRANSIT ? taken(waiting.get(`${unit}/${from[0]}`) ?? [], strength) : [];
    if (to[1] !== IN_TRANSIT) ended.push(...left.map((leg) => ({ ...leg, basis })));
    else if (from !== null)
      queue(waiting, `${unit}/${to[0]}`, {
        unit,
        from: left[0]?.from ?? from[0],
        to: to[0],
        strength,
        basis,
        at,
      });
  }
  return { underway: [...waiting.values()].flat(), ended };
}

/** @param {Map<string, Leg[]>} waiting @param {string} key @param {Leg} leg */
function queue(waiting, key, leg) {
  const queued = waiting.get(key);
  if (queued === undefined) waiting.set(key, [leg]);
  else queued.push(leg);
}

/** Takes a strength off the front of a queue. @param {Leg[]} queued @param {number} strength @returns {Leg[]} */
function taken(queued, strength) {
  const out = [];
  for (let left = strength; left > 0 && queued[0] !== undefined;) {
    const part = Math.min(left, queued[0].strength);
    out.push({ ...queued[0], strength: part });
    left -= part;
    if (part === queued[0].strength) queued.shift();
    else queued[0].strength -= part;
  }
  return out;
}

/**
 * What makes a figure: the entries up to a minute that change what these accounts hold, and what each unit has in them.
 * @param {Picture} picture @param {Minute} minute @param {(unit: string, account: Account) => boolean} counted
 */
export function behind(picture, minute, counted) {
  /** @type {Posting[]} */
  const postings = [];
  /** @type {Map<string, number>} */
  const parts = new Map();
  for (const entry of posted(picture, minute)) {
    const [, , , unit, from, to, strength] = entry;
    const change = (counted(unit, to) ? strength : 0) - (from !== null && counted(unit, from) ? strength : 0);
    if (change === 0) continue;
    postings.push({ entry, change });
    parts.set(unit, (parts.get(unit) ?? 0) + change);
  }
  const present = [...parts].filter(([, strength]) => strength > 0).sort(([, a], [, b]) => b - a);
  return { postings, parts: present, sum: present.reduce((sum, [, strength]) => sum + strength, 0) };
}

/**
 * How several are known together: the weakest way of any, and how much in which where it is not all in one.
 * @param {{ strength: number, basis: Basis | null, shares?: Shares | null }[]} parts
 * @returns {{ basis: Basis | null, shares: Shares | null }}
 */
export function knownTogether(parts) {
  /** @type {Shares} */
  const sums = {};
  for (const { strength, basis, shares } of parts)
    for (const [way, share] of Object.entries(shares ?? { [basis ?? "unmoved"]: strength })) {
      const each = /** @type {Basis | "unmoved"} */ (way);
      sums[each] = (sums[each] ?? 0) + share;
    }
  return {
    basis: weakest(new Set(Object.keys(sums))),
    shares: Object.keys(sums).length > 1 ? sums : null,
  };
}

/** The least certain of some ways in which something is known; null where nothing moved. @param {Set<string>} ways */
export function weakest(ways) {
  return CERTAINTY.find((each) => ways.has(each)) ?? null;
}
