// What sources claim, held against the ledger: sources across and questions down, or one question after another.
import { element, replace, spoken, words } from "./element.js";
import { opener } from "./figure.js";
import { letters } from "./letters.js";
import { shape } from "./verdict.js";

/** @import { Cell, Claim, Picture, Question } from "./album.js" */
/** @import { Context } from "./page.js" */

/** So many questions are listed before the rest is asked for. */
const FIRST = 12;
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
    replace(this.element, key(), this.#matrix(picture), this.#list(picture), noted.length > 0 && this.#noted(noted));
  }

  /** @param {Picture} picture */
  #matrix({ questions }) {
    if (questions.length === 0) return element("p", {}, "No claim is held against the ledger.");
    const sources = [...new Set(questions.flatMap(({ cells }) => Object.keys(cells)))];
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

  /** On a narrow page and on paper. @param {Picture} picture */
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

  /** @param {Claim[]} claims */
  #noted(claims) {
    return element(
      "details",
      {},
      element("summary", {}, `${claims.length} statements that cannot be tested`),
      element(
        "ul",
        { class: "untested" },
        ...claims.map((claim) =>
          element(
            "li",
            {},
            opener(["claim", claim.id], { class: "claim" }, shape("noted"), words(claim.says ?? claim.label)),
            " ",
            opener(
              ["source", claim.source],
              { class: "letter" },
              this.#context.names.letter(claim.source),
              spoken(`, ${this.#context.names.outlet(claim.source)}`),
            ),
          ),
        ),
      ),
    );
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
