// Following: a quiet note when there is something new, and a button that shows it. Nothing changes by itself.
import { element, replace } from "../element.js";
import { path } from "./address.js";
import { count } from "../text.js";

/** The note, empty at first: it listens to the runs of the log, or to one run's records. @param {string | null} run */
export function follow(run) {
  const note = element("div", { class: "follow", role: "status" });
  const tell = (/** @type {string} */ text) =>
    replace(
      note,
      element("span", {}, text),
      " ",
      element("button", { type: "button", class: "more", click: () => location.reload() }, "Show"),
    );
  whileSeen(run === null ? runs(tell) : records(run, tell));
  return note;
}

/**
 * Opens a stream while the page is in sight: a browser has few connections to a server, and hidden pages would take
 * them all. `open` gives null where there is no more to come.
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
    else stream ??= open();
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", close);
  addEventListener("pageshow", look);
  look();
}

/** @param {(text: string) => void} tell */
function runs(tell) {
  /** @type {Set<string>} */
  const changed = new Set();
  let [known, fresh] = [-1, 0];
  const say = () => {
    const number = Math.max(changed.size, fresh);
    if (number > 0) tell(number === 1 ? "1 run is new or has grown." : `${count(number)} runs are new or have grown.`);
  };
  return () => {
    const stream = new EventSource("/events");
    stream.addEventListener("runs", (event) => {
      const { runs: now } = JSON.parse(event.data);
      known = known < 0 ? now : known;
      fresh = now - known;
      say();
    });
    stream.addEventListener("run", (event) => {
      changed.add(JSON.parse(event.data).run);
      say();
    });
    return stream;
  };
}

/** @param {string} run @param {(text: string) => void} tell */
function records(run, tell) {
  let [fresh, last, ended] = [0, "", false];
  return () => {
    if (ended) return null;
    const stream = new EventSource(path(run, "events", { after: last }));
    stream.addEventListener("record", (event) => {
      fresh += 1;
      last = event.lastEventId;
      tell(fresh === 1 ? "1 new event." : `${count(fresh)} new events.`);
    });
    stream.addEventListener("finished", () => {
      stream.close();
      ended = true;
      if (fresh > 0) tell(`${count(fresh)} new events, and the run has ended.`);
    });
    return stream;
  };
}
