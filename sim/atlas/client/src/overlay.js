// What lies over the countries: arcs, circles, and the labels beside them.
import { arcDrawn, ends } from "./arcs.js";
import { drawn } from "./element.js";
import { amount, drawnOpener, knownAs } from "./figure.js";
import { label, tip } from "./labels.js";
import { Placement } from "./placement.js";
import { listed, plain } from "./text.js";

/** @import { Mark } from "./marks.js" */
/** @import { Circle, Scene } from "./scene.js" */

export class Overlay {
  #arcs = drawn("g", { class: "arcs" });
  #circles = drawn("g", { class: "circles" });
  #labels = drawn("g", { class: "labels" });
  #tip = drawn("g", { class: "tip", "aria-hidden": "true" });
  element = drawn("g", {}, this.#arcs, this.#circles, this.#labels, this.#tip);

  /** @param {Scene} scene */
  draw(scene) {
    const circles = located(scene);
    const placement = new Placement(...scene.size, circles, scene.kept);
    const labels = circles.map((circle) => label(scene, circle, placement));
    this.#tip.replaceChildren();
    this.#arcs.replaceChildren(
      ...scene.now.arcs.flatMap((arc) => arcDrawn(scene, arc, circles, placement)),
      ...ends(scene, circles, placement),
    );
    this.#circles.replaceChildren(
      ...circles.map((circle, place) => this.#circle(scene, circle, labels[place] === null)),
    );
    this.#labels.replaceChildren(...labels.filter((each) => each !== null));
  }

  /** @param {Scene} scene @param {Circle} circle @param {boolean} crowded */
  #circle(scene, circle, crowded) {
    const {
      mark: { side, place, exact },
      x,
      y,
      r,
    } = circle;
    const { kind, sides } = scene;
    const made = drawnOpener(
      ["place", side, kind, place],
      told(scene, circle.mark),
      { class: `mark ${sides.accent(side)}`, "data-place": place },
      drawn("circle", { class: "reach", cx: x, cy: y, r: Math.max(r, 12) }),
      exact ? null : drawn("circle", { class: "vague", cx: x, cy: y, r: r + 3.5 }),
      drawn("circle", { class: "strength", cx: x, cy: y, r }),
    );
    if (crowded) this.#tells(made, scene, circle);
    return made;
  }

  /**
   * Shows the label that found no room while its circle has the focus or the pointer.
   * @param {SVGElement} made
   * @param {Scene} scene
   * @param {Circle} circle
   */
  #tells(made, scene, circle) {
    const show = () => this.#tip.replaceChildren(tip(scene, circle));
    const hide = () => this.#tip.replaceChildren();
    for (const event of ["focus", "pointerenter"]) made.addEventListener(event, show);
    for (const event of ["blur", "pointerleave"]) made.addEventListener(event, hide);
  }
}

/** Circles in pixels; those at one spot stand side by side. @param {Scene} scene @returns {Circle[]} */
function located({ now, at, scale, size: [wide, high] }) {
  /** @type {Map<string, number>} */
  const taken = new Map();
  return now.marks.flatMap((mark) => {
    const point = at(mark.point);
    const r = scale(mark.strength);
    if (point === null || point[0] < -r || point[1] < -r || point[0] > wide + r || point[1] > high + r) return [];
    const used = taken.get(mark.point.join());
    taken.set(mark.point.join(), (used ?? -r) + 2 * r + 4);
    return [{ mark, x: point[0] + (used === undefined ? 0 : used + r + 4), y: point[1], r }];
  });
}

/** @param {Scene} scene @param {Mark} mark */
function told({ names, kind, picture }, { side, place, exact, strength, basis, shares, readinesses, units }) {
  const who = units.map(({ unit }) => picture.units[unit]?.name ?? unit);
  const where = exact ? names.place(place) : `${names.place(place)}, drawn at the country's centre`;
  return `${where}: ${amount(strength, kind)}, ${side}, ${listed(readinesses.map(plain))}, ${knownAs(basis, shares)}. ${listed(who.slice(0, 4))}`;
}
