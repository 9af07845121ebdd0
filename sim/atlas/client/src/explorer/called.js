// What the things of a run are called: the names of its units, places and sources by their ids.
import { element, words } from "../element.js";
import { link } from "../link.js";
import { answer } from "./answer.js";
import { path } from "./address.js";

/** @typedef {"units" | "places" | "sources"} Noun */

/** How many names are asked for: of what has more, the rest is shown by its ids. */
const MOST = "1000";

export class Called {
  /** @type {Record<Noun, Map<string, string>>} */
  #names = { units: new Map(), places: new Map(), sources: new Map() };

  /** The outermost places of countries, by the codes of these. @type {Map<string, string>} */
  #countries = new Map();

  /** Where sources are to be read, by their ids. @type {Map<string, string>} */
  #addresses = new Map();

  /** @param {string} run @param {Noun[]} nouns */
  async learn(run, ...nouns) {
    await Promise.all(
      nouns.map(async (noun) => {
        const told = await answer(path(run, `${noun}.json`, { size: MOST }));
        for (const each of told[noun]) {
          this.#names[noun].set(each.id, each.name || each.outlet || each.id);
          if (each.country && each.within === null) this.#countries.set(each.country, each.name || each.id);
          if (each.url) this.#addresses.set(each.id, each.url);
        }
      }),
    );
    return this;
  }

  /** @param {string} id */
  unit(id) {
    return this.#names.units.get(id) ?? id;
  }

  /** @param {string | null} id */
  place(id) {
    return id === null || id === "unstated" ? "not stated" : (this.#names.places.get(id) ?? id);
  }

  /** @param {string} code */
  country(code) {
    return code === "unstated" ? "not stated" : (this.#countries.get(code) ?? code);
  }

  /** @param {string[]} ids */
  sources(ids) {
    return ids.map((id) => this.#names.sources.get(id) ?? id).join(", ");
  }

  /**
   * Sources by their names, each a link to what was published where it has an address; why there is none, else.
   * @param {string[]} ids
   * @param {string | null} because
   */
  cited(ids, because) {
    if (ids.length === 0) return words(because ?? "");
    const cite = (/** @type {string} */ id) =>
      link(this.#addresses.get(id) ?? null, this.sources([id])) ?? words(this.sources([id]));
    return element("span", {}, ...ids.flatMap((id, place) => (place === 0 ? [cite(id)] : [", ", cite(id)])));
  }

  /** The name of what a reader asked for by its id; that it is asked for by its id where nothing is. @param {Noun} noun @param {string | null} id */
  hint(noun, id) {
    return id ? (this.#names[noun].get(id) ?? "") : "its id: begin with a letter";
  }

  /** All names of one noun, for a reader to choose from. @param {Noun} noun */
  all(noun) {
    return [...this.#names[noun]];
  }
}
