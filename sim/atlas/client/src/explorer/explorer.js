// The explorer: one page for each view of a log, each with an address to share and the same as JSON beside it.
import { element, replace, words } from "../element.js";
import { Page } from "../page.js";
import { remote } from "../source.js";
import { capital } from "../text.js";
import { beside, here, path } from "./address.js";
import { answer, Refused } from "./answer.js";
import { Called } from "./called.js";
import { comparison } from "./comparison.js";
import { explanation } from "./explanation.js";
import { followRun, followRuns } from "./follow.js";
import { happenings } from "./happenings.js";
import { LATEST, latest } from "./latest.js";
import { caution } from "./listing.js";
import { Moment } from "./moment.js";
import { summary } from "./run.js";
import { runs } from "./runs.js";
import { saying } from "./saying.js";
import { snapshot } from "./snapshot.js";
import { things } from "./things.js";

/** @import { Child } from "../element.js" */
/** @import { Visit } from "./visit.js" */

/** The views of a run in the order of the bar, with their names. */
const VIEWS = /** @type {const} */ ([
  ["run", "Report"],
  ["snapshot", "Who is where"],
  ["timeline", "What happened"],
  ["claims", "Claims"],
  ["diff", "Compare"],
  ["units", "Units"],
  ["orders", "Orders"],
  ["places", "Places"],
  ["sources", "Sources"],
]);
/** Views that say nothing until they are asked something, and what counts as asking. @type {Record<string, string[]>} */
const ASKED = { explain: ["at", "claim"], diff: ["to", "with"] };

export class Explorer {
  /** @param {Element} root */
  constructor(root) {
    this.#root = root;
  }

  /** @type {Element} */ #root;
  #address = here();
  #state = element("p", { class: "waiting", role: "status" });

  async open() {
    this.#wait();
    try {
      if (this.#address.run === null) await this.#runs();
      else await this.#run(this.#address.run);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#refused(error);
    }
    document.documentElement.dataset["ready"] = "true";
  }

  /** The server's frame stays until there is something to show in its place. */
  #wait() {
    const state = this.#root.querySelector(".waiting");
    if (state instanceof HTMLParagraphElement) this.#state = state;
    else replace(this.#root, this.#bar(), element("main", { class: "view" }, this.#state));
    this.#waiting("This page is being read …");
  }

  #waiting = (/** @type {string} */ message) => replace(this.#state, words(message));

  async #runs() {
    const query = new URLSearchParams(this.#address.query);
    query.set("newest", "true");
    const told = await answer(`/runs.json?${query}`, this.#waiting);
    this.#show("Runs", "Runs", followRuns(told.log), ...runs(told, this.#address.query));
  }

  /** @param {string} word the run's id, or the beginning of it */
  async #run(word) {
    const { view } = this.#address;
    const told = await answer(path(word, "").concat(".json"), this.#waiting);
    const title = told.scenario?.title || told.run.run;
    const moment = new Moment(told.scenario?.timezone ?? null);
    if (view === "run" && told.album) return this.#report(told.run.run, title);
    if (!told.run.finished) {
      const { list, add } = latest(moment);
      return this.#show(title, "Report", followRun(told.run, LATEST, add), ...summary(told, moment, list));
    }
    if (view === "run") return this.#show(title, "Report", ...summary(told, moment, null));
    const visit = await this.#visit(told.run.run, moment);
    this.#show(title, nameOf(view), ...(await this.#parts(view, visit)));
  }

  /** The page of the report, with data from the server. @param {string} run @param {string} title */
  async #report(run, title) {
    const root = element("div");
    const source = await remote(run, this.#waiting);
    document.title = title;
    replace(this.#root, this.#bar(), root);
    await new Page(source).open(root);
  }

  /** @param {string} run @param {Moment} moment @returns {Promise<Visit>} */
  async #visit(run, moment) {
    const { view, query } = this.#address;
    const needed = ASKED[view];
    const asks = needed === undefined || needed.some((name) => query.get(name));
    const [called, fetched] = await Promise.all([
      new Called().learn(run, "units", "places", "sources"),
      asks ? answer(beside(location.pathname + location.search), this.#waiting).catch(kept) : null,
    ]);
    return { run, query, called, moment, fetched };
  }

  /** @param {string} view @param {Visit} visit @returns {Promise<Child[]>} */
  async #parts(view, visit) {
    if (visit.fetched instanceof Refused) return [refusal(visit.fetched), ...(await this.#again(view, visit))];
    if (view === "snapshot") return snapshot(visit);
    if (view === "timeline") return happenings(visit);
    if (view === "claims") return saying(visit);
    if (view === "explain") return explanation(visit);
    if (view === "diff") return this.#compared(visit);
    return things(visit, view);
  }

  /** @param {Visit} visit */
  async #compared(visit) {
    const { fetched, query, called, run } = visit;
    const other = query.has("with") ? fetched?.second.log.run : null;
    const [runs, others] = await Promise.all([
      answer("/runs.json?size=1000&newest=true"),
      other && other !== run ? new Called().learn(other, "units", "places") : called,
    ]);
    return comparison(visit, runs, others);
  }

  /** The question that was refused, to be put otherwise. @param {string} view @param {Visit} visit */
  async #again(view, visit) {
    const empty = { snapshots: [], timeline: [], claims: [], ledger: {}, [view]: [] };
    const fetched = ASKED[view] === undefined ? empty : null;
    const parts = await this.#parts(view, { ...visit, fetched });
    return parts.slice(0, 1);
  }

  /** @param {string} title @param {string} name @param {Child[]} parts */
  #show(title, name, ...parts) {
    document.title = this.#address.run === null ? "Runs" : `${name}: ${title}`;
    const heading = this.#address.run === null ? "Runs" : title;
    replace(
      this.#root,
      this.#bar(),
      element(
        "main",
        { class: "view" },
        element("h1", {}, words(heading)),
        this.#address.run !== null && element("p", { class: "dateline" }, name),
        this.#address.run !== null && caution(),
        ...parts,
      ),
    );
  }

  #bar() {
    const { run, view } = this.#address;
    const item = (/** @type {string} */ href, /** @type {string} */ text, /** @type {boolean} */ current) =>
      element("li", {}, element("a", { href, "aria-current": current ? "page" : null }, text));
    const views =
      run === null ? [] : VIEWS.map(([id, name]) => item(path(run, id === "run" ? "" : id), name, id === view));
    return element(
      "nav",
      { class: "bar", "aria-label": "Explorer" },
      element(
        "ul",
        {},
        item("/", "All runs", run === null),
        ...views,
        element("li", { class: "json" }, element("a", { href: beside(location.pathname + location.search) }, "JSON")),
      ),
    );
  }

  /** @param {Refused} refused */
  #refused(refused) {
    replace(
      this.#root,
      this.#bar(),
      element("main", { class: "view" }, element("h1", {}, "No answer"), refusal(refused)),
    );
  }
}

/** @param {Refused} refused */
function refusal(refused) {
  return element(
    "div",
    { class: "banner", role: "alert" },
    element("p", {}, words(capital(refused.message))),
    refused.remedy !== null && element("p", {}, words(refused.remedy)),
  );
}

/** A refusal as a value; other errors go on. @param {unknown} error */
function kept(error) {
  if (error instanceof Refused) return error;
  throw error;
}

/** @param {string} view */
function nameOf(view) {
  return VIEWS.find(([id]) => id === view)?.[1] ?? "What it is made of";
}
