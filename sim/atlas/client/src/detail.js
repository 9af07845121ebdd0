// The panel that opens from any figure, symbol, bar or claim: what is behind it. Its reference stands in the address.
import { element, replace, words } from "./element.js";
import { behindFigure, isFigure } from "./particulars.js";
import { written } from "./reference.js";
import { aboutThing } from "./things.js";

/** @import { Picture } from "./album.js" */
/** @import { Context } from "./page.js" */
/** @import { Reference } from "./reference.js" */
/** @import { View } from "./state.js" */

/**
 * What the panel says of one thing.
 * @typedef {{ title: string, content: import("./element.js").Child[] }} Particulars
 */

export class Detail {
  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    this.#heading = element("h2", { id: "detail-heading", tabindex: -1 });
    this.#content = element("div", { class: "detail-content" });
    this.#back = element("button", { type: "button", class: "back", click: () => this.#return() }, "Back");
    const close = element(
      "button",
      { type: "button", class: "close", "aria-label": "Close", click: () => this.#leave() },
      "×",
    );
    this.element = element(
      "dialog",
      {
        class: "detail",
        "aria-labelledby": "detail-heading",
        cancel: (event) => this.#cancelled(event),
        close: () => this.#closed(),
        click: (event) => this.#outside(event),
      },
      element(
        "div",
        { class: "detail-body" },
        element("div", { class: "detail-bar" }, this.#back, close),
        this.#heading,
        this.#content,
      ),
    );
  }

  /** @type {Context} */ #context;
  /** @type {HTMLHeadingElement} */ #heading;
  /** @type {HTMLDivElement} */ #content;
  /** @type {HTMLButtonElement} */ #back;
  /** @type {Reference[]} */ #path = [];
  /** @type {Element | null} */ #from = null;

  /** @param {Picture} picture @param {View} view */
  show(picture, { at, open }) {
    const particulars = open === null ? null : this.#particulars(picture, at, open);
    if (open === null || particulars === null) return this.#fold();
    const last = this.#path[this.#path.length - 1];
    const turned = last === undefined || written(last) !== written(open);
    if (turned) this.#path.push(open);
    this.#back.hidden = this.#path.length < 2;
    replace(this.#heading, words(particulars.title));
    replace(this.#content, ...particulars.content);
    if (!this.element.open) this.#unfold();
    if (turned) this.#heading.focus();
  }

  /** @param {Picture} picture @param {number} at @param {Reference} open @returns {Particulars | null} */
  #particulars(picture, at, open) {
    return isFigure(open)
      ? behindFigure(this.#context, picture, at, open)
      : aboutThing(this.#context, picture, at, open);
  }

  #unfold() {
    this.#from = document.activeElement;
    this.element.showModal();
  }

  #return() {
    this.#path.pop();
    const open = this.#path.pop() ?? null;
    this.#context.state.change({ open });
  }

  /** @param {MouseEvent} event */
  #outside(event) {
    if (event.target === this.element) this.#leave();
  }

  /** @param {Event} event */
  #cancelled(event) {
    event.preventDefault();
    this.#leave();
  }

  /** A browser may close it of its own, however it is asked. */
  #closed() {
    if (!this.element.open && this.#context.state.view.open !== null) this.#leave();
  }

  #leave() {
    this.#context.state.change({ open: null });
  }

  /** The focus goes back to what opened the panel, or to what stands for the same thing now. */
  #fold() {
    const [first] = this.#path;
    this.#path = [];
    if (!this.element.open) return;
    this.element.close();
    const same =
      first === undefined
        ? null
        : [...document.querySelectorAll("[data-open]")].find(
            (each) => each.getAttribute("data-open") === JSON.stringify(first),
          );
    const target = this.#from?.isConnected && this.#from !== document.body ? this.#from : same;
    if (target instanceof HTMLElement || target instanceof SVGElement) target.focus({ preventScroll: true });
  }
}
