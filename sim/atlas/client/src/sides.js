// The sides of a scenario, each with an accent of its own.

/** @import { Picture, Total } from "./album.js" */

const ACCENTS = 5;

/** The sides in the order of their accents: by name, so that a side keeps its own whatever is known. */
export class Sides {
  /** @param {Picture} picture the one of all that is known */
  constructor(picture) {
    const friends = new Set(
      Object.values(picture.units)
        .filter(({ identity }) => identity.includes("friend"))
        .map(({ side }) => side),
    );
    const all = [...new Set(picture.totals.map(({ side }) => side))].sort();
    this.names = [...all.filter((side) => friends.has(side)), ...all.filter((side) => !friends.has(side))];
  }

  /**
   * Totals in the order in which the page shows them: own side first, troops before the rest.
   * @param {Picture} picture
   */
  ordered({ totals }) {
    const rank = (/** @type {Total} */ { side, kind }) => this.names.indexOf(side) * 2 + Number(kind !== "troops");
    return [...totals].sort((a, b) => rank(a) - rank(b));
  }

  /** The class that brings the accent. @param {string} side */
  accent(side) {
    return `side-${Math.max(this.names.indexOf(side), 0) % ACCENTS}`;
  }
}
