// Figures: a strength with its range and how it is known, everywhere in the same words.
import { drawn, element, spoken } from "./element.js";
import { count, plain } from "./text.js";

/** @import { Basis, Picture, Shares, Step } from "./album.js" */
/** @import { Reference } from "./reference.js" */

/** How a movement is known, from the best to the weakest. @type {Record<Basis | "unmoved", string>} */
export const BASES = {
  observed: "seen",
  announced: "only announced",
  assumed: "assumed",
  unmoved: "not reported to move",
};

/**
 * How a strength is known, for a cell or a line of its own: "only announced", or "100 seen, 900 only announced".
 * @param {Basis | null} basis
 * @param {Shares | null} [shares]
 */
export function knownAs(basis, shares = null) {
  if (shares === null) return BASES[basis ?? "unmoved"];
  const ways = /** @type {(keyof typeof BASES)[]} */ (Object.keys(BASES));
  return ways.flatMap((way) => (shares[way] ? [`${count(shares[way])} ${BASES[way]}`] : [])).join(", ");
}

/** "1,700", or "8 aircraft". @param {number} strength @param {string} kind */
export function amount(strength, kind) {
  return kind === "troops" ? count(strength) : `${count(strength)} ${plain(kind)}`;
}

/**
 * "1,530–1,870"; empty where the figure is exact.
 * @param {number} strength
 * @param {number} low
 * @param {number | null} high
 */
export function range(strength, low, high) {
  if (high === null) return `${count(low)} or more`;
  return low === strength && high === strength ? "" : `${count(low)}–${count(high)}`;
}

/** "1,530 to 1,870" for those who listen. @param {Step} step */
export function rangeSpoken([, strength, low, high]) {
  return range(strength, low, high).replace("–", " to ");
}

/** The mark that stands after a figure. @param {Picture} picture @param {Basis | null} basis */
export function mark(picture, basis) {
  return basis === null ? "" : (picture.marks[basis] ?? "");
}

/** All of a figure in one line of text. @param {Step} step @param {string} kind */
export function figureSpoken(step, kind) {
  const between = rangeSpoken(step);
  return `${count(step[1])} ${plain(kind)}${between && `, ${between}`}, ${knownAs(step[4], step[5])}`;
}

/**
 * A figure that opens what is behind it.
 * @param {Reference} reference
 * @param {Step} step
 * @param {string} kind
 * @param {Picture} picture
 * @param {string} of what it counts, for those who listen
 */
export function figure(reference, step, kind, picture, of) {
  const sign = mark(picture, step[4]);
  return opener(
    reference,
    { class: "figure" },
    amount(step[1], kind),
    sign && element("span", { class: "sign", "aria-hidden": "true" }, sign),
    spoken(`, ${knownAs(step[4], step[5])}, ${of}. What is behind it`),
  );
}

/**
 * A button that opens the detail of a reference; the page listens for them in one place.
 * @param {Reference} reference
 * @param {import("./element.js").Attributes} attributes
 * @param {import("./element.js").Child[]} children
 */
export function opener(reference, attributes, ...children) {
  return element(
    "button",
    { type: "button", ...attributes, "data-open": JSON.stringify(reference), "aria-haspopup": "dialog" },
    ...children,
  );
}

/**
 * The same within a sentence, where it breaks as words do.
 * @param {Reference} reference
 * @param {import("./element.js").Child[]} children
 */
export function linked(reference, ...children) {
  return element(
    "span",
    {
      class: "linked",
      role: "button",
      tabindex: 0,
      "data-open": JSON.stringify(reference),
      "aria-haspopup": "dialog",
    },
    ...children,
  );
}

/**
 * The same as part of a drawing.
 * @param {Reference} reference
 * @param {string} label
 * @param {import("./element.js").Attributes} attributes
 * @param {import("./element.js").Child[]} children
 */
export function drawnOpener(reference, label, attributes, ...children) {
  const opening = {
    "data-open": JSON.stringify(reference),
    role: "button",
    tabindex: 0,
    "aria-haspopup": "dialog",
    "aria-label": label,
  };
  return drawn("g", { ...attributes, ...opening }, ...children);
}
