// Greedy placement of labels: the strongest first, each where it covers no other label and no circle.

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** @typedef {{ x: number, y: number, r: number }} Disc */

const GAPS = [4, 20, 38, 60];
const MARGIN = 2;
/** Where a label may stand about its circle, best first: right, left, below, above, then between. */
const DIRECTIONS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [0.8, 0.7],
  [0.8, -0.7],
  [-0.8, 0.7],
  [-0.8, -0.7],
];

export class Placement {
  /** @param {number} width @param {number} height @param {Disc[]} discs and @param {Box[]} boxes that no label may cover */
  constructor(width, height, discs, boxes) {
    this.#frame = { x: 0, y: 0, width, height };
    this.#discs = discs;
    this.#boxes = [...boxes];
  }

  /** @type {Box} */ #frame;
  /** @type {Disc[]} */ #discs;
  /** @type {Box[]} */ #boxes;

  /**
   * The box for a label of this size beside a circle, or null where all are taken.
   * @param {Disc} disc
   * @param {number} width
   * @param {number} height
   */
  beside(disc, width, height) {
    const boxes = GAPS.flatMap((gap) => DIRECTIONS.map((direction) => about(disc, direction, gap, width, height)));
    return this.#taken(boxes.find((box) => this.#free(box) && this.#plain(disc, box)));
  }

  /** Whether a line from a circle to its label runs clear of all other circles. @param {Disc} from @param {Box} box */
  #plain(from, box) {
    const to = nearest(box, from);
    return !this.#discs.some((disc) => disc !== from && passes(from, to, disc));
  }

  /**
   * The box for a label of this size centred on the first free one of some points.
   * @param {[number, number][]} points
   * @param {number} width
   * @param {number} height
   */
  at(points, width, height) {
    const boxes = points.map(([x, y]) => ({ x: x - width / 2, y: y - height / 2, width, height }));
    return this.#taken(boxes.find((box) => this.#free(box)));
  }

  /** @param {Box | undefined} box @returns {Box | null} */
  #taken(box) {
    if (box !== undefined) this.#boxes.push(box);
    return box ?? null;
  }

  /** @param {Box} box */
  #free(box) {
    return (
      inside(box, this.#frame) &&
      !this.#boxes.some((other) => meet(box, other)) &&
      !this.#discs.some((disc) => covers(box, disc))
    );
  }
}

/**
 * @param {Disc} disc
 * @param {number[]} direction
 * @param {number} gap
 * @param {number} width
 * @param {number} height
 * @returns {Box}
 */
function about({ x, y, r }, [dx = 0, dy = 0], gap, width, height) {
  const [cx, cy] = [x + dx * (r + gap), y + dy * (r + gap)];
  const left = dx > 0 ? cx : dx < 0 ? cx - width : cx - width / 2;
  const top = Math.abs(dy) === 1 ? (dy > 0 ? cy : cy - height) : dy > 0 ? cy : dy < 0 ? cy - height : cy - height / 2;
  return { x: left, y: top, width, height };
}

/** @param {Box} box @param {Box} frame */
function inside(box, frame) {
  return (
    box.x >= frame.x &&
    box.y >= frame.y &&
    box.x + box.width <= frame.x + frame.width &&
    box.y + box.height <= frame.y + frame.height
  );
}

/** @param {Box} a @param {Box} b */
function meet(a, b) {
  return (
    a.x < b.x + b.width + MARGIN &&
    b.x < a.x + a.width + MARGIN &&
    a.y < b.y + b.height + MARGIN &&
    b.y < a.y + a.height + MARGIN
  );
}

/** @param {Box} box @param {Disc} disc */
function covers(box, disc) {
  const near = nearest(box, disc);
  return Math.hypot(near.x - disc.x, near.y - disc.y) < disc.r + MARGIN - 0.5;
}

/** The point of a box that is nearest to another. @param {Box} box @param {{ x: number, y: number }} point */
function nearest(box, { x, y }) {
  return {
    x: Math.max(box.x, Math.min(x, box.x + box.width)),
    y: Math.max(box.y, Math.min(y, box.y + box.height)),
  };
}

/**
 * Whether the line between two points comes near a disc that neither is in.
 * @param {{ x: number, y: number }} from
 * @param {{ x: number, y: number }} to
 * @param {Disc} disc
 */
function passes(from, to, { x, y, r }) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const long = dx * dx + dy * dy;
  if (long === 0 || Math.hypot(x - from.x, y - from.y) < r + MARGIN) return false;
  const share = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / long));
  return Math.hypot(x - from.x - share * dx, y - from.y - share * dy) < r + MARGIN;
}
