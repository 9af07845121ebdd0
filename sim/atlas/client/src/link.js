// Links to what was published elsewhere: http and https alone.
import { element } from "./element.js";

/**
 * A link, or null where the address is none that a reader could open safely.
 * @param {string | null} address
 * @param {string} label
 */
export function link(address, label) {
  const href = safe(address);
  return href === null
    ? null
    : element(
        "a",
        { href, target: framed(), rel: "noopener noreferrer external", referrerpolicy: "no-referrer" },
        label,
      );
}

/** Within a frame, other sites open beside it: many may not be framed. */
function framed() {
  return window.top === window ? null : "_blank";
}

/** @param {string | null} address */
function safe(address) {
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
