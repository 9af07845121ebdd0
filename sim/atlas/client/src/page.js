// The page: its parts in the order of a newspaper, and what each is given when the reader looks at another time or day.
import { Charts } from "./charts.js";
import { Claims } from "./claims.js";
import { Clock } from "./clock.js";
import { Detail } from "./detail.js";
import { element, replace, words } from "./element.js";
import { ensemble } from "./ensemble.js";
import { KnownChoice } from "./known.js";
import { Lead } from "./lead.js";
import { kindChoice } from "./kinds.js";
import { WorldMap } from "./map.js";
import { Method } from "./method.js";
import { Names } from "./names.js";
import { Posture } from "./posture.js";
import { sameTurn, Scrubber } from "./scrubber.js";
import { Sides } from "./sides.js";
import { sources } from "./sources.js";
import { State } from "./state.js";
import { Timeline } from "./timeline.js";
import { Units } from "./units.js";

/** @import { Album, Picture, World } from "./album.js" */
/** @import { Source } from "./source.js" */
/** @import { View } from "./state.js" */

/** What every part of the page may ask. `whole` is the picture of all that is known. */
/**
 * @typedef {{
 *   album: Album, world: World, whole: Picture, state: State, clock: Clock, names: Names, sides: Sides,
 * }} Context
 */

export class Page {
  /** @param {Source} source */
  constructor(source) {
    this.#source = source;
    const { album, world } = source;
    const whole = /** @type {Picture} */ (album.pictures[0]);
    this.#context = {
      album,
      world,
      whole,
      state: new State(album),
      clock: new Clock(album),
      names: new Names(album, world),
      sides: new Sides(whole),
    };
    this.#picture = whole;
    this.#known = new KnownChoice(this.#context);
    this.#scrubber = new Scrubber(this.#context);
    this.#map = new WorldMap(this.#context);
    this.#charts = new Charts(this.#context);
    this.#posture = new Posture(this.#context);
    this.#claims = new Claims(this.#context);
    this.#units = new Units(this.#context);
    this.#timeline = new Timeline(this.#context);
    this.#method = new Method(this.#context);
    this.#detail = new Detail(this.#context);
  }

  /** @type {Source} */ #source;
  /** @type {Context} */ #context;
  /** @type {Picture} */ #picture;
  /** @type {Picture | null} */ #shown = null;
  #lead = new Lead();
  /** @type {KnownChoice} */ #known;
  /** @type {Scrubber} */ #scrubber;
  /** @type {WorldMap} */ #map;
  /** @type {Charts} */ #charts;
  /** @type {Posture} */ #posture;
  /** @type {Claims} */ #claims;
  /** @type {Units} */ #units;
  /** @type {Timeline} */ #timeline;
  /** @type {Method} */ #method;
  /** @type {Detail} */ #detail;
  #kinds = element("div", { class: "kinds" });

  /** Builds the page in this element, and follows the reader from then on. @param {Element} root */
  async open(root) {
    const { state } = this.#context;
    replace(root, ...this.#parts());
    state.listen((view, before) => void this.#changed(view, before));
    document.addEventListener("click", (event) => this.#opened(event));
    document.addEventListener("keydown", (event) => this.#pressed(event));
    addEventListener("beforeprint", () => {
      for (const details of root.querySelectorAll("details")) details.open = true;
    });
    await this.#knownBy(state.view);
    this.#show(state.view);
    this.#detail.show(this.#picture, state.view);
    document.documentElement.dataset["ready"] = "true";
  }

  #parts() {
    const { album, clock } = this.#context;
    const section = (
      /** @type {string} */ id,
      /** @type {string} */ heading,
      /** @type {(Node | null)[]} */ ...parts
    ) =>
      element(
        "section",
        { "aria-labelledby": `${id}-heading` },
        element("h2", { id: `${id}-heading` }, heading),
        ...parts,
      );
    return [
      element(
        "header",
        { class: "head" },
        element("h1", {}, words(album.scenario.title)),
        element("p", { class: "dateline" }, `${clock.date(0)} to ${clock.date(clock.end)}, ${clock.zone} time`),
        this.#known.element,
      ),
      element(
        "main",
        {},
        element(
          "div",
          { class: "stage" },
          element(
            "div",
            { class: "front" },
            section("lead", "In short", this.#lead.element),
            section("map", "Where they are", this.#kinds, this.#map.element),
          ),
          this.#scrubber.element,
          section("charts", "Strength over time", this.#charts.element),
          section("posture", "Posture at this time", this.#posture.element),
        ),
        ensemble(this.#context),
        section("claims", "What sources claim", this.#claims.element),
        section("units", "Units", this.#units.element),
        section("timeline", "What happened", this.#timeline.element),
        section("sources", "Sources", sources(this.#context)),
        section("method", "How this was computed", this.#method.element),
      ),
      this.#detail.element,
    ];
  }

  /** @param {View} view @param {View} before */
  async #changed(view, before) {
    if (view.known !== before.known) await this.#knownBy(view);
    const { state } = this.#context;
    if (state.view !== view) return;
    if (view.known !== before.known || view.kind !== before.kind || !sameTurn(this.#picture, view.at, before.at))
      this.#show(view);
    else this.#move(view);
    this.#detail.show(this.#picture, view);
  }

  /** @param {View} view */
  async #knownBy(view) {
    const { known } = this.#context.album;
    this.#picture = await this.#source.picture(view.known === known.length - 1 ? 0 : view.known + 1);
  }

  /** Between two changes only clocks and cursors move. @param {View} view */
  #move(view) {
    this.#scrubber.show(this.#picture, view);
    this.#charts.show(this.#picture, view.at);
    this.#posture.show(this.#picture, view.at);
  }

  /** @param {View} view */
  #show(view) {
    const picture = this.#picture;
    const kinds = [...new Set(picture.totals.map(({ kind }) => kind))].sort(
      (a, b) => Number(b === "troops") - Number(a === "troops"),
    );
    const kind = view.kind !== null && kinds.includes(view.kind) ? view.kind : (kinds[0] ?? "troops");
    if (picture !== this.#shown) this.#turnTo(picture, view);
    if (this.#kinds.dataset["chosen"] !== `${kinds} ${kind}`) {
      replace(this.#kinds, kindChoice(this.#context, kinds, kind));
      this.#kinds.dataset["chosen"] = `${kinds} ${kind}`;
    }
    this.#map.show(picture, view, kind);
    this.#timeline.show(picture, view.at);
    this.#move(view);
  }

  /** What a picture says whatever the time. @param {Picture} picture @param {View} view */
  #turnTo(picture, view) {
    this.#shown = picture;
    this.#known.show(picture, view);
    this.#lead.show(picture);
    this.#claims.show(picture);
    this.#units.show(picture);
    this.#method.show(picture);
  }

  /** @param {Event} event */
  #opened(event) {
    const opener = event.target instanceof Element ? event.target.closest("[data-open]") : null;
    if (opener !== null) this.#context.state.change({ open: JSON.parse(opener.getAttribute("data-open") ?? "null") });
  }

  /** Buttons that are drawn or stand in a sentence open as others do. @param {KeyboardEvent} event */
  #pressed(event) {
    if (
      !(event.target instanceof Element) ||
      event.target.getAttribute("role") !== "button" ||
      (event.key !== "Enter" && event.key !== " ")
    )
      return;
    event.preventDefault();
    this.#opened(event);
  }
}
