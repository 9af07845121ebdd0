// The choice of the kind of force that the map shows: kinds are never added up.
import { element, words } from "./element.js";

/** @import { Context } from "./page.js" */

/**
 * The choice of kind on the map; null where there is but one.
 * @param {Context} context
 * @param {string[]} kinds
 * @param {string} chosen
 */
export function kindChoice(context, kinds, chosen) {
  if (kinds.length < 2) return null;
  const option = (/** @type {string} */ kind) => {
    const radio = element("input", {
      type: "radio",
      name: "kind",
      value: kind,
      checked: kind === chosen,
      change: () => context.state.change({ kind }),
    });
    return element("label", {}, radio, words(kind));
  };
  return element(
    "fieldset",
    { class: "segmented" },
    element("legend", { class: "spoken" }, "Kind of force on the map"),
    ...kinds.map(option),
  );
}
