// The posture at the slider's time: where everything is, how ready, how certain and how that is known.
import { element, replace, words } from "./element.js";
import { figure, knownAs, mark, range } from "./figure.js";
import { keepingFocus } from "./focus.js";
import { held, IN_TRANSIT, turnAt } from "./ledger.js";
import { capital, plain } from "./text.js";

/** @import { Minute, Picture, Step, Total } from "./album.js" */
/** @import { Context } from "./page.js" */

/** On a narrow page range and basis stand below what they belong to. @type {Record<string, string>} */
const COLUMNS = { Strength: "number", Range: "number wide-only", "How known": "wide-only" };

export class Posture {
  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
  }

  /** @type {Context} */ #context;
  /** @type {Picture | null} */ #picture = null;
  #turn = -1;
  #body = element("div");
  #caption = element("caption");
  element = element("div", { class: "posture" }, this.#body);

  /** @param {Picture} picture @param {Minute} at */
  show(picture, at) {
    replace(this.#caption, `At ${this.#context.clock.moment(at)}. ${legend(picture)}`);
    const turn = turnAt(picture, at);
    if (picture === this.#picture && turn === this.#turn) return;
    [this.#picture, this.#turn] = [picture, turn];
    keepingFocus(this.#body, () => replace(this.#body, this.#table(picture, turn)));
  }

  /** @param {Picture} picture @param {number} turn */
  #table(picture, turn) {
    const heads = ["Place", "Readiness", "Strength", "Range", "How known"];
    return element(
      "table",
      { class: "facts" },
      this.#caption,
      element(
        "thead",
        {},
        element("tr", {}, ...heads.map((text) => element("th", { scope: "col", class: COLUMNS[text] ?? null }, text))),
      ),
      ...this.#context.sides.ordered(picture).map((total) => this.#group(picture, total, turn)),
    );
  }

  /** @param {Picture} picture @param {Total} total @param {number} turn */
  #group(picture, total, turn) {
    const { names, sides } = this.#context;
    const { side, kind } = total;
    const lines = picture.lines.filter((line) => line.side === side && line.kind === kind);
    const rows = lines.flatMap((line) => {
      const step = held(line.steps, turn);
      if (step === null) return [];
      const moving = line.readiness === IN_TRANSIT;
      const where = element("th", { scope: "row" }, moving ? "On the way to " : null, words(names.place(line.place)));
      const of = `${names.account(line.place, line.readiness)}, ${side}`;
      return [
        this.#row(
          picture,
          where,
          capital(plain(line.readiness)),
          step,
          ["line", side, kind, line.place, line.readiness],
          kind,
          of,
        ),
      ];
    });
    const step = held(total.steps, turn);
    const all = element("th", { scope: "row" }, `All ${plain(kind)} of `, words(side), " named here");
    return element(
      "tbody",
      { class: sides.accent(side) },
      element(
        "tr",
        { class: "group" },
        element(
          "th",
          { scope: "rowgroup", colspan: 5 },
          element("span", { class: `dot ${sides.accent(side)}` }),
          words(names.force(side, kind)),
        ),
      ),
      ...rows,
      step && this.#row(picture, all, "", step, ["total", side, kind], kind, `all ${plain(kind)} of ${side}`, "sum"),
    );
  }

  /**
   * @param {Picture} picture
   * @param {HTMLElement} where
   * @param {string} readiness
   * @param {Step} step
   * @param {string[]} reference
   * @param {string} kind
   * @param {string} of
   * @param {string} [style]
   */
  #row(picture, where, readiness, step, reference, kind, of, style) {
    const [, strength, low, high, basis, shares] = step;
    return element(
      "tr",
      { class: style, "data-line": reference.join("/") },
      where,
      element("td", {}, readiness, element("span", { class: "basis narrow" }, knownAs(basis, shares))),
      element(
        "td",
        { class: "number" },
        figure(reference, step, kind, picture, of),
        element("span", { class: "range narrow" }, range(strength, low, high)),
      ),
      element("td", { class: "number wide-only" }, range(strength, low, high)),
      element("td", { class: "basis wide-only" }, knownAs(basis, shares)),
    );
  }
}

/** What the marks after figures mean. @param {Picture} picture */
export function legend(picture) {
  const [announced, assumed] = [mark(picture, "announced"), mark(picture, "assumed")];
  return `${announced} only announced, ${assumed} assumed: all of the figure, or part of it. ${picture.only}`;
}
