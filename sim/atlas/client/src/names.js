// What things are called: places, countries, sides, sources, and whatever a reference stands for.
import { capital, listed, plain } from "./text.js";
import { IN_TRANSIT } from "./ledger.js";

/** @import { Album, CountryLine, Picture, World } from "./album.js" */

export class Names {
  /** @param {Album} album @param {World} world */
  constructor(album, world) {
    this.album = album;
    this.world = world;
  }

  /** @param {string} id */
  place(id) {
    return this.album.places[id]?.name ?? "not stated";
  }

  /** @param {string} code */
  country(code) {
    const named = this.album.countries[code];
    return (named === code ? undefined : named) ?? this.world.names[code] ?? code;
  }

  /**
   * The country of a line of the chart; places without one by their own names.
   * @param {CountryLine} line
   * @param {Picture} picture
   */
  countryOf(line, picture) {
    if (line.country !== null) return this.#onTheWay(line.in_transit, this.country(line.country));
    const places = picture.lines.filter(
      ({ side, kind, place, readiness }) =>
        side === line.side &&
        kind === line.kind &&
        (readiness === IN_TRANSIT) === line.in_transit &&
        this.countryCode(place) === null,
    );
    return this.#onTheWay(
      line.in_transit,
      listed([...new Set(places.map(({ place }) => this.place(place)))]) || "no country stated",
    );
  }

  /** @param {string} place */
  countryCode(place) {
    return this.album.places[place]?.country ?? null;
  }

  /** "on the way to Poland", "Poland, deployed" @param {string} place @param {string} readiness */
  account(place, readiness) {
    return readiness === IN_TRANSIT
      ? `on the way to ${this.place(place)}`
      : `${this.place(place)}, ${plain(readiness)}`;
  }

  /** "A", or the id where a source has no letter. @param {string} id */
  letter(id) {
    return this.album.sources[id]?.letter ?? id;
  }

  /** @param {string} id */
  outlet(id) {
    return this.album.sources[id]?.outlet ?? id;
  }

  /** "US troops" @param {string} side @param {string} kind */
  force(side, kind) {
    return `${capital(side)} ${plain(kind)}`;
  }

  /** @param {boolean} moving @param {string} name */
  #onTheWay(moving, name) {
    return moving ? `on the way to ${name}` : name;
  }
}
