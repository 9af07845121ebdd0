// Verdicts: a shape and a word each, so that colour is never alone.
import { drawn } from "./element.js";

/** The shapes fit a box of 12 by 12. @type {Record<string, () => SVGElement[]>} */
const SHAPES = {
  holds: () => [drawn("circle", { cx: 6, cy: 6, r: 5 })],
  compatible: () => [
    drawn("circle", { cx: 6, cy: 6, r: 4.25, class: "hollow" }),
    drawn("path", { d: "M6 1.75a4.25 4.25 0 0 1 0 8.5z" }),
  ],
  contradicted: () => [drawn("path", { d: "M2 2l8 8M10 2l-8 8", class: "stroke" })],
  given: () => [drawn("path", { d: "M1.5 4h9M1.5 8h9", class: "stroke" })],
  noted: () => [drawn("path", { d: "M2 6h8", class: "stroke" })],
  withdrawn: () => [
    drawn("circle", { cx: 6, cy: 6, r: 4.25, class: "hollow" }),
    drawn("path", { d: "M3 9l6-6", class: "stroke" }),
  ],
};
const LEAST = "noted";

/** The shape of a verdict in words, "contradicted (disputed)" say. @param {string} verdict */
export function shape(verdict) {
  const word = Object.keys(SHAPES).find((each) => verdict.startsWith(each)) ?? LEAST;
  const disputed = verdict.includes("disputed") ? " disputed" : "";
  return drawn(
    "svg",
    { class: `verdict ${word}${disputed}`, width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true" },
    ...(SHAPES[word]?.() ?? []),
  );
}
