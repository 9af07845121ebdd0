// The sentences that begin the page.
import { element, replace, words } from "./element.js";
import { linked } from "./figure.js";

/** @import { Linked, Picture, Segment } from "./album.js" */

const NOUNS = /** @type {const} */ (["claim", "place", "unit", "order", "source"]);

export class Lead {
  element = element("div", { class: "lead" });

  /** @param {Picture} picture */
  show(picture) {
    const told = picture.sentences.filter((sentence) => sentence.length > 0);
    replace(this.element, ...told.map((sentence) => element("p", {}, ...sentence.map(segment))));
  }
}

/** @param {Segment} segment */
function segment(segment) {
  if (typeof segment === "string") return segment;
  const noun = NOUNS.find((each) => /** @type {Linked} */ (segment)[each] !== undefined);
  return noun === undefined ? words(segment.text) : linked([noun, segment[noun] ?? ""], words(segment.text));
}
