// The units: who they are, how strong as reported, and on whose word.
import { element, replace, words } from "./element.js";
import { opener, range } from "./figure.js";
import { letters } from "./letters.js";
import { stacking } from "./stacking.js";
import { symbol } from "./symbol.js";
import { plain } from "./text.js";

/** @import { Picture, Unit } from "./album.js" */
/** @import { Context } from "./page.js" */

export class Units {
  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
  }

  /** @type {Context} */ #context;
  element = element("div", { class: "wide" });

  /** @param {Picture} picture */
  show(picture) {
    const heads = ["Unit", "Side", "Strength", "As reported", "From", "Sources"];
    replace(
      this.element,
      stacking(
        element(
          "table",
          { class: "facts units" },
          element(
            "thead",
            {},
            element(
              "tr",
              {},
              ...heads.map((text) =>
                element("th", { scope: "col", class: text === "Strength" ? "number" : null }, text),
              ),
            ),
          ),
          element("tbody", {}, ...Object.entries(picture.units).map(([id, unit]) => this.#row(id, unit))),
        ),
      ),
    );
  }

  /** @param {string} id @param {Unit} unit */
  #row(id, unit) {
    const { names, sides } = this.#context;
    return element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        opener(["unit", id], { class: "unit-name" }, symbol(unit.symbol, false, 14).drawing, words(unit.name)),
      ),
      element("td", {}, element("span", { class: `dot ${sides.accent(unit.side)}` }), words(unit.side)),
      element("td", { class: "number" }, `${unit.strength.toLocaleString("en-US")} ${plain(unit.kind)}`),
      element("td", {}, unit.wording, element("span", { class: "range" }, range(unit.strength, unit.low, unit.high))),
      element("td", {}, words(names.place(unit.origin))),
      element("td", {}, unit.sources.length > 0 ? letters(names, unit.sources) : "assumed"),
    );
  }
}
