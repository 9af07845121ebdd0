"""What a figure of a run is made of, and what it rests on."""

from sim.errors import UsageError
from sim.ledger.claims import Evidence, judge
from sim.posture.explanation import Explanation, explain, explain_claim, explain_untested
from sim.posture.selector import claim_of, selector_of
from sim.report.explanation_form import explanation_form
from sim.report.json_form import Json
from sim.web import schemas
from sim.web.question import Form, Parameter
from sim.web.refusal import Refusal, Why
from sim.web.view import AS_KNOWN, SELECTED, SELECTING, TIME, Asked, View

ENTRIES_MAX = 20_000
"""How many entries of the ledger an explanation has at most."""


def explanation(asked: Asked) -> Json:
    """A figure at a time, or the one in the verdict on a claim, explained."""
    found = _of_claim(asked) if asked.question.has("claim") else _at(asked)
    _check(sum(len(figure.steps) for figure in found.figures))
    return explanation_form(asked.told.answer, found)


def _of_claim(asked: Asked) -> Explanation:
    given = [name for name in ("at", *SELECTED, "exactly") if asked.question.has(name)]
    if given:
        raise UsageError(
            f"{given[0]} does not go with claim",
            "A claim says itself what it counts, and is explained at the time it was read at.",
        )
    book = asked.book
    claim = claim_of(book, asked.question.one("claim") or "")
    judgement = judge(Evidence(book), claim)
    if judgement.reading is None:
        return explain_untested(book, judgement)
    _check(asked.told.entries_behind(judgement))
    return explain_claim(book, claim)


def _at(asked: Asked) -> Explanation:
    at = asked.minute("at")
    if at is None:
        raise UsageError("an explanation needs a time, at, or a claim, claim")
    selector = asked.selector() or selector_of(asked.book)
    units = {row.unit for row in asked.told.snapshot(at, selector).rows}
    _check(sum(asked.told.entries_of[unit] for unit in units))
    return explain(asked.book, at, selector, asked.question.one("exactly") == "true")


def _check(entries: int) -> None:
    if entries > ENTRIES_MAX:
        raise Refusal(
            Why.TOO_LARGE,
            f"the figure is made of {entries:,} entries, and {ENTRIES_MAX:,} can be shown",
            "Ask for a unit, a place or an order, or ask on the command line: python -m sim explain",
        )


EXPLAIN = View(
    "explain",
    "what a figure is made of, and which reports it rests on",
    (
        Parameter("at", TIME),
        Parameter("claim", "the ledger's figure in the verdict on this claim, by its id, instead"),
        *SELECTING,
        Parameter("exactly", "places, origins and units as themselves, without what lies within: true", Form.FLAG),
        AS_KNOWN,
    ),
    schemas.EXPLANATION,
    explanation,
)
