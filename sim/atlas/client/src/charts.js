// Strength over time, by place and by readiness, for each side and kind.
import { Chart } from "./chart.js";
import { element, replace } from "./element.js";
import { IN_TRANSIT } from "./ledger.js";
import { plain } from "./text.js";

/** @import { Minute, Picture } from "./album.js" */
/** @import { Context } from "./page.js" */
/** @import { Content } from "./chart.js" */

export class Charts {
  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    addEventListener("beforeprint", () => this.#charts.forEach((chart) => chart.print()));
    addEventListener("afterprint", () => this.#charts.forEach((chart) => chart.resize()));
  }

  /** @type {Context} */ #context;
  /** @type {Picture | null} */ #picture = null;
  /** @type {Chart[]} */ #charts = [];
  element = element("div", { class: "charts" });

  /** @param {Picture} picture @param {Minute} at */
  show(picture, at) {
    if (picture !== this.#picture) this.#build(picture);
    this.#picture = picture;
    for (const chart of this.#charts) chart.show(at);
  }

  /** @param {Picture} picture */
  #build(picture) {
    const contents = this.#context.sides
      .ordered(picture)
      .flatMap((total) => [this.#places(picture, total), this.#readinesses(picture, total)]);
    this.#charts = contents.map((content) => new Chart(this.#context, picture, content));
    replace(this.element, ...this.#charts.map((chart) => chart.element));
  }

  /** @param {Picture} picture @param {import("./album.js").Total} total @returns {Content} */
  #places(picture, total) {
    const { names } = this.#context;
    const { side, kind } = total;
    const series = picture.countries
      .filter((line) => line.side === side && line.kind === kind)
      .map((line) => ({
        name: names.countryOf(line),
        reference: [
          "country",
          side,
          kind,
          line.country ?? "",
          line.in_transit ? "moving" : "standing",
          line.place ?? "",
        ],
        steps: line.steps,
        moving: line.in_transit,
      }));
    return this.#content(total, "by place", series);
  }

  /** @param {Picture} picture @param {import("./album.js").Total} total @returns {Content} */
  #readinesses(picture, total) {
    const { side, kind } = total;
    const series = picture.readinesses
      .filter((line) => line.side === side && line.kind === kind)
      .map((line) => ({
        name: plain(line.readiness),
        reference: ["readiness", side, kind, line.readiness],
        steps: line.steps,
        moving: line.readiness === IN_TRANSIT,
      }));
    return this.#content(total, "by readiness", series);
  }

  /**
   * @param {import("./album.js").Total} total
   * @param {string} by
   * @param {import("./chart.js").Series[]} series
   * @returns {Content}
   */
  #content(total, by, series) {
    const { names, sides } = this.#context;
    return {
      title: `${names.force(total.side, total.kind)} ${by}`,
      kind: total.kind,
      accent: sides.accent(total.side),
      series,
      total,
    };
  }
}
