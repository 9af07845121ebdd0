// What happened, in order.
import { element, replace, words } from "./element.js";
import { amount, opener } from "./figure.js";
import { letters } from "./letters.js";
import { stacking } from "./stacking.js";
import { listed } from "./text.js";

/** @import { Happening, Minute, Picture } from "./album.js" */
/** @import { Context } from "./page.js" */

const FIRST = 60;

export class Timeline {
  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    addEventListener("beforeprint", () => this.#all());
  }

  /** @type {Context} */ #context;
  /** @type {Picture | null} */ #picture = null;
  #at = 0;
  element = element("div", { class: "wide" });

  /** @param {Picture} picture @param {Minute} at */
  show(picture, at) {
    if (picture !== this.#picture) this.#build(picture, FIRST);
    this.#picture = picture;
    this.#at = at;
    for (const row of this.element.querySelectorAll("tr[data-at]"))
      row.classList.toggle("ahead", Number(row.getAttribute("data-at")) > at);
  }

  #all() {
    if (this.#picture === null) return;
    this.#build(this.#picture, Infinity);
    this.show(this.#picture, this.#at);
  }

  /** @param {Picture} picture @param {number} most */
  #build(picture, most) {
    const rows = picture.timeline.slice(0, most).map((happening) => this.#row(picture, happening));
    const left = picture.timeline.length - rows.length;
    replace(
      this.element,
      stacking(
        element(
          "table",
          { class: "facts timeline" },
          element(
            "thead",
            {},
            element(
              "tr",
              {},
              ...["When", "What", "Strength", "Where", "How known", "Sources"].map((text) =>
                element("th", { scope: "col" }, text),
              ),
            ),
          ),
          element("tbody", {}, ...rows),
        ),
      ),
      left > 0 && element("button", { type: "button", class: "more", click: () => this.#all() }, `Show ${left} more`),
    );
  }

  /** @param {Picture} picture @param {Happening} happening */
  #row(picture, { at, when, what, kinds, where, units, order, ground, known }) {
    const { names, state } = this.#context;
    const grounds = picture.grounds[ground] ?? { sources: [], because: null };
    const strength = listed(Object.entries(kinds).map(([kind, number]) => amount(number, kind)));
    const reference = order !== null ? ["order", order] : ["unit", units[0] ?? ""];
    return element(
      "tr",
      { "data-at": at },
      element(
        "th",
        { scope: "row" },
        element(
          "button",
          { type: "button", class: "when", title: "Show this time", click: () => state.change({ at }) },
          when,
        ),
      ),
      element("td", {}, opener(reference, { class: "what" }, what)),
      element("td", { class: "number" }, strength),
      element("td", {}, words(where)),
      element("td", { class: "basis" }, words(known)),
      element("td", {}, letters(names, grounds.sources)),
    );
  }
}
