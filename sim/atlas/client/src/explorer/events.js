// Events in a reader's words.
import { plain } from "../text.js";

/** @type {Record<string, string>} */
const WORDS = {
  "unit-mustered": "is there from the start",
  "unit-departed": "leaves",
  "unit-arrived": "arrives",
  "readiness-changed": "changes readiness",
  "order-issued": "is ordered",
  "order-refused": "cannot be done as ordered",
  "unit-closed": "all have arrived",
  "load-waited": "waits",
  "load-ready": "is ready to leave",
};

/** @param {string} tag */
export function told(tag) {
  return WORDS[tag] ?? plain(tag);
}
