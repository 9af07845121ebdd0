// Where the page has its data from: the blocks of JSON in its own file, or a server.
import { path } from "./explorer/address.js";
import { answer } from "./explorer/answer.js";
import { parsed } from "./text.js";

/** @import { Album, Picture, World } from "./album.js" */

/** @typedef {{ album: Album, world: World, picture: (index: number) => Promise<Picture> }} Source */

/** The source of a page that carries all its data. @returns {Source} */
export function embedded() {
  /** @type {Album} */
  const album = parsed(block("album").text);
  return { album, world: parsed(block("world").text), picture: keeping((index) => unpack(index, album)) };
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
  const picture = async (/** @type {number} */ index) =>
    album.pictures[index] ?? (await answer(path(run, `pictures/${index}.json`)));
  return { album, world, picture: keeping(picture) };
}

/**
 * Keeps what was read; what failed is read anew when it is asked for again.
 * @param {(index: number) => Promise<Picture>} read
 */
function keeping(read) {
  /** @type {Map<number, Promise<Picture>>} */
  const kept = new Map();
  return (/** @type {number} */ index) => {
    const picture = kept.get(index) ?? read(index);
    kept.set(index, picture);
    picture.catch(() => kept.delete(index));
    return picture;
  };
}

/** @param {number} index @param {Album} album @returns {Promise<Picture>} */
async function unpack(index, album) {
  const own = album.pictures[index];
  if (own !== undefined) return own;
  const packed = block(`picture-${index}`);
  return parsed(packed.type === "application/gzip" ? await inflated(packed.text) : packed.text);
}

/** @param {string} text */
async function inflated(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return await new Response(stream).text();
}

/** @param {string} id */
function block(id) {
  const script = document.getElementById(id);
  if (!(script instanceof HTMLScriptElement)) throw new Error(`The page has no block '${id}'.`);
  return script;
}
