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
  const stream = new EventSource(run === null ? "/events" : path(run, "events"));
  if (run === null) runs(stream, tell);
  else records(stream, tell);
  addEventListener("pagehide", () => stream.close());
  return note;
}

/** @param {EventSource} stream @param {(text: string) => void} tell */
function runs(stream, tell) {
  /** @type {Set<string>} */
  const changed = new Set();
  stream.addEventListener("run", (event) => {
    changed.add(JSON.parse(event.data).run);
    tell(changed.size === 1 ? "1 run is new or has grown." : `${count(changed.size)} runs are new or have grown.`);
  });
}

/** @param {EventSource} stream @param {(text: string) => void} tell */
function records(stream, tell) {
  let fresh = 0;
  stream.addEventListener("record", () => {
    fresh += 1;
    tell(fresh === 1 ? "1 new event." : `${count(fresh)} new events.`);
  });
  stream.addEventListener("finished", () => {
    stream.close();
    if (fresh > 0) tell(`${count(fresh)} new events, and the run has ended.`);
  });
}
