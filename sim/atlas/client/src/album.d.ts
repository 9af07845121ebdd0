// The album's JSON, as sim/atlas/form.py writes it. Minutes count from the scenario's start; text is untrusted.

export type Minute = number;
export type Basis = "observed" | "announced" | "assumed";
export type Verdict = "holds" | "compatible" | "contradicted" | "noted" | "withdrawn";
/** How much is known in which way. */
export type Shares = Partial<Record<Basis | "unmoved", number>>;
/**
 * [place in `turns` from which it holds, strength, low, high (null: open), the weakest way in which any of it is known
 * (null: none has moved), how much is known in which way (null: all in that one)]
 */
export type Step = [number, number, number, number | null, Basis | null, Shares | null];
/** [place, readiness] */
export type Account = [string, string];
/** [position, minute, tag, unit, from, to, strength, order, basis, place in `grounds`] */
export type Entry = [
  number,
  Minute,
  string,
  string,
  Account | null,
  Account,
  number,
  string | null,
  Basis | null,
  number,
];

export interface Grounds {
  sources: string[];
  because: string | null;
}
export interface Linked {
  text: string;
  claim?: string;
  place?: string;
  unit?: string;
  order?: string;
  source?: string;
}
export type Segment = string | Linked;

export interface Place {
  name: string;
  country: string | null;
  within: string | null;
  lat: number | null;
  lon: number | null;
}
export interface Source {
  letter: string | null;
  outlet: string;
  title: string | null;
  published: string | null;
  minute: Minute | null;
  known_from: Minute | null;
  url: string | null;
  archived: string | null;
  relays: string[];
  origins: string[];
}
export interface Unit {
  name: string;
  side: string;
  kind: string;
  symbol: string;
  identity: string;
  origin: string;
  place: string;
  part_of: string | null;
  strength: number;
  low: number;
  high: number | null;
  wording: string;
  sources: string[];
  because: string | null;
}
export interface Order {
  at: Minute;
  when: string;
  action: string;
  to: string | null;
  cancels: string | null;
  words: string;
  units: string[];
  sources: string[];
  because: string | null;
  refused: string[];
}
export interface Total {
  side: string;
  kind: string;
  steps: Step[];
}
export interface Line extends Total {
  place: string;
  readiness: string;
}
export interface CountryLine extends Total {
  country: string | null;
  place: string | null;
  in_transit: boolean;
}
export interface ReadinessLine extends Total {
  readiness: string;
}
export interface Happening {
  at: Minute;
  when: string;
  position: number;
  what: string;
  kinds: Record<string, number>;
  where: string;
  units: string[];
  order: string | null;
  side: string;
  ground: number;
  basis: Basis | null;
  assumed: boolean;
  known: string;
}
export interface Claim {
  id: string;
  question: number | null;
  label: string;
  says: string | null;
  source: string;
  speaker: string | null;
  per: string | null;
  expected: { low: number; high: number | null; wording: string } | null;
  actual: { strength: number; low: number; high: number | null } | null;
  ledger: string | null;
  at: Minute | null;
  verdict: Verdict;
  verdict_words: string;
  distance: number | null;
  given: boolean;
  disputed: string | null;
  corrected_by: string[] | null;
  units: [string, number][];
  why: string[];
}
export interface Cell {
  claim: string;
  text: string;
  verdict: string;
}
export interface Question {
  number: number;
  label: string;
  sources: number;
  origins: number;
  ledger: string;
  conflicts: string[];
  cells: Record<string, Cell[]>;
}
export interface Invariant {
  name: string;
  holds: boolean;
  findings: { message: string; expected: string | null; found: string | null }[];
}

export interface Picture {
  sentences: Segment[][];
  only: string;
  as_known: string[];
  units: Record<string, Unit>;
  orders: Record<string, Order>;
  turns: Minute[];
  lines: Line[];
  totals: Total[];
  countries: CountryLine[];
  readinesses: ReadinessLine[];
  entries: Entry[] | null;
  grounds: Grounds[];
  timeline: Happening[];
  claims: Claim[];
  questions: Question[];
  invariants: Invariant[];
  checks: string;
  explain: string;
  marks: Partial<Record<Basis, string>>;
}

export interface Known {
  at: Minute | null;
  label: string;
  published: string[];
}
export interface Band {
  at: Minute;
  side: string;
  kind: string;
  place: string;
  readiness: string;
  low: number;
  middle: number;
  high: number;
}
export interface Ensemble {
  runs: number;
  seed: number | string;
  notes: string[];
  closures: { order: string; runs_closed: number; quantiles: Record<string, Minute | null> }[];
  bands: Band[];
  claims: ({ id: string; at: Minute } & Record<"holds" | "compatible" | "open" | "contradicted", Chance>)[];
}
export interface Chance {
  runs: number;
  chance: number;
  low: number;
  high: number;
}

export interface Album {
  album: 1;
  program: { version: string; command: string };
  scenario: {
    title: string;
    start: string;
    end: string;
    end_minute: Minute;
    timezone: string;
    fingerprint: string;
    seed: number;
  };
  log: { url: string | null; run: string; events: number; head: string };
  days: [Minute, string][];
  sources: Record<string, Source>;
  places: Record<string, Place>;
  countries: Record<string, string>;
  known: Known[];
  pictures: Picture[];
  left_out: string[];
  ensemble: Ensemble | null;
}

export interface World {
  topology: import("topojson-specification").Topology;
  names: Record<string, string>;
  centres: Record<string, [number, number]>;
  source: string;
  viewpoint: string;
}
