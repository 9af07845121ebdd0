// The map: countries, circles for strength, symbols and names beside them, and arcs for moves, at the slider's time.
import { geoPath } from "d3-geo";
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { feature } from "topojson-client";
import { drawn, element, replace } from "./element.js";
import { amount, knownAs } from "./figure.js";
import { keepingFocus } from "./focus.js";
import { CLOSEST, destinations, framing, used } from "./geography.js";
import { elsewhere, key, sizes } from "./legend.js";
import { largest, shown } from "./marks.js";
import { Overlay } from "./overlay.js";

/** @import { GeoProjection } from "d3-geo" */
/** @import { ZoomTransform } from "d3-zoom" */
/** @import { Picture } from "./album.js" */
/** @import { Context } from "./page.js" */
/** @import { Box } from "./placement.js" */
/** @import { View } from "./state.js" */

/** The size that the map is drawn for on paper, in pixels. @type {[number, number]} */
const PAPER = [700, 380];
const NEAREST = 24;
const STEP = 1.6;
const PAN = 60;
/** @type {Record<string, [number, number]>} */
const KEYS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class WorldMap {
  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    this.#describe();
    this.#listen();
  }

  /** @type {Context} */ #context;
  #land = drawn("g", { class: "countries" });
  #svg = drawn("svg", { class: "world", role: "group", "aria-labelledby": "map-heading" });
  #frame = element("div", {
    class: "map-frame",
    tabindex: 0,
    role: "group",
    "aria-label": "Map. Arrow keys move it, plus and minus zoom, 0 shows all.",
  });
  #buttons = element("div");
  #legend = element("div", { class: "map-legend" });
  #overlay = new Overlay();
  #zoom = zoom();
  /** @type {ZoomTransform} */ #transform = zoomIdentity;
  /** @type {GeoProjection | null} */ #projection = null;
  /** @type {{ picture: Picture, view: View, kind: string } | null} */ #last = null;
  /** @type {[number, number]} */ #size = [0, 0];
  /** Whether it is close up on where forces go, as at first, and not as the reader has moved it. */
  #close = true;
  /** On paper the size is PAPER, whatever the frame's. */
  #printing = false;
  /** @type {Map<string, number>} */ #largest = new Map();

  get element() {
    const { source, viewpoint } = this.#context.world;
    if (!this.#drawn)
      return element(
        "figure",
        { class: "map" },
        element("p", {}, "No report says where on a map these places are."),
        this.#legend,
      );
    const note = element("p", { class: "map-source" }, `Map: ${source}. Azimuthal equal-area projection. ${viewpoint}`);
    return element("figure", { class: "map" }, this.#frame, this.#legend, element("figcaption", {}, note));
  }

  /** Whether there is anything that it could show. */
  get #drawn() {
    const { album, world, whole } = this.#context;
    return used(album, world, whole).length > 0;
  }

  /** @param {Picture} picture @param {View} view @param {string} kind */
  show(picture, view, kind) {
    this.#last = { picture, view, kind };
    this.#draw();
  }

  #describe() {
    this.#svg.append(this.#land, this.#overlay.element);
    this.#buttons = this.#controls();
    this.#frame.append(this.#svg, this.#buttons);
    const { topology } = this.#context.world;
    const countries = /** @type {any} */ (topology.objects["countries"]);
    const { features } = /** @type {GeoJSON.FeatureCollection} */ (
      /** @type {unknown} */ (feature(topology, countries))
    );
    this.#shapes = features.map((shape) => ({ shape, path: drawn("path", { "data-country": shape.id }) }));
    this.#land.append(this.#ground, ...this.#shapes.map(({ path }) => path));
  }

  /** @type {{ shape: GeoJSON.Feature, path: SVGPathElement }[]} */ #shapes = [];
  #ground = drawn("path", { class: "sea" });

  #controls() {
    const button = (/** @type {string} */ label, /** @type {string} */ text, /** @type {() => void} */ act) =>
      element("button", { type: "button", "aria-label": label, title: label, click: act }, text);
    return element(
      "div",
      { class: "map-controls", role: "toolbar", "aria-label": "Map view" },
      button("Zoom in", "+", () => this.#scaleBy(STEP)),
      button("Zoom out", "−", () => this.#scaleBy(1 / STEP)),
      button("Move left", "←", () => this.#panBy(1, 0)),
      button("Move right", "→", () => this.#panBy(-1, 0)),
      button("Move up", "↑", () => this.#panBy(0, 1)),
      button("Move down", "↓", () => this.#panBy(0, -1)),
      button("All places", "All", () => this.#frameAll()),
      button("Close-up of where they go", "Close-up", () => this.#frameDestinations()),
    );
  }

  #listen() {
    this.#zoom
      .scaleExtent([0.6, NEAREST])
      .filter((event) =>
        event.type === "wheel"
          ? event.ctrlKey || event.metaKey
          : event.touches
            ? event.touches.length > 1
            : !event.button,
      )
      .on("zoom", (event) => this.#moved(event.transform));
    select(/** @type {Element} */ (this.#svg))
      .call(this.#zoom)
      .on("dblclick.zoom", null);
    this.#frame.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#resize()).observe(this.#frame);
    addEventListener("beforeprint", () => {
      this.#printing = true;
      this.#fit(...PAPER);
    });
    addEventListener("afterprint", () => {
      this.#printing = false;
      this.#resize();
    });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.target !== this.#frame || event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = KEYS[event.key];
    if (pan !== undefined) this.#panBy(...pan);
    else if (event.key === "+" || event.key === "=") this.#scaleBy(STEP);
    else if (event.key === "-") this.#scaleBy(1 / STEP);
    else if (event.key === "0") this.#frameAll();
    else return;
    event.preventDefault();
  }

  /** Where the buttons are, which are not on paper. @returns {Box[]} */
  get #kept() {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = this.#buttons;
    return this.#printing ? [] : [{ x: offsetLeft, y: offsetTop, width: offsetWidth, height: offsetHeight }];
  }

  get #target() {
    return select(/** @type {Element} */ (this.#svg));
  }

  /** @param {number} factor */
  #scaleBy(factor) {
    this.#zoom.scaleBy(this.#target, factor);
  }

  /** @param {number} right @param {number} down */
  #panBy(right, down) {
    const { k } = this.#transform;
    this.#zoom.translateBy(this.#target, (right * PAN) / k, (down * PAN) / k);
  }

  #frameAll() {
    this.#zoom.transform(this.#target, zoomIdentity);
  }

  #frameDestinations() {
    const { album, world } = this.#context;
    const points = destinations(album, world, this.#last?.picture ?? this.#context.whole).flatMap((point) => {
      const at = this.#projection?.(point);
      return at ? [at] : [];
    });
    if (points.length === 0) return this.#frameAll();
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [width, height] = this.#size;
    const margin = 0.56;
    const nearest = Math.max(1, CLOSEST / (this.#projection?.scale() ?? CLOSEST));
    const k = Math.min(
      nearest,
      (width * margin) / Math.max(right - left, 1),
      (height * margin) / Math.max(bottom - top, 1),
    );
    const transform = zoomIdentity
      .translate(width / 2, height / 2)
      .scale(k)
      .translate(-(left + right) / 2, -(top + bottom) / 2);
    this.#zoom.transform(this.#target, transform);
    this.#close = true;
  }

  #resize() {
    const { width, height } = this.#frame.getBoundingClientRect();
    if (this.#printing || width === 0 || (width === this.#size[0] && height === this.#size[1])) return;
    this.#fit(width, height);
  }

  /**
   * Draws the map anew for a size, with the same part of the world in it.
   * @param {number} width
   * @param {number} height
   */
  #fit(width, height) {
    const [before, under] = this.#size;
    const { x, y, k } = this.#transform;
    this.#size = [width, height];
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#zoom
      .extent([
        [0, 0],
        [width, height],
      ])
      .translateExtent([
        [-width, -height],
        [2 * width, 2 * height],
      ]);
    this.#project();
    if (this.#close) this.#frameDestinations();
    else if (before === 0 || k === 1) this.#draw();
    else
      this.#zoom.transform(this.#target, zoomIdentity.translate((x * width) / before, (y * height) / under).scale(k));
  }

  #project() {
    const { album, world, whole } = this.#context;
    const [width, height] = this.#size;
    this.#projection = framing(
      used(album, world, whole),
      destinations(album, world, whole),
      width,
      height,
      Math.min(width, height) * 0.16,
    );
    const path = geoPath(this.#projection).digits(2);
    this.#ground.setAttribute("d", path({ type: "Sphere" }) ?? "");
    for (const { shape, path: land } of this.#shapes) land.setAttribute("d", path(shape) ?? "");
  }

  /** @param {ZoomTransform} transform */
  #moved(transform) {
    this.#transform = transform;
    this.#close = false;
    this.#land.setAttribute("transform", transform.toString());
    this.#draw();
  }

  #draw() {
    const projection = this.#projection;
    if (this.#last === null) return;
    const { album, world, names, sides, clock, whole } = this.#context;
    const { picture, view, kind } = this.#last;
    const now = shown(album, world, picture, view.at, kind);
    if (projection === null)
      return keepingFocus(this.#legend, () => replace(this.#legend, elsewhere(now, kind, this.#context, picture)));
    const held = new Set(now.marks.map(({ place }) => names.countryCode(place)));
    for (const { shape, path } of this.#shapes) path.classList.toggle("held", held.has(String(shape.id)));
    const most = this.#largest.get(kind) ?? largest(album, world, whole, kind);
    this.#largest.set(kind, most);
    const scale = sizes(this.#size[0], most);
    const at = (/** @type {[number, number]} */ point) => {
      const flat = projection(point);
      return flat ? this.#transform.apply(flat) : null;
    };
    keepingFocus(this.#svg, () =>
      this.#overlay.draw({ now, at, scale, size: this.#size, kept: this.#kept, kind, picture, names, sides }),
    );
    keepingFocus(this.#legend, () =>
      replace(
        this.#legend,
        ...key(this.#context, picture, kind, scale, most),
        elsewhere(now, kind, this.#context, picture),
      ),
    );
    this.#svg.setAttribute(
      "aria-description",
      `${clock.moment(view.at)}: ${now.marks.map((mark) => `${names.place(mark.place)} ${amount(mark.strength, kind)}, ${knownAs(mark.basis, mark.shares)}`).join("; ")}`,
    );
  }
}
