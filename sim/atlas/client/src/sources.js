// The sources: what was published where, with its address, and whom it relays.
import { element, replace, words } from "./element.js";
import { opener } from "./figure.js";
import { link } from "./link.js";
import { listed } from "./text.js";

/** @import { Source } from "./album.js" */
/** @import { Names } from "./names.js" */
/** @import { Context } from "./page.js" */

/** Every source that has a letter, in the letters' order. @param {Context} context */
export function sources({ album, names }) {
  const lettered = Object.entries(album.sources).filter(([, { letter }]) => letter !== null);
  const order = (/** @type {Source} */ { letter }) =>
    /^[A-Z]\d*$/.test(letter ?? "") ? Number(letter?.slice(1) || 1) * 100 + (letter ?? "A").charCodeAt(0) : 0;
  const list = element("ol", { class: "sources" });
  replace(
    list,
    ...lettered
      .sort(([, a], [, b]) => order(a) - order(b))
      .map(([id, source]) =>
        element(
          "li",
          {},
          opener(
            ["source", id],
            { class: "letter", "aria-label": `${source.letter}, ${source.outlet}` },
            source.letter,
          ),
          element("div", {}, ...citation(source, names)),
        ),
      ),
  );
  return list;
}

/** Outlet, title, date, links and whom it relays. @param {Source} source @param {Names} names */
export function citation({ outlet, title, published, url, archived, relays }, names) {
  const links = [link(url, url ?? ""), link(archived, "archived copy")].filter((each) => each !== null);
  return [
    element("strong", {}, words(outlet)),
    title !== null && ", ",
    title !== null && element("cite", {}, words(title)),
    published !== null && `, ${published}`,
    relays.length > 0 &&
      element("span", { class: "relays" }, `. Relays ${listed(relays.map((id) => names.outlet(id)))}.`),
    links.length === 0
      ? element("span", { class: "links" }, "No address is given.")
      : element("span", { class: "links" }, ...links),
  ];
}
