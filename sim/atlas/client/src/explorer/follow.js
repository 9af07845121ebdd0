// Following: a quiet note when there is something new, and a button that shows it. Nothing changes by itself.
import { element, replace } from "../element.js";
import { path } from "./address.js";
import { count } from "../text.js";

/**
 * The note on a log of which the page shows so many events, empty at first.
 * @param {{ events: number }} shown
 */
export function followRuns(shown) {
  return note((tell) => runs(shown.events, tell));
}

/**
 * The note on a run of which the page shows so many events, empty at first.
 * @param {{ run: string, events: number }} shown
 * @param {number} back how many of those are heard again
 * @param {(written: any) => void} hear is given each of them, and each that comes
 */
export function followRun(shown, back, hear) {
  return note((tell) => records(shown, back, hear, tell));
}

/** @typedef {(text: string) => void} Tell */

/** @param {(tell: Tell) => () => EventSource | null} opening */
function note(opening) {
  const note = element("div", { class: "follow", role: "status" });
  whileSeen(
    opening((text) =>
      replace(
        note,
        element("span", {}, text),
        " ",
        element("button", { type: "button", class: "more", click: () => location.reload() }, "Show"),
      ),
    ),
  );
  return note;
}

/** After how long a stream that was refused is asked for again. */
const AGAIN_MS = 15_000;

/**
 * Opens a stream while the page is in sight: a browser has few connections to a server, and hidden pages would take
 * them all. `open` gives null where there is no more to come. A browser comes back by itself to a stream that broke off,
 * but not to one that was refused: as many as there may be follow already, and some will leave.
 * @param {() => EventSource | null} open
 */
function whileSeen(open) {
  /** @type {EventSource | null} */
  let stream = null;
  const close = () => {
    stream?.close();
    stream = null;
  };
  const look = () => {
    if (document.hidden) close();
    else if (stream === null) follow();
  };
  const follow = () => {
    const opened = (stream = open());
    opened?.addEventListener("error", () => {
      if (opened !== stream || opened.readyState !== EventSource.CLOSED) return;
      stream = null;
      setTimeout(look, AGAIN_MS);
    });
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", close);
  addEventListener("pageshow", look);
  look();
}

/**
 * Which runs change is told as it happens. That something happened while nobody listened, between the page and its
 * stream or between two streams, is seen from the number of events: not, then, in how many runs.
 * @param {number} events how many the page knows of
 * @param {Tell} tell
 */
function runs(events, tell) {
  /** @type {Set<string>} */
  const changed = new Set();
  let missed = false;
  const say = () => {
    if (missed) tell("Runs are new or have grown.");
    else tell(changed.size === 1 ? "1 run is new or has grown." : `${count(changed.size)} runs are new or have grown.`);
  };
  return () => {
    const stream = new EventSource("/events");
    let first = true;
    stream.addEventListener("open", () => (first = true));
    stream.addEventListener("run", (event) => {
      changed.add(JSON.parse(event.data).run);
      say();
    });
    stream.addEventListener("runs", (event) => {
      const { events: now } = JSON.parse(event.data);
      if (first && now !== events) {
        missed = true;
        say();
      }
      [first, events] = [false, now];
    });
    return stream;
  };
}

/**
 * The positions of records say how many came since the page, also where the stream left out what lies far back.
 * @param {{ run: string, events: number }} page
 * @param {number} back
 * @param {(written: any) => void} hear
 * @param {Tell} tell
 */
function records({ run, events: shown }, back, hear, tell) {
  let [last, ended] = [Math.max(shown - back, 0) - 1, false];
  const fresh = (/** @type {number} */ events, more = "") =>
    tell(`${events - shown === 1 ? "1 new event" : `${count(events - shown)} new events`}${more}.`);
  return () => {
    if (ended) return null;
    const stream = new EventSource(path(run, "events", { from: String(last + 1) }));
    stream.addEventListener("record", (event) => {
      last = Number(event.lastEventId);
      hear(JSON.parse(event.data));
      if (last >= shown) fresh(last + 1);
    });
    stream.addEventListener("finished", (event) => {
      stream.close();
      ended = true;
      const { events } = JSON.parse(event.data);
      if (events > shown) fresh(events, ", and the run has ended");
    });
    return stream;
  };
}
