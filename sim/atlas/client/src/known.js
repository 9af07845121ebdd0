// The choice of what was known: all that was published, or what had been by a certain day.
import { element, replace, words } from "./element.js";
import { capital, listed } from "./text.js";

/** @import { Picture } from "./album.js" */
/** @import { Context } from "./page.js" */
/** @import { View } from "./state.js" */

const NAMED = 4;
/** How the first line begins, which the banner has said already. */
const HEADED = /^As known on [^:]*: /;

export class KnownChoice {
  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    const { album, state } = context;
    const last = album.known.length - 1;
    const options = album.known.map(({ label }, place) =>
      element("option", { value: place }, place === last ? "all reports" : `on ${label}`),
    );
    this.#select = element(
      "select",
      { id: "known", change: () => state.change({ known: Number(this.#select.value) }) },
      ...options.reverse(),
    );
    this.#banner = element("div", { class: "banner", role: "status" });
    this.element = element(
      "div",
      { class: "known" },
      album.known.length > 1 &&
        element("p", { class: "known-choice" }, element("label", { for: "known" }, "As known:"), " ", this.#select),
      this.#note,
      this.#banner,
    );
  }

  /** @type {Context} */ #context;
  /** @type {HTMLSelectElement} */ #select;
  /** @type {HTMLDivElement} */ #banner;
  #note = element("p", { class: "known-note", role: "status" });

  /** What the reader chose, and what there is to say while it is not what is shown. @param {number} known @param {string} note */
  choose(known, note) {
    this.#select.value = String(known);
    this.#note.textContent = note;
  }

  /** @param {Picture} picture @param {View} view */
  show(picture, view) {
    const { album, names, state } = this.#context;
    const last = album.known.length - 1;
    const chosen = album.known[view.known];
    this.choose(view.known, "");
    this.#banner.hidden = view.known === last || chosen === undefined;
    document.documentElement.classList.toggle("as-known", !this.#banner.hidden);
    if (chosen === undefined || this.#banner.hidden) return replace(this.#banner);
    const outlets = [...new Set(chosen.published.map((id) => names.outlet(id)))];
    const more = outlets.length - NAMED;
    const shown = more > 0 ? [...outlets.slice(0, NAMED), `${more} more`] : outlets;
    replace(
      this.#banner,
      element(
        "p",
        {},
        element("strong", {}, `As known on ${chosen.label}`),
        ": only what had been published by then counts, in the sentences too. New that day: ",
        words(listed(shown)),
        ".",
      ),
      picture.as_known.length > 0 &&
        element(
          "ul",
          {},
          ...picture.as_known.map((line) => element("li", {}, words(capital(line.replace(HEADED, ""))))),
        ),
      element(
        "button",
        {
          type: "button",
          click: () => {
            state.change({ known: last });
            this.#select.focus();
          },
        },
        "Back to all reports",
      ),
    );
  }
}
