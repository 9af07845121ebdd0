// How wide words are on the map.

const pen = document.createElement("canvas").getContext("2d");
const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/**
 * In pixels, with a little room for fonts that differ.
 * @param {string} text
 * @param {number} size
 * @param {number} weight
 */
export function width(text, size, weight) {
  if (pen === null) return text.length * size * 0.62;
  pen.font = `${weight} ${size}px ${FAMILY}`;
  return Math.ceil(pen.measureText(text).width) + 2;
}
