// Beside the map: what circles, frames and lines mean, and the forces that no report gives a place on it.
import { drawn, element, words } from "./element.js";
import { amount, knownAs, mark, opener } from "./figure.js";
import { count, listed, plain } from "./text.js";

/** @import { Picture } from "./album.js" */
/** @import { Shown } from "./marks.js" */
/** @import { Context } from "./page.js" */

const LEAST_RADIUS = 2.5;

/** The radius of a strength, so that areas compare. @param {number} width of the map @param {number} most */
export function sizes(width, most) {
  const largest = Math.max(18, Math.min(40, width / 26));
  return (/** @type {number} */ strength) => Math.max(LEAST_RADIUS, largest * Math.sqrt(strength / most));
}

/**
 * The keys to sizes, sides and lines.
 * @param {Context} context
 * @param {Picture} picture
 * @param {string} kind
 * @param {(strength: number) => number} scale
 * @param {number} most
 */
export function key(context, picture, kind, scale, most) {
  const sides = [
    ...new Set(
      context.sides
        .ordered(picture)
        .filter((total) => total.kind === kind)
        .map(({ side }) => side),
    ),
  ];
  const line = (/** @type {string} */ style) =>
    drawn(
      "svg",
      { width: 28, height: 10, "aria-hidden": "true" },
      drawn("path", { d: "M1 5h26", class: `arc ${style}` }),
    );
  return [
    element(
      "ul",
      { class: "key" },
      ...sides.map((side) =>
        element("li", {}, element("span", { class: `dot ${context.sides.accent(side)}` }), words(side)),
      ),
      ...rounds(most).map((strength) => element("li", {}, disc(scale(strength)), amount(strength, kind))),
      element(
        "li",
        {},
        drawn(
          "svg",
          { width: 16, height: 16, "aria-hidden": "true" },
          drawn("circle", { cx: 8, cy: 8, r: 6.5, class: "vague" }),
        ),
        "somewhere in the country",
      ),
      element("li", {}, line("observed"), "under way, seen"),
      element("li", {}, line("announced"), `${mark(picture, "announced")} only announced`),
      element("li", {}, line("assumed"), `${mark(picture, "assumed")} assumed`),
      element("li", {}, line("observed ended"), "ended"),
      element("li", {}, element("span", { class: "dashed-frame" }), "symbol: only announced"),
    ),
  ];
}

/** Two round strengths to compare circles with. @param {number} most */
function rounds(most) {
  const round = (/** @type {number} */ value) => Math.max(1, Math.round(Number(value.toPrecision(1))));
  return [...new Set([round(most / 4), round(most / 32)])];
}

/** @param {number} r */
function disc(r) {
  const size = Math.ceil(2 * r + 2);
  return drawn(
    "svg",
    { width: size, height: size, "aria-hidden": "true" },
    drawn("circle", { cx: size / 2, cy: size / 2, r, class: "sample" }),
  );
}

/**
 * What is not on the map and why; null where all is.
 * @param {Shown} now
 * @param {string} kind
 * @param {Context} context
 * @param {Picture} picture
 */
export function elsewhere(now, kind, context, picture) {
  const { names, sides } = context;
  const away = now.arcs.filter(({ ended, points }) => !ended && points === null);
  if (now.elsewhere.length + away.length === 0) return null;
  const items = now.elsewhere.map(({ side, place, strength, basis, shares, readinesses }) =>
    element(
      "li",
      { class: sides.accent(side) },
      words(names.place(place)),
      ": ",
      opener(
        ["place", side, kind, place],
        {
          class: "figure",
          "aria-label": `${amount(strength, kind)} ${side}, ${names.place(place)}, ${knownAs(basis, shares)}. What is behind it`,
        },
        `${count(strength)}${mark(picture, basis)}`,
      ),
      ` ${listed(readinesses.map(plain))}`,
    ),
  );
  const moving = away.map(({ side, from, to, strength, basis, shares }) =>
    element(
      "li",
      { class: sides.accent(side) },
      words(names.place(from)),
      " to ",
      words(names.place(to)),
      ": ",
      opener(
        ["move", side, kind, from, to],
        {
          class: "figure",
          "aria-label": `${amount(strength, kind)} ${side}, from ${names.place(from)} to ${names.place(to)}, ${knownAs(basis, shares)}. What is behind it`,
        },
        `${count(strength)}${mark(picture, basis)}`,
      ),
      " under way",
    ),
  );
  return element(
    "div",
    { class: "elsewhere" },
    element("h3", {}, "Not on the map: no spot or country is named"),
    element("ul", {}, ...items, ...moving),
  );
}
