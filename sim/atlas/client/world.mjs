// The map of the world: Natural Earth's countries by world-atlas, with Crimea moved to Ukraine, lighter, and by ISO
// code.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import countries from "i18n-iso-countries";
import { geoArea, geoCentroid, geoContains, geoDistance } from "d3-geo";
import { feature, mergeArcs, quantize } from "topojson-client";
import {
  filter,
  filterAttachedWeight,
  presimplify,
  quantile,
  simplify,
  sphericalTriangleArea,
} from "topojson-simplify";

const require = createRequire(import.meta.url);

/** Places that any map of Crimea must hold: Simferopol, Dzhankoi, Feodosia's hinterland. */
const CRIMEA = [
  [34.1, 44.95],
  [34.39, 45.71],
  [35.2, 45.15],
];
const KHERSON = [33.4, 46.6];
/** Countries without a number in ISO 3166 that scenarios may still name; the code is the one in general use. */
const UNNUMBERED = { Kosovo: "XK" };
/** The share of the outlines' points that stays; those that change the least go. */
const KEPT = 0.75;
const GRID = 40;

/**
 * The world as the page embeds it: topology, names and centres by ISO 3166 alpha-2 code, and how to print its
 * source.
 */
export function world() {
  const version = require("world-atlas/package.json").version;
  const atlas = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json"), "utf8"));
  moveCrimea(atlas);
  const topology = lighter(atlas);
  const shapes = feature(topology, topology.objects.countries).features;
  checkCrimea(shapes);
  return {
    topology,
    names: Object.fromEntries(shapes.filter((shape) => shape.id).map((shape) => [shape.id, shape.properties.name])),
    centres: Object.fromEntries(shapes.filter((shape) => shape.id).map((shape) => [shape.id, centre(shape)])),
    source: `Natural Earth 4.1, 1:50 million, by world-atlas ${version} (public domain), simplified`,
    viewpoint:
      "Crimea is shown as part of Ukraine (UN General Assembly resolution 68/262). Other boundaries are as Natural " +
      "Earth draws them, by who holds the ground; they are no statement on what is lawful. They are recent ones, " +
      "whatever the year of the scenario.",
  };
}

/**
 * Natural Earth 4.1 has Crimea with Russia: takes the polygon that holds Simferopol, and dissolves the line at
 * Perekop.
 */
function moveCrimea(atlas) {
  const geometries = atlas.objects.countries.geometries;
  const russia = geometries.find((geometry) => geometry.properties.name === "Russia");
  const ukraine = geometries.find((geometry) => geometry.properties.name === "Ukraine");
  const holds = (arcs) => geoContains(feature(atlas, { type: "Polygon", arcs }), CRIMEA[0]);
  const crimea = russia.arcs.filter(holds);
  if (crimea.length !== 1) throw new Error(`${crimea.length} polygons of Russia hold Simferopol, not 1`);
  russia.arcs = russia.arcs.filter((arcs) => !crimea.includes(arcs));
  const merged = mergeArcs(atlas, [ukraine, { type: "MultiPolygon", arcs: crimea }]);
  ukraine.type = merged.type;
  ukraine.arcs = merged.arcs;
}

function checkCrimea(shapes) {
  const holders = (point) =>
    shapes
      .filter((shape) => geoContains(shape, point))
      .map((shape) => shape.id)
      .join(" ");
  for (const point of [...CRIMEA, KHERSON])
    if (holders(point) !== "UA") throw new Error(`${point} lies in '${holders(point)}', not in Ukraine alone`);
}

/** Fewer points, islands of less than a pixel dropped, no Antarctica, ids as ISO codes. */
function lighter(atlas) {
  const weighed = presimplify(atlas, sphericalTriangleArea);
  const simple = simplify(weighed, quantile(weighed, KEPT));
  const kept = filter(simple, filterAttachedWeight(simple, 1e-9, sphericalTriangleArea));
  const geometries = kept.objects.countries.geometries.filter((geometry) => geometry.properties?.name !== "Antarctica");
  kept.objects = { countries: { type: "GeometryCollection", geometries: geometries.map(named) } };
  return quantize(filter(kept), 1e5);
}

function named({ type, arcs, id, properties }) {
  const code = countries.numericToAlpha2(id ?? "") ?? UNNUMBERED[properties.name];
  const name = (code && countries.getName(code, "en", { select: "alias" })) ?? properties.name;
  return code ? { type, arcs, id: code, properties: { name } } : { type, arcs, properties: { name } };
}

/**
 * The centre of a country's largest part; where that lies outside (Croatia's), the nearest point of a grid inside
 * it.
 */
function centre(shape) {
  const polygons = shape.geometry.type === "Polygon" ? [shape.geometry.coordinates] : shape.geometry.coordinates;
  const parts = polygons.map((coordinates) => ({ type: "Polygon", coordinates }));
  const main = parts.reduce((largest, part) => (geoArea(part) > geoArea(largest) ? part : largest));
  const middle = geoCentroid(main);
  const point = geoContains(main, middle) ? middle : nearest(middle, inside(main));
  return point.map((degrees) => Math.round(degrees * 100) / 100);
}

function inside(polygon) {
  const [lons, lats] = [0, 1].map((axis) => polygon.coordinates[0].map((point) => point[axis]));
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const cells = Array.from({ length: GRID * GRID }, (_, cell) => [
    west + ((east - west) * ((cell % GRID) + 0.5)) / GRID,
    south + ((north - south) * (Math.floor(cell / GRID) + 0.5)) / GRID,
  ]);
  return cells.filter((cell) => geoContains(polygon, cell));
}

function nearest(middle, points) {
  return points.reduce(
    (best, point) => (geoDistance(point, middle) < geoDistance(best, middle) ? point : best),
    points[0] ?? middle,
  );
}
