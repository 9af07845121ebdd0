// The page's sections, which fold where that saves a long way, and the list of them that leads there.
import { element } from "./element.js";

/** Pages up to this width begin with their long sections folded. */
const NARROW = "(max-width: 48rem)";

/**
 * A section under its heading.
 * @param {string} id
 * @param {string} title
 * @param {(Node | null)[]} parts
 */
export function heading(id, title, ...parts) {
  return element("section", { "aria-labelledby": `${id}-heading` }, titled(id, title), ...parts);
}

/**
 * The same with a heading that folds and unfolds it.
 * @param {string} id
 * @param {string} title
 * @param {Node} part
 */
export function section(id, title, part) {
  const open = !matchMedia(NARROW).matches;
  return element(
    "section",
    { "aria-labelledby": `${id}-heading` },
    element("details", { class: "fold", open }, element("summary", {}, titled(id, title)), part),
  );
}

/** Leads to each of these sections, and unfolds it. @param {Element[]} sections */
export function contents(sections) {
  const item = (/** @type {Element} */ section) => {
    const title = section.querySelector("h2");
    return element(
      "li",
      {},
      element("button", { type: "button", click: () => goTo(section) }, title?.textContent ?? ""),
    );
  };
  return element("nav", { class: "contents", "aria-label": "On this page" }, element("ul", {}, ...sections.map(item)));
}

/** @param {Element} section */
function goTo(section) {
  const details = section.querySelector("details.fold");
  if (details instanceof HTMLDetailsElement) details.open = true;
  const title = section.querySelector("h2");
  title?.scrollIntoView();
  title?.focus({ preventScroll: true });
}

/** @param {string} id @param {string} title */
function titled(id, title) {
  return element("h2", { id: `${id}-heading`, tabindex: -1 }, title);
}
