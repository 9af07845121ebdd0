// Where the page has its data from: the blocks of JSON in its own file, or a server.
import { path } from "./explorer/address.js";
import { answer } from "./explorer/answer.js";
import { clean } from "./text.js";

/** @import { Album, Picture, World } from "./album.js" */

/** @typedef {{ album: Album, world: World, picture: (index: number) => Promise<Picture> }} Source */

/** The source of a page that carries all its data. @returns {Source} */
export function embedded() {
  /** @type {Album} */
  const album = parsed(block("album"));
  /** @type {Map<number, Promise<Picture>>} */
  const unpacked = new Map();
  const picture = (/** @type {number} */ index) => {
    const kept = unpacked.get(index) ?? unpack(index, album);
    unpacked.set(index, kept);
    return kept;
  };
  return { album, world: parsed(block("world")), picture };
}

/**
 * The source of a page whose data are a server's. Raises Refused.
 * @param {string} run
 * @param {(message: string) => void} waiting is told why there is no answer yet
 * @returns {Promise<Source>}
 */
export async function remote(run, waiting) {
  const [album, world] = await Promise.all([
    answer(path(run, "album.json"), waiting),
    answer("/assets/world.json", waiting),
  ]);
  /** @type {Map<number, Promise<Picture>>} */
  const asked = new Map([[0, Promise.resolve(album.pictures[0])]]);
  const picture = (/** @type {number} */ index) => {
    const kept = asked.get(index) ?? answer(path(run, `pictures/${index}.json`));
    asked.set(index, kept);
    return kept;
  };
  return { album, world, picture };
}

/** @param {number} index @param {Album} album @returns {Promise<Picture>} */
async function unpack(index, album) {
  const own = album.pictures[index];
  if (own !== undefined) return own;
  const packed = block(`picture-${index}`);
  return parsed(packed.type === "application/gzip" ? await inflated(packed.text) : packed);
}

/** @param {string} text */
async function inflated(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return { text: await new Response(stream).text() };
}

/** @param {string} id */
function block(id) {
  const script = document.getElementById(id);
  if (!(script instanceof HTMLScriptElement)) throw new Error(`The page has no block '${id}'.`);
  return script;
}

/** @param {{ text: string }} block */
function parsed({ text }) {
  return JSON.parse(text, (_, value) => (typeof value === "string" ? clean(value) : value));
}
