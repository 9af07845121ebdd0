// A chart of strength over time: areas on top of each other, and below, each on a scale of its own with its range.
import { ticks } from "d3-array";
import { drawn, element, replace, words } from "./element.js";
import { drawnOpener, figure, figureSpoken, opener, range } from "./figure.js";
import { keepingFocus } from "./focus.js";
import { held, turnAt } from "./ledger.js";
import { capital, count, listed } from "./text.js";

/** @import { Minute, Picture, Step, Total } from "./album.js" */
/** @import { Context } from "./page.js" */
/** @import { Reference } from "./reference.js" */

/** @typedef {{ name: string, reference: Reference, steps: Step[], moving: boolean }} Series */
/** @typedef {{ title: string, kind: string, accent: string, series: Series[], total: Total }} Content */

/** The width that a chart is drawn for on paper, in pixels. */
const PAPER = 320;
const HEIGHT = 200;
const MARGIN = { left: 46, right: 8, top: 8, bottom: 20 };
const SPARK = { width: 120, height: 34 };
const TONES = 6;
/** The share of the whole above which what never changes would bury the rest. */
const BURYING = 0.6;

export class Chart {
  /** @param {Context} context @param {Picture} picture @param {Content} content */
  constructor(context, picture, content) {
    this.#context = context;
    this.#picture = picture;
    this.#content = { ...content, series: ordered(content.series) };
    this.#stacked = stacked(this.#content);
    this.#minutes = [...picture.turns, context.clock.end];
    this.#rows = element("tbody");
    const heading = element("h3", {}, words(content.title));
    this.#plot = drawn("svg", {
      class: "plot",
      role: "group",
      "aria-label": `${content.title}, stacked over time`,
    });
    const head = element(
      "thead",
      { class: "spoken" },
      element(
        "tr",
        {},
        ...["", "Range over time", "At this time"].map((text) => element("th", { scope: "col" }, text || "Which")),
      ),
    );
    this.element = element(
      "figure",
      { class: `chart ${content.accent}` },
      heading,
      this.#left(),
      this.#plot,
      element("table", { class: "rows" }, head, this.#rows),
    );
    new ResizeObserver(() => this.resize()).observe(this.element);
  }

  /** @type {Context} */ #context;
  /** @type {Picture} */ #picture;
  /** @type {Content} */ #content;
  /** @type {Series[]} */ #stacked;
  /** @type {Minute[]} */ #minutes;
  /** @type {SVGSVGElement} */ #plot;
  /** @type {HTMLTableSectionElement} */ #rows;
  #cursor = drawn("path", { class: "cursor" });
  #width = 0;
  /** @type {number | null} */ #turn = null;

  /** @param {Minute} at */
  show(at) {
    this.#move(at);
    const turn = turnAt(this.#picture, at);
    if (turn === this.#turn) return;
    this.#turn = turn;
    keepingFocus(this.#rows, () =>
      replace(
        this.#rows,
        ...this.#content.series.map((each, place) => this.#row(each, place, at)).reverse(),
        this.#sum(at),
      ),
    );
  }

  /** Draws it for paper, whose width it cannot see. */
  print() {
    this.#fit(PAPER);
  }

  /** Which series the areas leave out; null where they have all. */
  #left() {
    const left = this.#content.series.filter((each) => !this.#stacked.includes(each));
    if (left.length === 0) return null;
    const named = left.map(({ name, steps }) => `${name} (${count(peak(steps))})`);
    return element(
      "p",
      { class: "chart-note" },
      words(capital(listed(named))),
      " never changes: it is in the list, and left out of the areas so that the rest can be seen.",
    );
  }

  /** Draws it for the width it has now. */
  resize() {
    const width = Math.round(this.element.getBoundingClientRect().width);
    if (width !== 0 && width !== this.#width) this.#fit(width);
  }

  /** @param {number} width */
  #fit(width) {
    this.#width = width;
    this.#plot.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    keepingFocus(this.element, () => this.#draw());
    this.#move(this.#context.state.view.at);
  }

  /** @param {Minute} minute */
  #x(minute) {
    return MARGIN.left + (minute / this.#context.clock.end) * (this.#width - MARGIN.left - MARGIN.right);
  }

  /** @param {Minute} at */
  #move(at) {
    if (this.#width > 0)
      this.#cursor.setAttribute("d", `M${this.#x(at).toFixed(1)} ${MARGIN.top}V${HEIGHT - MARGIN.bottom}`);
    for (const cursor of this.#rows.querySelectorAll(".cursor")) cursor.setAttribute("d", this.#sparkCursor(at));
  }

  /** @param {Minute} at */
  #sparkCursor(at) {
    return `M${((at / this.#context.clock.end) * SPARK.width).toFixed(1)} 0V${SPARK.height}`;
  }

  #draw() {
    const { total, series, kind } = this.#content;
    const whole = this.#stacked.length === series.length;
    const top = whole
      ? Math.max(1, ...total.steps.map(([, strength, , high]) => high ?? strength))
      : highest(this.#stacked, this.#picture.turns.length);
    const y = (/** @type {number} */ strength) =>
      HEIGHT - MARGIN.bottom - (strength / top) * (HEIGHT - MARGIN.top - MARGIN.bottom);
    const floor = new Array(this.#picture.turns.length).fill(0);
    const areas = this.#stacked.map((each) => {
      const heights = strengths(each.steps, floor.length);
      const roof = floor.map((value, turn) => value + (heights[turn] ?? 0));
      const path = this.#area(floor.map(y), roof.map(y));
      floor.splice(0, floor.length, ...roof);
      return this.#opening(each, kind, drawn("path", { class: tone(each, series.indexOf(each)), d: path }));
    });
    replace(this.#plot, ...this.#axes(top, y), ...areas, whole && this.#band(total, floor.length, y), this.#cursor);
  }

  /**
   * The range of all together, over the areas.
   * @param {Total} total
   * @param {number} turns
   * @param {(strength: number) => number} y
   */
  #band({ steps }, turns, y) {
    const [lows, highs] = [bounds(steps, turns, 2).map(y), bounds(steps, turns, 3).map(y)];
    return drawn("path", { class: "band", d: this.#area(lows, highs), "aria-hidden": "true" });
  }

  /**
   * A click goes to its minute and opens what is behind the area then; keys open it at the slider's.
   * @param {Series} series
   * @param {string} kind
   * @param {SVGElement} shape
   */
  #opening(series, kind, shape) {
    const made = drawnOpener(
      series.reference,
      `${series.name}: what is behind it at the time shown`,
      { class: "area", "data-kind": kind },
      shape,
    );
    made.addEventListener("click", (event) => {
      if (!(event instanceof MouseEvent) || event.detail === 0) return;
      const { left, width } = this.#plot.getBoundingClientRect();
      const x = ((event.clientX - left) / width) * this.#width;
      const share = (x - MARGIN.left) / (this.#width - MARGIN.left - MARGIN.right);
      const { clock, state } = this.#context;
      state.change({ at: Math.min(clock.end, Math.max(0, Math.round(share * clock.end))) });
    });
    return made;
  }

  /** @param {number} top @param {(strength: number) => number} y */
  #axes(top, y) {
    const days = this.#context.clock.days;
    const every = Math.max(1, Math.ceil((days.length * 52) / Math.max(this.#width - MARGIN.left, 52)));
    const levels = ticks(0, top, 4).filter((level) => Number.isInteger(level));
    return [
      ...levels.map((level) =>
        drawn(
          "g",
          { class: "level" },
          drawn("path", { d: `M${MARGIN.left} ${y(level).toFixed(1)}H${this.#width - MARGIN.right}` }),
          drawn("text", { x: MARGIN.left - 6, y: y(level) + 4, "text-anchor": "end" }, count(level)),
        ),
      ),
      ...days
        .filter((_, place) => place % every === 0)
        .filter(([minute]) => this.#x(minute) < this.#width - 34)
        .map(([minute, label]) => drawn("text", { class: "day", x: this.#x(minute), y: HEIGHT - 5 }, label)),
    ];
  }

  /** The outline of steps: along the roof and back along the floor. @param {number[]} floor @param {number[]} roof */
  #area(floor, roof) {
    const stairs = (/** @type {number[]} */ levels) =>
      levels.flatMap((level, turn) => [
        [this.#x(this.#minutes[turn] ?? 0), level],
        [this.#x(this.#minutes[turn + 1] ?? 0), level],
      ]);
    const outline = [...stairs(roof), ...stairs(floor).reverse()];
    return `M${outline.map(([x = 0, level = 0]) => `${x.toFixed(1)},${level.toFixed(1)}`).join("L")}Z`;
  }

  /** @param {Series} series @param {number} place @param {Minute} at */
  #row(series, place, at) {
    const { kind } = this.#content;
    const step = held(series.steps, turnAt(this.#picture, at));
    const swatch = drawn(
      "svg",
      { class: "swatch", width: 12, height: 12, "aria-hidden": "true" },
      drawn("rect", { width: 12, height: 12, class: tone(series, place) }),
    );
    return element(
      "tr",
      { class: step === null ? "nothing" : null },
      element("th", { scope: "row" }, swatch, words(series.name)),
      element("td", { class: "spark-cell" }, this.#spark(series, at)),
      element(
        "td",
        { class: "number" },
        step === null ? "0" : figure(series.reference, step, kind, this.#picture, series.name),
        step !== null && element("span", { class: "range" }, range(step[1], step[2], step[3])),
      ),
    );
  }

  /** @param {Minute} at */
  #sum(at) {
    const { total, kind } = this.#content;
    const step = held(total.steps, turnAt(this.#picture, at));
    return element(
      "tr",
      { class: "sum" },
      element("th", { scope: "row", colspan: 2 }, "All"),
      element(
        "td",
        { class: "number" },
        step !== null && figure(["total", total.side, kind], step, kind, this.#picture, "all of it"),
        step !== null && element("span", { class: "range" }, range(step[1], step[2], step[3])),
      ),
    );
  }

  /** One series on its own scale, with its range. @param {Series} series @param {Minute} at */
  #spark(series, at) {
    const { clock } = this.#context;
    const { width, height } = SPARK;
    const turns = this.#picture.turns.length;
    const [middle, lows, highs] = [
      strengths(series.steps, turns),
      bounds(series.steps, turns, 2),
      bounds(series.steps, turns, 3),
    ];
    const top = Math.max(1, ...highs);
    const x = (/** @type {Minute} */ minute) => ((minute / clock.end) * width).toFixed(1);
    const y = (/** @type {number} */ strength) => (height - 2 - (strength / top) * (height - 4)).toFixed(1);
    const stairs = (/** @type {number[]} */ levels) =>
      levels.flatMap((level, turn) => [
        `${x(this.#minutes[turn] ?? 0)},${y(level)}`,
        `${x(this.#minutes[turn + 1] ?? 0)},${y(level)}`,
      ]);
    const now = held(series.steps, turnAt(this.#picture, at));
    const says =
      now === null ? `${series.name}: none at this time` : `${series.name}: ${figureSpoken(now, this.#content.kind)}`;
    return opener(
      series.reference,
      { class: "spark", "aria-label": `${says}. What is behind it` },
      drawn(
        "svg",
        { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
        drawn("path", {
          class: "spark-band",
          d: `M${[...stairs(highs), ...stairs(lows).reverse()].join("L")}Z`,
        }),
        drawn("path", { class: "spark-line", d: `M${stairs(middle).join("L")}` }),
        drawn("path", { class: "cursor", d: this.#sparkCursor(at) }),
      ),
    );
  }
}

/** What never changes lies at the bottom, the largest first; what changes stands on it. @param {Series[]} series */
function ordered(series) {
  return [...series].sort((a, b) => Number(still(b)) - Number(still(a)) || peak(b.steps) - peak(a.steps));
}

/**
 * What the areas show: all, or only what changes where the rest would bury it.
 * @param {Content} content
 * @returns {Series[]}
 */
function stacked({ series, total }) {
  const changing = series.filter((each) => !still(each));
  const buried = series.filter(still).reduce((sum, { steps }) => sum + peak(steps), 0);
  return changing.length > 0 && buried > BURYING * peak(total.steps) ? changing : series;
}

/** @param {Series} series */
function still({ steps }) {
  return steps[0]?.[0] === 0 && new Set(steps.map(([, strength]) => strength)).size === 1;
}

/** @param {Step[]} steps */
function peak(steps) {
  return steps.reduce((most, [, strength]) => Math.max(most, strength), 0);
}

/** The highest that these come to together. @param {Series[]} series @param {number} turns */
function highest(series, turns) {
  const sums = new Array(turns).fill(0);
  for (const { steps } of series) strengths(steps, turns).forEach((strength, turn) => (sums[turn] += strength));
  return Math.max(1, ...sums);
}

/** @param {Series} series @param {number} place */
function tone(series, place) {
  return `tone-${place % TONES}${series.moving ? " moving" : ""}`;
}

/** The strength at each turn. @param {Step[]} steps @param {number} turns */
function strengths(steps, turns) {
  return bounds(steps, turns, 1);
}

/**
 * One bound at each turn; where it is open, the strength.
 * @param {Step[]} steps
 * @param {number} turns
 * @param {1 | 2 | 3} which
 */
function bounds(steps, turns, which) {
  const levels = new Array(turns).fill(0);
  for (const step of steps) levels.fill(step[which] ?? step[1], step[0]);
  return levels;
}
