// Addresses of the explorer: which run and view one names, and what is asked of it.

/** @typedef {{ run: string | null, view: string, query: URLSearchParams }} Address */

const RUN = /^\/runs\/([^/]+)(?:\/([a-z]+))?$/;

/** The address of the page. @returns {Address} */
export function here() {
  const found = RUN.exec(location.pathname);
  return {
    run: found === null ? null : decodeURIComponent(found[1] ?? ""),
    view: found === null ? "runs" : (found[2] ?? "run"),
    query: new URLSearchParams(location.search),
  };
}

/**
 * The path of a view of a run, with what is asked of it; what is empty is left out.
 * @param {string} run
 * @param {string} view empty for the run itself
 * @param {Record<string, string | null>} asked
 */
export function path(run, view, asked = {}) {
  const given = Object.entries(asked).filter(([, value]) => value !== null && value !== "");
  const query = new URLSearchParams(/** @type {[string, string][]} */ (given)).toString();
  return `/runs/${encodeURIComponent(run)}${view && `/${view}`}${query && `?${query}`}`;
}

/** The JSON beside a page. @param {string} address */
export function beside(address) {
  const [path, query] = address.split("?");
  return `${path === "/" ? "/runs" : path}.json${query ? `?${query}` : ""}`;
}
