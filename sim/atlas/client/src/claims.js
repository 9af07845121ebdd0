// What sources claim, held against the ledger: sources across and questions down, or one question after another.
import { element, replace, spoken, words } from "./element.js";
import { opener } from "./figure.js";
import { letters } from "./letters.js";
import { shape } from "./verdict.js";

/** @import { Cell, Claim, Picture, Question } from "./album.js" */
/** @import { Context } from "./page.js" */

/** So many questions are listed before the rest is asked for. */
const FIRST = 12;
/** More sources than these have no columns that could be read. */
const MOST = 10;
const WORDS = ["holds", "compatible", "contradicted", "given", "noted"];
const MEANINGS = {
  holds: "the ledger's figure fits",
  compatible: "the ranges meet",
  contradicted: "they do not",
  given: "the claim set the figure, so it cannot disagree",
  noted: "kept, but cannot be tested",
};

export class Claims {
  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
  }

  /** @type {Context} */ #context;
  element = element("div", { class: "claims" });

  /** @param {Picture} picture */
  show(picture) {
    const noted = picture.claims.filter(({ question }) => question === null);
    const sources = [...new Set(picture.questions.flatMap(({ cells }) => Object.keys(cells)))];
    const wide = sources.length <= MOST;
    this.element.classList.toggle("listed", !wide);
    replace(
      this.element,
      key(),
      picture.questions.length === 0 && element("p", {}, "No claim is held against the ledger."),
      wide && sources.length > 0 && this.#matrix(picture, sources),
      this.#list(picture),
      noted.length > 0 && this.#noted(noted),
    );
  }

  /** @param {Picture} picture @param {string[]} sources */
  #matrix({ questions }, sources) {
    const head = sources.map((id) =>
      element(
        "th",
        { scope: "col" },
        opener(
          ["source", id],
          { class: "letter", title: this.#context.names.outlet(id) },
          this.#context.names.letter(id),
          spoken(`, ${this.#context.names.outlet(id)}`),
        ),
        element("span", { class: "outlet", "aria-hidden": "true" }, words(this.#context.names.outlet(id))),
      ),
    );
    return element(
      "div",
      { class: "matrix", role: "region", tabindex: 0, "aria-label": "Claims by question and source" },
      element(
        "table",
        {},
        element(
          "caption",
          { class: "spoken" },
          "Each row is a question, each column a source; a cell has what the source says and how that fits the ledger.",
        ),
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            element("th", { scope: "col" }, "Question"),
            element("th", { scope: "col" }, "Ledger"),
            ...head,
          ),
        ),
        element(
          "tbody",
          {},
          ...questions.map((question) =>
            element(
              "tr",
              {},
              element("th", { scope: "row" }, words(question.label)),
              element("td", { class: "ledger" }, question.ledger),
              ...sources.map((id) => element("td", {}, ...(question.cells[id] ?? []).map(cell))),
            ),
          ),
        ),
      ),
    );
  }

  /** On a narrow page, on paper, and where sources are too many for columns. @param {Picture} picture */
  #list({ questions }) {
    const items = questions.map((question) => this.#item(question));
    const more = items.splice(FIRST);
    return element(
      "div",
      { class: "questions" },
      element("ol", {}, ...items),
      more.length > 0 &&
        element("details", {}, element("summary", {}, `${more.length} more questions`), element("ol", {}, ...more)),
    );
  }

  /** @param {Question} question */
  #item({ label, ledger, cells, conflicts }) {
    const { names } = this.#context;
    const answers = Object.entries(cells).flatMap(([id, claims]) =>
      claims.map((claim) => element("li", {}, letters(names, [id]), " ", cell(claim))),
    );
    return element(
      "li",
      {},
      element("h3", {}, words(label)),
      element("p", { class: "ledger" }, "Ledger: ", ledger),
      element("ul", {}, ...answers),
      ...conflicts.map((text) => element("p", { class: "conflict" }, words(text))),
    );
  }

  /** The same words of several sources stand there once. @param {Claim[]} claims */
  #noted(claims) {
    /** @type {Map<string, Claim[]>} */
    const same = new Map();
    for (const claim of claims) {
      const says = claim.says ?? claim.label;
      same.set(says, [...(same.get(says) ?? []), claim]);
    }
    return element(
      "details",
      {},
      element(
        "summary",
        {},
        claims.length === 1 ? "1 statement that cannot be tested" : `${claims.length} statements that cannot be tested`,
      ),
      element("ul", { class: "untested" }, ...[...same].map(([says, each]) => this.#statement(says, each))),
    );
  }

  /** @param {string} says @param {Claim[]} claims */
  #statement(says, claims) {
    const { names } = this.#context;
    const letters = claims.map(({ id, source }) =>
      opener(
        ["claim", id],
        { class: "letter claim", title: names.outlet(source) },
        names.letter(source),
        spoken(`, ${names.outlet(source)}: what it says`),
      ),
    );
    return element("li", {}, shape("noted"), " ", words(says), " ", element("span", { class: "letters" }, ...letters));
  }
}

/** @param {Cell} claim */
function cell({ claim, text, verdict }) {
  return opener(
    ["claim", claim],
    { class: "claim" },
    element("span", {}, words(text)),
    element("span", { class: "word" }, shape(verdict), verdict),
  );
}

function key() {
  return element(
    "ul",
    { class: "key verdicts" },
    ...WORDS.map((word) =>
      element(
        "li",
        {},
        shape(word),
        element("strong", {}, word),
        ` ${MEANINGS[/** @type {keyof typeof MEANINGS} */ (word)]}`,
      ),
    ),
  );
}
