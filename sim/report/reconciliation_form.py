"""A reconciliation for other programs, as JSON and CSV. Its shape is a promise: docs/how-to/reconcile-reports.md."""

from collections.abc import Callable, Iterator, Sequence

from sim.domain.claim import Claim, Count
from sim.domain.quantity import exactly
from sim.domain.source import origins
from sim.ledger import Book
from sim.ledger.claims import separate_origins
from sim.reconcile.allowance import Allowance, Bound
from sim.reconcile.contradiction import Contradiction, Contradictions
from sim.reconcile.figure import Figure
from sim.reconcile.reconciliation import Reconciliation
from sim.reconcile.statement import Statement
from sim.report.answer import Answer
from sim.report.contradiction import grounds_of
from sim.report.csv_form import csv_text
from sim.report.explanation_form import grounds_form, selector_form
from sim.report.json_form import Json, bounds_form, json_text, kind_of, log_form, scenario_form

CONTRADICTIONS = (
    "number", "kind", "rounded_to", "part", "claim", "source", "per", "statement", "unit", "order", "order_part",
    "wording", "low", "high", "says", "sources", "because",
)  # fmt: skip
AGREEMENTS = ("number", "sources", "origins", "others")
BOUNDS = (
    "at", "place", "country", "units", "orders", "origin", "readiness", "side", "kind", "exactly", "strength",
    "plain_low", "plain_high", "least", "most", "fits", "complete", "least_claims", "most_claims",
)  # fmt: skip


def reconciliation_to_json(answer: Answer, found: Reconciliation) -> str:
    """All of a reconciliation as JSON text."""
    book, contradictions = answer.book, found.contradictions
    form: Json = {
        "scenario": scenario_form(answer),
        "together": found.together,
        "together_as_round": contradictions.as_round,
        "claims": found.claims,
        "statements": len(found.statements),
        "complete": contradictions.extent.value,
        "contradictions": [_contradiction(book, each) for each in contradictions.real],
        "rounding_differences": [_contradiction(book, each) for each in contradictions.rounding],
        "at_odds": list(found.agreements.at_odds),
        "ruled_out": list(found.agreements.ruled_out),
        "agreements_complete": found.agreements.extent.value,
        "agreements": [
            {"sources": list(each.sources), "origins": each.origins, "others": list(each.others)}
            for each in found.agreements.found
        ],
        "reliefs": [
            {"claims": _ids(each.claims), "contradictions": each.real, "rounding_differences": each.rounding}
            for each in found.reliefs
        ],
        "left_out": [claim for statement in found.left_out for claim in _ids(statement.claims)],
        "bounds": [_allowance(answer, each) for each in found.allowances],
        "log": log_form(answer),
    }
    return json_text(form)


def reconciliation_to_csv(answer: Answer, found: Reconciliation, table: str) -> str:
    """One table of a reconciliation as CSV: its contradictions, a row for each claim and figure; or another."""
    columns, rows = TABLES[table]
    return csv_text(columns, rows(answer, found))


def _ids(claims: Sequence[Claim]) -> list[str]:
    return [claim.id for claim in claims]


def _contradiction(book: Book, contradiction: Contradiction) -> Json:
    return {
        "rounded_to": contradiction.rounded_to,
        "statements": [_statement(book, statement) for statement in contradiction.statements],
        "figures": [_figure(figure) for figure in contradiction.figures],
    }


def _statement(book: Book, statement: Statement) -> Json:
    return {
        "claims": [_claim(book, claim) for claim in statement.claims],
        "sources": list(statement.sources),
        "origins": separate_origins(book, statement.claims),
    }


def _claim(book: Book, claim: Claim) -> Json:
    return {
        "id": claim.id,
        "source": claim.source,
        "per": claim.per,
        "origins": sorted(origins(book.sources, claim.per or claim.source)),
        "says": claim.says or None,
        "kind": kind_of(claim.test),
        **_expected(claim),
    }


