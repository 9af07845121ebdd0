// A scene: all that is needed to draw what lies over the countries at one moment.

/** @import { Picture } from "./album.js" */
/** @import { Mark, Shown } from "./marks.js" */
/** @import { Names } from "./names.js" */
/** @import { Box } from "./placement.js" */
/** @import { Sides } from "./sides.js" */

/**
 * Where a point of the earth is on the screen; null where it is not.
 * @typedef {(point: [number, number]) => [number, number] | null} At
 */

/**
 * `scale` gives the radius of a strength; `kept` are boxes that no label may cover.
 * @typedef {{
 *   now: Shown, at: At, scale: (strength: number) => number, size: [number, number], kept: Box[], kind: string,
 *   picture: Picture, names: Names, sides: Sides,
 * }} Scene
 */

/** A mark in pixels. @typedef {{ mark: Mark, x: number, y: number, r: number }} Circle */

export {};
