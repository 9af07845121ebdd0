// The units: who they are, how strong as reported, and on whose word.
import { element, replace, words } from "./element.js";
import { opener, range } from "./figure.js";
import { letters } from "./letters.js";
import { stacking } from "./stacking.js";
import { symbol } from "./symbol.js";
import { count, plain } from "./text.js";

/** @import { Picture, Unit } from "./album.js" */
/** @import { Context } from "./page.js" */

/** So many are listed before the rest is asked for. */
const FIRST = 60;

export class Units {
  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    addEventListener("beforeprint", () => this.#all());
  }

  /** @type {Context} */ #context;
  /** @type {Picture | null} */ #picture = null;
  element = element("div", { class: "wide" });

  /** @param {Picture} picture */
  show(picture) {
    this.#picture = picture;
    this.#build(FIRST);
  }

  #all() {
    this.#build(Infinity);
  }

  /** The button that was pressed is gone: the reader goes on with the first row that it brought. @param {number} first */
  #more(first) {
    this.#all();
    const row = this.element.querySelectorAll("tbody tr")[first];
    row?.querySelector("button")?.focus();
  }

  /** @param {number} most */
  #build(most) {
    const all = Object.entries(this.#picture?.units ?? {});
    const rows = all.slice(0, most).map(([id, unit]) => this.#row(id, unit));
    const left = all.length - rows.length;
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
          element("tbody", {}, ...rows),
        ),
      ),
      left > 0 &&
        element(
          "button",
          { type: "button", class: "more", click: () => this.#more(rows.length) },
          `Show ${count(left)} more`,
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
      element("td", { class: "number" }, `${count(unit.strength)} ${plain(unit.kind)}`),
      element("td", {}, unit.wording, element("span", { class: "range" }, range(unit.strength, unit.low, unit.high))),
      element("td", {}, words(names.place(unit.origin))),
      element("td", {}, unit.sources.length > 0 ? letters(names, unit.sources) : "assumed"),
    );
  }
}
