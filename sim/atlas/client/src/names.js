// What things are called: places, countries, sides, sources, and whatever a reference stands for.
import { capital, plain } from "./text.js";
import { IN_TRANSIT } from "./ledger.js";

/** @import { Album, CountryLine, World } from "./album.js" */

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

  /** The country of a line of the chart; the place where no country of it is known. @param {CountryLine} line */
  countryOf({ country, place, in_transit }) {
    const name = country === null ? this.place(place ?? "") : this.country(country);
    return in_transit ? `on the way to ${name}` : name;
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
}
