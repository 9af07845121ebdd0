// Arcs on the map: great circles between what reports and the model name, and nothing in between.
import { drawn } from "./element.js";
import { amount, drawnOpener, knownAs, mark } from "./figure.js";
import { greatCircle } from "./geography.js";
import { leader, lettered, LINE } from "./labels.js";
import { width } from "./lettering.js";

/** @import { Arc } from "./marks.js" */
/** @import { Placement } from "./placement.js" */
/** @import { Circle, Scene } from "./scene.js" */

const ARC_STEPS = 240;
/** Where along an arc its figure may stand, and how far beside it, in pixels. */
const ARC_LABELS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
const ARC_OFFSETS = [0, -16, 16, -30, 30, -46, 46];
const END_RADIUS = 3;

/**
 * @param {Scene} scene
 * @param {Arc} arc
 * @param {Circle[]} circles
 * @param {Placement} placement
 * @returns {SVGElement[]}
 */
export function arcDrawn(scene, arc, circles, placement) {
  const path = course(scene, arc, circles);
  if (path.length < 2) return [];
  const { kind, names, sides, picture } = scene;
  const style = `${arc.basis ?? "observed"}${arc.ended ? " ended" : ""}`;
  const line = drawn("path", {
    class: `arc ${style}`,
    d: `M${path.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`,
  });
  if (arc.ended) return [drawn("g", { class: sides.accent(arc.side), "aria-hidden": "true" }, line)];
  const figure = amount(arc.strength, kind) + mark(picture, arc.basis);
  const box = placement.at(besides(path), width(figure, 12, 600) + 6, 18);
  const way = `from ${names.place(arc.from)} to ${names.place(arc.to)}`;
  const says = `On the way ${way}: ${amount(arc.strength, kind)}, ${arc.side}, ${knownAs(arc.basis, arc.shares)}`;
  return [
    drawnOpener(
      ["move", arc.side, kind, arc.from, arc.to],
      says,
      { class: `move ${sides.accent(arc.side)}`, "data-from": arc.from, "data-to": arc.to },
      drawn("path", { class: "reach", d: line.getAttribute("d") }),
      line,
      drawn("path", { class: "head", d: head(path) }),
      box && drawn("rect", { class: "plate", ...box, rx: 9 }),
      box &&
        drawn("text", { class: "amount", x: box.x + box.width / 2, y: box.y + 13, "text-anchor": "middle" }, figure),
    ),
  ];
}

/**
 * The points on an arc and beside it where its figure may stand.
 * @param {[number, number][]} path
 * @returns {[number, number][]}
 */
function besides(path) {
  return ARC_OFFSETS.flatMap((offset) =>
    ARC_LABELS.map((share) => {
      const [x, y] = /** @type {[number, number]} */ (path[Math.floor(share * (path.length - 1))]);
      return /** @type {[number, number]} */ ([x, y + offset]);
    }),
  );
}

/**
 * The ends of moves under way where nothing stands now, by name.
 * @param {Scene} scene
 * @param {Circle[]} circles
 * @param {Placement} placement
 */
export function ends({ now, at, names, sides }, circles, placement) {
  const bare = new Map(
    now.arcs
      .filter(({ ended }) => !ended)
      .flatMap(({ side, from, to, points }) =>
        points === null
          ? []
          : [
              [from, { side, point: points[0] }],
              [to, { side, point: points[1] }],
            ],
      ),
  );
  return [...bare]
    .filter(([place]) => !circles.some(({ mark }) => mark.place === place))
    .flatMap(([place, { side, point }]) => {
      const [x, y] = at(point) ?? [NaN, NaN];
      const name = names.place(place);
      const box = Number.isFinite(x) ? placement.beside({ x, y, r: END_RADIUS }, width(name, 12, 600), LINE) : null;
      if (box === null) return [];
      return [
        drawn(
          "g",
          { class: `end ${sides.accent(side)}`, "aria-hidden": "true" },
          drawn("circle", { class: "vague", cx: x, cy: y, r: END_RADIUS }),
          leader({ x, y, r: END_RADIUS }, box),
          ...lettered([name], box, box.x + box.width < x),
        ),
      ];
    });
}

/**
 * The great circle in pixels, between the rims of the circles it joins.
 * @param {Scene} scene
 * @param {Arc} arc
 * @param {Circle[]} circles
 * @returns {[number, number][]}
 */
function course({ at }, { points, side, from, to }, circles) {
  if (points === null) return [];
  const path = greatCircle(...points, ARC_STEPS)
    .map(at)
    .filter((point) => point !== null);
  const [start, end] = [path[0], path[path.length - 1]];
  const rim = (/** @type {string} */ place) =>
    (circles.find(({ mark }) => mark.side === side && mark.place === place)?.r ?? END_RADIUS) + 3;
  if (start === undefined || end === undefined) return [];
  return path.filter(
    ([x, y]) => Math.hypot(x - end[0], y - end[1]) > rim(to) && Math.hypot(x - start[0], y - start[1]) > rim(from),
  );
}

/** @param {[number, number][]} path */
function head(path) {
  const [x, y] = /** @type {[number, number]} */ (path[path.length - 1]);
  const [px, py] = /** @type {[number, number]} */ (path[Math.max(0, path.length - 9)]);
  const turn = Math.atan2(y - py, x - px);
  const corner = (/** @type {number} */ angle, /** @type {number} */ reach) =>
    `${(x + reach * Math.cos(turn + angle)).toFixed(1)},${(y + reach * Math.sin(turn + angle)).toFixed(1)}`;
  return `M${corner(0, 4)}L${corner(2.72, 9)}L${corner(-2.72, 9)}Z`;
}
