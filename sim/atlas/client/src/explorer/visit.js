// A visit: what every view of the explorer is given.

/** @import { Called } from "./called.js" */
/** @import { Moment } from "./moment.js" */

/**
 * `run` is the whole id of the run, `fetched` the answer beside this page's address, null where nothing was asked yet.
 * @typedef {{ run: string, query: URLSearchParams, fetched: any, called: Called, moment: Moment }} Visit
 */

export {};
