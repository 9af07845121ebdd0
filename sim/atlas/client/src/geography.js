// Where places lie on the map, and the projection that frames those in use.
import { geoAzimuthalEqualArea, geoCentroid, geoInterpolate } from "d3-geo";

/** @import { GeoPermissibleObjects, GeoProjection } from "d3-geo" */
/** @import { Album, Picture, World } from "./album.js" */

/**
 * `exact` is false where no report names more than the country.
 * @typedef {{ point: [number, number], exact: boolean }} Spot
 */

/** How far from its centre the map goes, in degrees: beyond the frame, and short of where shapes are all slant. */
const HORIZON = 150;
/** The closest that a frame comes of its own, in pixels per radian: about 2 km a pixel. */
export const CLOSEST = 3200;

/**
 * The place on the map; null for one of which neither spot nor country is known.
 * @param {Album} album
 * @param {World} world
 * @param {string} place
 * @returns {Spot | null}
 */
export function spot(album, world, place) {
  const known = album.places[place];
  if (known === undefined) return null;
  if (known.lat !== null && known.lon !== null) return { point: [known.lon, known.lat], exact: true };
  const centre = known.country === null ? undefined : world.centres[known.country];
  return centre === undefined ? null : { point: centre, exact: false };
}

/**
 * The spots where anything ever is or goes to.
 * @param {Album} album
 * @param {World} world
 * @param {Picture} picture
 * @returns {[number, number][]}
 */
export function used(album, world, picture) {
  return points(
    album,
    world,
    picture.lines.map(({ place }) => place),
  );
}

/**
 * The spots that units move to; empty where none moves.
 * @param {Album} album
 * @param {World} world
 * @param {Picture} picture
 * @returns {[number, number][]}
 */
export function destinations(album, world, picture) {
  return points(
    album,
    world,
    Object.values(picture.orders).flatMap(({ to }) => (to === null ? [] : [to])),
  );
}

/** @param {Album} album @param {World} world @param {string[]} places @returns {[number, number][]} */
function points(album, world, places) {
  const spots = [...new Set(places)].map((place) => spot(album, world, place));
  return spots.filter((each) => each !== null).map(({ point }) => point);
}

/**
 * An equal-area projection that shows all these points, upright where `middle` is.
 * @param {[number, number][]} shown
 * @param {[number, number][]} middle
 * @param {number} width
 * @param {number} height
 * @param {number} margin
 * @returns {GeoProjection}
 */
export function framing(shown, middle, width, height, margin) {
  /** @type {GeoPermissibleObjects} */
  const all = { type: "MultiPoint", coordinates: shown.length > 0 ? shown : [[10, 30]] };
  const [lon, lat] = geoCentroid(middle.length > 0 ? { type: "MultiPoint", coordinates: middle } : all);
  const projection = geoAzimuthalEqualArea().rotate([-lon, -lat]).clipAngle(HORIZON).precision(0.3);
  projection.fitExtent(
    [
      [margin, margin],
      [width - margin, height - margin],
    ],
    all,
  );
  if (Number.isFinite(projection.scale()) && projection.scale() <= CLOSEST && shown.length > 0) return projection;
  return projection.scale(shown.length > 0 ? CLOSEST : height / 3).translate([width / 2, height / 2]);
}

/**
 * Points of the great circle between two places, as many as asked.
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @param {number} count
 * @returns {[number, number][]}
 */
export function greatCircle(from, to, count) {
  const along = geoInterpolate(from, to);
  return Array.from({ length: count + 1 }, (_, step) => along(step / count));
}
