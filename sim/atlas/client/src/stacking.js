// Tables that become cards on a narrow page: what they are is said outright, since browsers forget it of a table
// drawn as a grid.

/** @type {Record<string, string>} */
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };

/** The same table, fit to be stacked. @param {HTMLTableElement} table */
export function stacking(table) {
  table.classList.add("stacking");
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")])
    part.setAttribute("role", roleOf(part));
  return table;
}

/** @param {Element} part */
function roleOf(part) {
  return part.localName === "th"
    ? part.getAttribute("scope") === "row"
      ? "rowheader"
      : "columnheader"
    : (ROLES[part.localName] ?? "");
}
