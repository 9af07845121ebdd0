// The page: its parts in the order of a newspaper, and what each is given when the reader looks at another time or day.
import { Charts } from "./charts.js";
import { Claims } from "./claims.js";
import { contents, heading, section } from "./contents.js";
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
    this.#turned = album.known.length - 1;
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
  /** The choice of what was known that the picture is of: the reader's, once that has come. */
  #turned = 0;
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
  /** What no figure says; above all of them. */
  #only = element("p", { class: "only" });

  /** Builds the page in this element, and follows the reader from then on. @param {Element} root */
  async open(root) {
    const { state } = this.#context;
    replace(root, ...this.#parts());
    state.listen((view, before) => this.#changed(view, before));
    document.addEventListener("click", (event) => this.#opened(event));
    document.addEventListener("keydown", (event) => this.#pressed(event));
    addEventListener("beforeprint", () => {
      for (const details of root.querySelectorAll("details")) details.open = true;
    });
    await this.#turn();
    this.#draw();
    document.documentElement.dataset["ready"] = "true";
  }

  #parts() {
    const { album, clock } = this.#context;
    const many = ensemble(this.#context);
    const folding = [
      section("claims", "What sources claim", this.#claims.element),
      section("units", "Units", this.#units.element),
      section("timeline", "What happened", this.#timeline.element),
      section("sources", "Sources", sources(this.#context)),
      section("method", "How this was computed", this.#method.element),
    ];
    const charts = heading("charts", "Strength over time", this.#charts.element);
    const posture = heading("posture", "Posture at this time", this.#posture.element);
    return [
      element(
        "header",
        { class: "head" },
        element("h1", {}, words(album.scenario.title)),
        element("p", { class: "dateline" }, `${clock.date(0)} to ${clock.date(clock.end)}, ${clock.zone} time`),
        this.#known.element,
        this.#only,
      ),
      contents([charts, posture, ...(many === null ? [] : [many]), ...folding]),
      element(
        "main",
        {},
        element(
          "div",
          { class: "stage" },
          element(
            "div",
            { class: "front" },
            heading("lead", "In short", this.#lead.element),
            heading("map", "Where they are", this.#kinds, this.#map.element),
          ),
          this.#scrubber.element,
          charts,
          posture,
        ),
        many,
        ...folding,
      ),
      this.#detail.element,
    ];
  }

  /** What is shown: as the reader chose, but of the picture that is there. @returns {View} */
  get #view() {
    return { ...this.#context.state.view, known: this.#turned };
  }

  /** @param {View} view @param {View} before */
  #changed(view, before) {
    if (view.known !== before.known) void this.#turn();
    if (view.kind !== before.kind || !sameTurn(this.#picture, view.at, before.at)) this.#show(this.#view);
    else this.#move(this.#view);
    this.#detail.show(this.#picture, this.#view);
  }

  /** Turns to the picture that the reader chose, unless another has been chosen when it comes. */
  async #turn() {
    const { state, album } = this.#context;
    const { known } = state.view;
    this.#known.choose(known, known === this.#turned ? "" : `Reading what was known on ${album.known[known]?.label} …`);
    if (known === this.#turned) return;
    const picture = await this.#source.picture(known === album.known.length - 1 ? 0 : known + 1).catch(() => null);
    if (state.view.known !== known) return;
    if (picture === null) {
      state.change({ known: this.#turned });
      return this.#known.choose(
        this.#turned,
        `What was known on ${album.known[known]?.label} could not be read. Choose it again to try once more.`,
      );
    }
    [this.#picture, this.#turned] = [picture, known];
    this.#draw();
  }

  #draw() {
    this.#show(this.#view);
    this.#detail.show(this.#picture, this.#view);
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
    replace(this.#only, words(picture.only));
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
