// Answers of the server: fetched, waited for where a run is being read, and refused in its own words.
import { clean } from "../text.js";

/** How often an answer that is not there yet is asked for again. */
const TRIES = 60;

export class Refused extends Error {
  /** @param {string} message @param {string | null} remedy @param {string} code */
  constructor(message, remedy, code) {
    super(message);
    this.remedy = remedy;
    this.code = code;
  }
}

/**
 * What is at an address, with all text made safe to show. Raises Refused.
 * @param {string} address
 * @param {(message: string) => void} [waiting] is told why there is no answer yet
 * @returns {Promise<any>}
 */
export async function answer(address, waiting = () => {}) {
  for (let tries = 0; tries < TRIES; tries++) {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    const told = JSON.parse(await response.text(), (_, value) => (typeof value === "string" ? clean(value) : value));
    if (response.ok) return told;
    const { code, message, remedy, retry } = told.error;
    if (response.status !== 503 || retry === null) throw new Refused(message, remedy, code);
    waiting(message);
    await new Promise((resolve) => setTimeout(resolve, retry * 1000));
  }
  throw new Refused("There is no answer.", "Ask again later.", "busy");
}
