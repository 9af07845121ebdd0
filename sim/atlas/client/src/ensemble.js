// What many runs with drawn delays come to: when moves close, and between what bounds strength lies.
import { element, words } from "./element.js";
import { BASES } from "./figure.js";
import { count, plain } from "./text.js";

/** @import { Album } from "./album.js" */
/** @import { Clock } from "./clock.js" */
/** @import { Names } from "./names.js" */

/** Null where the page is of one run. @param {{ album: Album, clock: Clock, names: Names }} context */
export function ensemble({ album, clock, names }) {
  const many = album.ensemble;
  if (many === null) return null;
  const shares = [...new Set(many.closures.flatMap(({ quantiles }) => Object.keys(quantiles)))].sort(
    (a, b) => Number(a) - Number(b),
  );
  const when = (/** @type {number | null | undefined} */ minute) =>
    minute === null || minute === undefined ? "not by the end" : clock.moment(minute);
  return element(
    "section",
    { "aria-labelledby": "ensemble-heading" },
    element("h2", { id: "ensemble-heading" }, `In ${count(many.runs)} runs`),
    element(
      "p",
      {},
      `Delays were drawn anew in each of them, from seed ${many.seed}; what no report gives is ${BASES.assumed}.`,
    ),
    element(
      "div",
      { class: "wide" },
      element(
        "table",
        { class: "facts" },
        element("caption", {}, "When all of a move is in place: the share of runs in which it is by then."),
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            element("th", { scope: "col" }, "Move"),
            ...shares.map((share) => element("th", { scope: "col" }, `${share} %`)),
          ),
        ),
        element(
          "tbody",
          {},
          ...many.closures.map(({ order, quantiles }) =>
            element(
              "tr",
              {},
              element("th", { scope: "row" }, words(album.pictures[0]?.orders[order]?.words ?? order)),
              ...shares.map((share) => element("td", {}, when(quantiles[share]))),
            ),
          ),
        ),
      ),
    ),
    element(
      "div",
      { class: "wide" },
      element(
        "table",
        { class: "facts" },
        element("caption", {}, "Strength in nine of ten runs, and in the middle one."),
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            ...["When", "Place", "Readiness", "Low", "Middle", "High"].map((text) =>
              element("th", { scope: "col" }, text),
            ),
          ),
        ),
        element(
          "tbody",
          {},
          ...many.bands.map(({ at, place, readiness, kind, low, middle, high }) =>
            element(
              "tr",
              {},
              element("th", { scope: "row" }, clock.moment(at)),
              element("td", {}, words(names.place(place))),
              element("td", {}, `${plain(readiness)}, ${plain(kind)}`),
              ...[low, middle, high].map((strength) => element("td", { class: "number" }, count(strength))),
            ),
          ),
        ),
      ),
    ),
  );
}
