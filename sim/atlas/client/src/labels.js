// Labels on the map: names and figures beside circles, with the symbols of who is there.
import { drawn } from "./element.js";
import { amount, drawnOpener, mark } from "./figure.js";
import { width } from "./lettering.js";
import { symbol } from "./symbol.js";

/** @import { Holding } from "./ledger.js" */
/** @import { Mark } from "./marks.js" */
/** @import { Box, Placement } from "./placement.js" */
/** @import { Circle, Scene } from "./scene.js" */

/** The height of a line of words, in pixels. */
export const LINE = 14;
const FRAME = 16;
/** The lowest row of symbols, in pixels: as high as the figure that says how many more there are. */
const ROW = 18;
const SYMBOLS = 3;

/**
 * The label beside a circle: name, figure, and symbols where there is room; null where there is none.
 * @param {Scene} scene
 * @param {Circle} circle
 * @param {Placement} placement
 */
export function label(scene, circle, placement) {
  const lines = text(scene, circle.mark);
  const wide = Math.max(width(lines[0], 12, 600), width(lines[1], 12, 400));
  const few = circle.mark.units.slice(0, SYMBOLS);
  const more = circle.mark.units.length - few.length;
  const signs = few.map((holding) => ({
    holding,
    ...symbol(scene.picture.units[holding.unit]?.symbol ?? "", [...holding.ways].join() === "announced", FRAME),
  }));
  const row = signs.reduce((sum, sign) => sum + sign.width + 3, more > 0 ? 20 : 0);
  const high = Math.max(ROW, ...signs.map(({ height }) => height));
  const full = signs.length === 0 ? null : placement.beside(circle, Math.max(wide, row), 2 * LINE + high + 4);
  const box = full ?? placement.beside(circle, wide, 2 * LINE);
  if (box === null) return null;
  const flush = box.x + box.width < circle.x;
  return drawn(
    "g",
    { class: `label ${scene.sides.accent(circle.mark.side)}`, "data-place": circle.mark.place },
    leader(circle, box),
    ...lettered(lines, box, flush),
    ...(full === null ? [] : symbols(scene, signs, more, flush ? { ...box, x: box.x + box.width - row } : box)),
  );
}

/** @param {Scene} scene @param {Mark} mark @returns {[string, string]} */
function text({ names, kind, picture }, { place, strength, basis }) {
  return [names.place(place), amount(strength, kind) + mark(picture, basis)];
}

/** A thin line to a label that stands apart. @param {{ x: number, y: number, r: number }} circle @param {Box} box */
export function leader({ x, y, r }, box) {
  const [nearX, nearY] = [
    Math.max(box.x, Math.min(x, box.x + box.width)),
    Math.max(box.y, Math.min(y, box.y + box.height)),
  ];
  const far = Math.hypot(nearX - x, nearY - y);
  if (far < r + 9) return null;
  const [dx, dy] = [(nearX - x) / far, (nearY - y) / far];
  return drawn("path", {
    class: "leader",
    d: `M${x + dx * (r + 1)},${y + dy * (r + 1)}L${nearX - 2 * dx},${nearY - 2 * dy}`,
  });
}

/** @param {string[]} lines @param {Box} box @param {boolean} flush with the right of the box */
export function lettered(lines, box, flush) {
  const x = flush ? box.x + box.width : box.x;
  return lines.map((line, place) =>
    drawn(
      "text",
      {
        class: place === 0 ? "name" : "amount",
        x,
        y: box.y + 11 + place * LINE,
        "text-anchor": flush ? "end" : "start",
      },
      line,
    ),
  );
}

/**
 * @param {Scene} scene
 * @param {{ holding: Holding, drawing: SVGSVGElement, width: number, height: number }[]} signs
 * @param {number} more
 * @param {Box} box
 */
function symbols({ picture, names }, signs, more, box) {
  let x = box.x;
  const foot = box.y + box.height;
  const made = signs.map(({ holding, drawing, width: wide, height }) => {
    drawing.setAttribute("x", String(x));
    drawing.setAttribute("y", String(foot - height));
    x += wide + 3;
    const unit = picture.units[holding.unit];
    return drawnOpener(
      ["unit", holding.unit],
      `Unit: ${unit?.name ?? holding.unit}, ${names.place(holding.place)}`,
      { class: "unit" },
      drawing,
    );
  });
  return more === 0 ? made : [...made, drawn("text", { class: "amount", x: x + 1, y: foot - ROW / 2 + 4 }, `+${more}`)];
}

/** @param {Scene} scene @param {Circle} circle */
export function tip(scene, { mark, x, y, r }) {
  const lines = text(scene, mark);
  const wide = Math.max(width(lines[0], 12, 600), width(lines[1], 12, 400)) + 12;
  const left = Math.max(2, Math.min(x - wide / 2, scene.size[0] - wide - 2));
  const top = y - r - 42 < 2 ? y + r + 6 : y - r - 42;
  return drawn(
    "g",
    {},
    drawn("rect", { x: left, y: top, width: wide, height: 36, rx: 3 }),
    ...lettered(lines, { x: left + 6, y: top + 4, width: wide - 12, height: 28 }, false),
  );
}
