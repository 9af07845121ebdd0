// What the reader looks at: the time, what was known, the kind on the map, the detail that is open. It lives in the
// address.
import { read, written } from "./reference.js";

/** @import { Album, Minute } from "./album.js" */
/** @import { Reference } from "./reference.js" */

/** `known` is a place in the album's `known`, and its last for all that was published. */
/** @typedef {{ at: Minute, known: number, kind: string | null, open: Reference | null }} View */

/** Browsers refuse too many addresses at once, as when the slider is dragged: it is written when the reader rests. */
const REST_MILLISECONDS = 150;

export class State {
  /** @param {Album} album */
  constructor(album) {
    this.#album = album;
    this.view = this.#parsed();
    addEventListener("hashchange", () => this.#set(this.#parsed()));
  }

  /** @type {Album} */ #album;
  #writing = 0;
  /** @type {((view: View, before: View) => void)[]} */ #listeners = [];

  /** Calls back after every change. @param {(view: View, before: View) => void} listener */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Partial<View>} part */
  change(part) {
    this.#set({ ...this.view, ...part });
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => history.replaceState(null, "", `#${this.#written()}`), REST_MILLISECONDS);
  }

  /** @param {View} view */
  #set(view) {
    const before = this.view;
    this.view = view;
    for (const listener of this.#listeners) listener(view, before);
  }

  #written() {
    const { at, known, kind, open } = this.view;
    const minute = this.#album.known[known]?.at;
    const parts = [
      ["at", at],
      ["known", minute ?? null],
      ["kind", kind],
      ["open", open && written(open)],
    ];
    return parts
      .filter(([, value]) => value !== null)
      .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`)
      .join("&");
  }

  /** @returns {View} */
  #parsed() {
    const { known, scenario } = this.#album;
    const fields = new URLSearchParams(location.hash.slice(1));
    const at = whole(fields.get("at")) ?? scenario.end_minute;
    const minute = whole(fields.get("known"));
    const choice = minute === null ? -1 : known.findIndex((each) => each.at === minute);
    return {
      at: Math.min(Math.max(at, 0), scenario.end_minute),
      known: choice < 0 ? known.length - 1 : choice,
      kind: fields.get("kind"),
      open: read(fields.get("open") ?? ""),
    };
  }
}

/** @param {string | null} text */
function whole(text) {
  return text !== null && /^-?\d{1,9}$/.test(text) ? Number(text) : null;
}
