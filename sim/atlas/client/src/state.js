// What the reader looks at: the time, what was known, the kind on the map, the detail that is open. It lives in the
// address.
import { read, written } from "./reference.js";

/** @import { Album, Minute } from "./album.js" */
/** @import { Reference } from "./reference.js" */

/** `known` is a place in the album's `known`, and its last for all that was published. */
/** @typedef {{ at: Minute, known: number, kind: string | null, open: Reference | null }} View */

/** Browsers refuse too many addresses at once, as when the slider is dragged: it is written when the reader rests. */
const REST_MILLISECONDS = 150;
/** What the browser's history keeps of an address with an open panel that was opened from another. */
const PANEL = "panel";

export class State {
  /** @param {Album} album */
  constructor(album) {
    this.#album = album;
    this.view = this.#parsed();
    for (const event of ["popstate", "hashchange"]) addEventListener(event, () => this.#moved());
  }

  /** @type {Album} */ #album;
  #writing = 0;
  #wrote = -REST_MILLISECONDS;
  /** The address as it was last written or read. */
  #address = location.hash;
  /** Whether this page is on its way back from a panel that was closed. */
  #returning = false;
  /** @type {((view: View, before: View) => void)[]} */ #listeners = [];

  /** Calls back after every change. @param {(view: View, before: View) => void} listener */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Partial<View>} part */
  change(part) {
    const opening = this.view.open === null && (part.open ?? null) !== null;
    this.#set({ ...this.view, ...part });
    clearTimeout(this.#writing);
    if (opening && performance.now() - this.#wrote > REST_MILLISECONDS) this.#write();
    else this.#writing = setTimeout(() => this.#write(), REST_MILLISECONDS);
  }

  /** An open panel is a step of the browser's history, so that going back closes it. */
  #write() {
    this.#wrote = performance.now();
    const open = this.view.open !== null;
    if (this.#returning) return;
    if (!open && history.state === PANEL) {
      this.#returning = true;
      return history.back();
    }
    if (open && history.state !== PANEL) {
      this.#put(null, { ...this.view, open: null });
      history.pushState(PANEL, "", location.hash);
    }
    this.#put(history.state, this.view);
  }

  /** @param {string | null} state @param {View} view */
  #put(state, view) {
    this.#address = `#${this.#written(view)}`;
    history.replaceState(state, "", this.#address);
  }

  /** The reader went to another address, or this page went back by one. */
  #moved() {
    if (this.#returning) {
      this.#returning = false;
      return this.#write();
    }
    if (location.hash === this.#address) return;
    clearTimeout(this.#writing);
    this.#address = location.hash;
    this.#set(this.#parsed());
  }

  /** @param {View} view */
  #set(view) {
    const before = this.view;
    this.view = view;
    for (const listener of this.#listeners) listener(view, before);
  }

  /** @param {View} view */
  #written({ at, known, kind, open }) {
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