def _expected(claim: Claim) -> Json:
    """What a claim expects; of one that is no count, that is 0, or, of a `closed`, nothing that could be said here."""
    match claim.test:
        case Count(_, expected):
            quantity = expected
        case _ if kind_of(claim.test) == "closed":
            return {"wording": None, "low": None, "high": None}
        case _:
            quantity = exactly(0)
    return {"wording": quantity.wording, **bounds_form(quantity.interval)}


def _figure(figure: Figure) -> Json:
    """A figure as reported; a part of an order counts from 1, and a part without words of its own has no wording."""
    return {
        "unit": figure.unit.id,
        "order": None if figure.order is None else figure.order.id,
        "order_part": None if figure.order is None else figure.part + 1,
        **({} if figure.account is None else {"place": figure.account.place, "readiness": figure.account.readiness}),
        "strength": figure.strength,
        "wording": None if figure.reported is None else figure.reported.wording,
        **bounds_form(figure.interval()),
        **grounds_form(grounds_of(figure)),
    }


def _allowance(answer: Answer, allowance: Allowance) -> Json:
    question = allowance.question
    return {
        "at": answer.book.calendar.stamp(question.at),
        "selector": selector_form(question.selector),
        "exactly": question.exactly,
        "strength": allowance.strength,
        "plain": bounds_form(allowance.plain),
        "least": _bound(allowance.least),
        "most": _bound(allowance.most),
        "fits": allowance.fits,
        "complete": allowance.extent.value,
    }


def _bound(bound: Bound) -> Json:
    """A bound, null where there is none; with the claims and figures that set it."""
    return {
        "value": bound.value,
        "claims": [_ids(statement.claims) for statement in bound.statements],
        "figures": [_figure(figure) for figure in bound.figures],
    }


def _contradiction_rows(answer: Answer, found: Reconciliation) -> Iterator[Json]:
    for number, (kind, contradiction) in enumerate(_numbered(found.contradictions), 1):
        shared = {"number": number, "kind": kind, "rounded_to": contradiction.rounded_to}
        for turn, statement in enumerate(contradiction.statements, 1):
            for claim in statement.claims:
                form = _claim(answer.book, claim)
                yield {**shared, **form, "kind": kind, "part": "claim", "claim": claim.id, "statement": turn}
        for figure in contradiction.figures:
            yield {**shared, **_figure(figure), "part": "figure"}


def _numbered(contradictions: Contradictions) -> list[tuple[str, Contradiction]]:
    real = [("contradiction", each) for each in contradictions.real]
    return [*real, *(("rounding difference", each) for each in contradictions.rounding)]


def _agreement_rows(answer: Answer, found: Reconciliation) -> Iterator[Json]:
    for number, each in enumerate(found.agreements.found, 1):
        yield {
            "number": number,
            "sources": list(each.sources),
            "origins": each.origins,
            "others": list(each.others),
        }


def _bound_rows(answer: Answer, found: Reconciliation) -> Iterator[Json]:
    for allowance in found.allowances:
        form = _allowance(answer, allowance)
        selector: Json = form["selector"]
        yield {
            **form,
            **selector,
            "country": [code or "unstated" for code in allowance.question.selector.country],
            "plain_low": allowance.plain.low,
            "plain_high": allowance.plain.high,
            "least": allowance.least.value,
            "most": allowance.most.value,
            "least_claims": [claim for each in form["least"]["claims"] for claim in each],
            "most_claims": [claim for each in form["most"]["claims"] for claim in each],
        }


_Rows = Callable[[Answer, Reconciliation], Iterator[Json]]
TABLES: dict[str, tuple[tuple[str, ...], _Rows]] = {
    "contradictions": (CONTRADICTIONS, _contradiction_rows),
    "agreements": (AGREEMENTS, _agreement_rows),
    "bounds": (BOUNDS, _bound_rows),
}
"""The tables there are, with their columns."""
