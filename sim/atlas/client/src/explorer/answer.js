// Answers of the server: fetched, waited for where a run is being read, and refused in its own words.
import { parsed } from "../text.js";

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
    const { response, told } = await asked(address);
    if (response.ok) return told;
    const { code, message, remedy, retry } = told.error;
    if (response.status !== 503 || retry === null) throw new Refused(message, remedy, code);
    waiting(message);
    await new Promise((resolve) => setTimeout(resolve, retry * 1000));
  }
  throw new Refused("There is no answer.", "Ask again later.", "busy");
}

/** What came back; a server that is not there, or something else that answers for it, counts as a refusal. @param {string} address */
async function asked(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    const told = parsed(await response.text());
    if (response.ok || told?.error) return { response, told };
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
  }
  throw new Refused("The explorer does not answer.", "Try again when it is back.", "unreachable");
}
