// The bar of time: slider, play, the changes to either side, and the voice that says what changed.
import { drawn, element, replace } from "./element.js";
import { turnAt } from "./ledger.js";
import { amount } from "./figure.js";
import { listed } from "./text.js";

/** @import { Minute, Picture } from "./album.js" */
/** @import { Context } from "./page.js" */
/** @import { View } from "./state.js" */

/** A run lasts so long when played, whatever its days. */
const PLAY_SECONDS = 24;
/** Where motion is unwelcome, play goes from change to change at this pace. */
const STEP_MILLISECONDS = 1400;
const QUIET_MILLISECONDS = 250;
const TOLD = 3;

export class Scrubber {
  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    const { clock, state } = context;
    this.#slider = element("input", {
      type: "range",
      id: "time",
      min: 0,
      max: clock.end,
      step: 1,
      "aria-label": "Time",
      input: () => this.#go(Number(this.#slider.value)),
      keydown: (event) => this.#key(event),
    });
    this.#play = element("button", {
      type: "button",
      class: "play",
      click: () => (this.#playing ? this.#stop() : this.#start()),
    });
    this.#now = element("output", { class: "now", for: "time" });
    this.#voice = element("p", { class: "spoken", role: "status", "aria-live": "polite" });
    this.#ticks = element("div", { class: "ticks", "aria-hidden": "true" });
    this.#picture = context.whole;
    this.#label();
    addEventListener("pagehide", () => this.#stop());
    state.listen((view, before) => view.known !== before.known && this.#stop());
  }

  /** @type {Context} */ #context;
  /** @type {HTMLInputElement} */ #slider;
  /** @type {HTMLButtonElement} */ #play;
  /** @type {HTMLOutputElement} */ #now;
  /** @type {HTMLParagraphElement} */ #voice;
  /** @type {HTMLDivElement} */ #ticks;
  /** @type {Picture} */ #picture;
  /** @type {Minute | null} */ #told = null;
  #playing = 0;
  #quiet = 0;

  get element() {
    const step = (/** @type {string} */ label, /** @type {string} */ text, /** @type {() => Minute} */ to) =>
      element("button", { type: "button", "aria-label": label, title: label, click: () => this.#go(to()) }, text);
    return element(
      "div",
      { class: "scrubber", role: "group", "aria-label": "Time shown" },
      element(
        "div",
        { class: "scrubber-controls" },
        this.#play,
        step("Previous change", "‹", () => this.#before(this.#at)),
        step("Next change", "›", () => this.#after(this.#at)),
        this.#now,
      ),
      element("div", { class: "scrubber-track" }, this.#slider, this.#ticks),
      this.#voice,
    );
  }

  /** @param {Picture} picture @param {View} view */
  show(picture, view) {
    const { clock } = this.#context;
    if (picture !== this.#picture || this.#ticks.childElementCount === 0) this.#mark(picture);
    this.#picture = picture;
    this.#slider.value = String(view.at);
    this.#slider.setAttribute("aria-valuetext", clock.moment(view.at));
    replace(
      this.#now,
      element("strong", {}, clock.date(view.at)),
      " ",
      element("span", {}, clock.time(view.at)),
      this.#knownBy(view),
    );
    this.#tell(view.at);
  }

  /** That not all is known stays in sight. @param {View} view */
  #knownBy({ known }) {
    const choices = this.#context.album.known;
    return (
      known < choices.length - 1 && element("span", { class: "known-tag" }, `as known on ${choices[known]?.label}`)
    );
  }

  get #at() {
    return this.#context.state.view.at;
  }

  /** @param {Minute} minute */
  #go(minute) {
    const at = Math.min(Math.max(Math.round(minute), 0), this.#context.clock.end);
    if (at !== this.#at) this.#context.state.change({ at });
  }

  /** @param {Minute} minute */
  #after(minute) {
    return this.#picture.turns.find((turn) => turn > minute) ?? this.#context.clock.end;
  }

  /** @param {Minute} minute */
  #before(minute) {
    return this.#picture.turns.findLast((turn) => turn < minute) ?? 0;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { clock } = this.#context;
    /** @type {Record<string, () => Minute>} */
    const moves = {
      ArrowRight: () => this.#after(this.#at),
      ArrowUp: () => this.#after(this.#at),
      ArrowLeft: () => this.#before(this.#at),
      ArrowDown: () => this.#before(this.#at),
      PageUp: () => clock.dayAfter(this.#at),
      PageDown: () => clock.dayBefore(this.#at),
      Home: () => 0,
      End: () => clock.end,
    };
    const move = moves[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#go(move());
  }

  #start() {
    if (this.#at >= this.#context.clock.end) this.#go(0);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#playing = still ? setInterval(() => this.#step(), STEP_MILLISECONDS) : setInterval(this.#glide(), 50);
    this.#label();
  }

  #step() {
    this.#go(this.#after(this.#at));
    if (this.#at >= this.#context.clock.end) this.#stop();
  }

  #glide() {
    const [from, began, end] = [this.#at, performance.now(), this.#context.clock.end];
    return () => {
      this.#go(from + ((performance.now() - began) / 1000 / PLAY_SECONDS) * end);
      if (this.#at >= end) this.#stop();
    };
  }

  #stop() {
    clearInterval(this.#playing);
    this.#playing = 0;
    this.#label();
  }

  #label() {
    const shape = this.#playing ? "M3 2h3v10H3zM8 2h3v10H8z" : "M3.5 1.5v11l8.5-5.5z";
    replace(
      this.#play,
      drawn("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" }, drawn("path", { d: shape })),
      this.#playing ? "Pause" : "Play",
    );
  }

  /** Says the time and what happened since it was last said, once the slider rests. @param {Minute} minute */
  #tell(minute) {
    clearTimeout(this.#quiet);
    if (this.#told === null) this.#told = minute;
    if (this.#told === minute) return;
    this.#quiet = setTimeout(() => {
      this.#voice.textContent = `${this.#context.clock.moment(minute)}. ${this.#changes(this.#told ?? minute, minute)}`;
      this.#told = minute;
    }, QUIET_MILLISECONDS);
  }

  /** @param {Minute} from @param {Minute} to */
  #changes(from, to) {
    if (to < from) return "Back in time.";
    const happened = this.#picture.timeline.filter(({ at }) => at > from && at <= to);
    if (happened.length === 0) return "Nothing changed.";
    const said = happened
      .slice(-TOLD)
      .map(
        ({ what, kinds, where }) =>
          `${what} ${listed(Object.entries(kinds).map(([kind, strength]) => amount(strength, kind)))} ${where}`,
      );
    const more = happened.length - said.length;
    return `${said.join("; ")}${more > 0 ? `; and ${more} before that` : ""}.`;
  }

  /** The days under the slider, and a tick for each change. @param {Picture} picture */
  #mark(picture) {
    const { clock } = this.#context;
    const share = (/** @type {Minute} */ minute) => `${((100 * minute) / clock.end).toFixed(2)}%`;
    const ticks = picture.turns
      .slice(0, 2000)
      .map((turn) => drawn("path", { d: `M${((1000 * turn) / clock.end).toFixed(1)} 0v8` }));
    const every = Math.max(1, Math.ceil(clock.days.length / 7));
    const days = clock.days
      .filter((_, place) => place % every === 0 && place + every / 2 < clock.days.length)
      .map(([minute, label]) => {
        const day = element("span", {}, label);
        day.style.left = share(minute);
        return day;
      });
    replace(
      this.#ticks,
      drawn("svg", { viewBox: "0 0 1000 8", preserveAspectRatio: "none", height: 8 }, ...ticks),
      ...days,
    );
  }
}

/** Whether two minutes show the same. @param {Picture} picture @param {Minute} a @param {Minute} b */
export function sameTurn(picture, a, b) {
  return turnAt(picture, a) === turnAt(picture, b);
}
