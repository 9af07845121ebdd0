// Sources as their letters, each of which opens the source.
import { element, spoken } from "./element.js";
import { opener } from "./figure.js";

/** @import { Names } from "./names.js" */

/** @param {Names} names @param {string[]} sources */
export function letters(names, sources) {
  return element(
    "span",
    { class: "letters" },
    ...sources.map((id) =>
      opener(
        ["source", id],
        { class: "letter", title: names.outlet(id) },
        names.letter(id),
        spoken(`, ${names.outlet(id)}`),
      ),
    ),
  );
}
