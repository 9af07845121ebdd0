// APP-6 symbols, drawn from milsymbol's instructions: no text of markup is read.
import { ms, numberair, numberlandequipment, numberlandinstallation, numberlandunit, numbersea } from "milsymbol";
import { drawn } from "./element.js";

/** @typedef {Record<string, any>} Instruction */
/** @typedef {{ drawing: SVGSVGElement, width: number, height: number }} Sign */

const CODE = /^\d{20}$/;
const STATUS = 6;
const PLANNED = "1";
const UNKNOWN = "10011000000000000000";
/** @type {Map<string, any>} */
const made = new Map();

/**
 * A unit's symbol; its frame is dashed where the unit is only announced to be there.
 * @param {string} code @param {boolean} announced @param {number} size of the frame, in pixels
 * @returns {Sign}
 */
export function symbol(code, announced, size) {
  const sound = CODE.test(code) ? code : UNKNOWN;
  const shown = announced ? sound.slice(0, STATUS) + PLANNED + sound.slice(STATUS + 1) : sound;
  const { bbox, drawInstructions, style, width, height } = known(shown, size);
  const edge = style.strokeWidth;
  const box = [bbox.x1 - edge, bbox.y1 - edge, bbox.x2 - bbox.x1 + 2 * edge, bbox.y2 - bbox.y1 + 2 * edge];
  const children = instructed(drawInstructions, style.strokeWidth);
  return {
    drawing: drawn(
      "svg",
      { class: "symbol", width, height, viewBox: box.join(" "), "aria-hidden": "true" },
      ...children,
    ),
    width,
    height,
  };
}

/** @param {string} code @param {number} size */
function known(code, size) {
  if (made.size === 0) ms.addIcons([numberair, numberlandunit, numberlandequipment, numberlandinstallation, numbersea]);
  const key = `${code}/${size}`;
  const found = made.get(key) ?? new ms.Symbol(code, { size, strokeWidth: 5 });
  made.set(key, found);
  return found;
}

/** @param {Instruction[]} instructions @param {number} pen @returns {SVGElement[]} */
function instructed(instructions, pen) {
  return instructions.flat(Infinity).flatMap((instruction) => {
    const shape = shaped(/** @type {Instruction} */ (instruction), pen);
    return shape === null ? [] : [shape];
  });
}

/** @param {Instruction} instruction @param {number} pen @returns {SVGElement | null} */
function shaped(instruction, pen) {
  const painted = paint(instruction, pen);
  const inner = () => instructed(instruction.draw ?? [], pen);
  switch (instruction.type) {
    case "path":
      return drawn("path", { ...painted, d: instruction.d });
    case "circle":
      return drawn("circle", { ...painted, cx: instruction.cx, cy: instruction.cy, r: instruction.r });
    case "text":
      return drawn("text", { ...painted, ...lettering(instruction) }, String(instruction.text));
    case "translate":
      return drawn(
        "g",
        { ...painted, transform: `translate(${Number(instruction.x)},${Number(instruction.y)})` },
        ...inner(),
      );
    case "rotate":
      return drawn(
        "g",
        {
          ...painted,
          transform: `rotate(${Number(instruction.degree)},${Number(instruction.x)},${Number(instruction.y)})`,
        },
        ...inner(),
      );
    case "scale":
      return drawn("g", { ...painted, transform: `scale(${Number(instruction.factor)})` }, ...inner());
    default:
      return null;
  }
}

/** @param {Instruction} instruction @param {number} pen */
function paint(instruction, pen) {
  const { stroke, strokewidth, strokedasharray, fill, fillopacity, linecap } = instruction;
  return {
    stroke: stroke === undefined ? null : stroke || "none",
    "stroke-width": stroke === undefined ? null : (strokewidth ?? pen),
    "stroke-dasharray": strokedasharray,
    "stroke-linecap": linecap,
    fill: fill === undefined ? null : fill || "none",
    "fill-opacity": fillopacity,
  };
}

/** @param {Instruction} instruction */
function lettering({ x, y, textanchor, fontsize, fontfamily, fontweight, alignmentBaseline }) {
  return {
    x,
    y,
    "text-anchor": textanchor ?? "start",
    "font-size": fontsize,
    "font-family": fontfamily,
    "font-weight": fontweight,
    "dominant-baseline": alignmentBaseline,
  };
}
