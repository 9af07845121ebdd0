// Questions whose answer is the figure of a line, or of a side: what stands there is counted, and no more.

/** @typedef {Record<string, string | null>} Question */

/** All readinesses but that of what is on its way, which is at no place. */
const THERE = ["garrison", "standby", "heightened-alert", "deployed"];
/** What a question takes with all that lies within it or is part of it, and a line by itself. */
const WIDE = ["unit", "place", "origin"];
/** What says which strength is meant. */
const SELECTING = [...WIDE, "country", "order", "readiness", "side", "kind"];

/** Which strength an address asks about. @param {URLSearchParams} query @returns {Question} */
export function selected(query) {
  return Object.fromEntries(SELECTING.map((name) => [name, query.getAll(name).join() || null]));
}

/**
 * What asks for the figure of a line by side, kind and whatever else it has, out of what was asked about; null where
 * no question asks for both.
 * @param {any} line
 * @param {Question} asked
 * @returns {Question | null}
 */
export function question(line, asked = {}) {
  const own = SELECTING.filter((name) => name in line);
  const exactly = WIDE.some((name) => own.includes(name));
  if (exactly && WIDE.some((name) => asked[name] && !own.includes(name))) return null;
  return {
    ...asked,
    readiness: readiness(line.in_transit, asked["readiness"] ?? null),
    ...Object.fromEntries(own.map((name) => [name, line[name] ?? "unstated"])),
    exactly: exactly ? "true" : null,
  };
}

/** @param {boolean} moving @param {string | null} asked */
function readiness(moving, asked) {
  if (moving) return "in-transit";
  return THERE.filter((each) => asked === null || asked.split(",").includes(each)).join();
}
