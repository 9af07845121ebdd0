"""An explanation for other programs, as JSON and CSV. Its shape is a promise: docs/how-to/explain-a-figure.md."""

from collections.abc import Callable, Iterator, Mapping

from sim.domain.claim import Selector
from sim.domain.grounds import Grounds, joined
from sim.domain.order import Leg, Order, Part, Window, goes_by_lift, legs_of
from sim.domain.override import overrides
from sim.domain.quantity import Quantity
from sim.domain.source import Source, origins
from sim.domain.unit import Unit
from sim.domain.vocabulary import Basis
from sim.ledger.book import ARRIVED
from sim.ledger.claims import Judgement
from sim.ledger.entry import Account
from sim.ledger.predictions import Predictions
from sim.posture.cause import Cause
from sim.posture.explanation import Explanation
from sim.posture.figure import Figure
from sim.posture.manner import Manner, manners_of
from sim.posture.means import Means, means_of
from sim.posture.step import Step
from sim.report.answer import Answer
from sim.report.claims_matrix import ledger_on
from sim.report.csv_form import csv_text
from sim.report.json_form import Json, bounds_form, claim_form, json_text, log_form, row_forms, scenario_form
from sim.report.means_form import amount_form, change_form, lift_form, means_row, minutes_form, port_form
from sim.report.subject import subject
from sim.report.wording import Wording

POSTINGS = (
    "kind", "unit", "place", "readiness", "counted", "at", "position", "event", "strength", "other_place",
    "other_readiness", "order", "basis", "sources", "because",
)  # fmt: skip

MEANS = ("lift", "ports", "lift_sources", "lift_because")
"""The further columns of a scenario that has lift."""

_Stamp = Callable[[int], str]


def explanation_to_json(answer: Answer, explanation: Explanation) -> str:
    """All of an explanation as JSON text."""
    return json_text(explanation_form(answer, explanation))


def explanation_form(answer: Answer, explanation: Explanation) -> Json:
    """All of an explanation."""
    book, stamp = answer.book, answer.book.calendar.stamp
    judgement = explanation.judgement
    said = (*(() if judgement is None else (judgement,)), *explanation.claims)
    units = {unit for figure in explanation.figures for unit in figure.units}
    return {
        "scenario": scenario_form(answer),
        "at": None if judgement is not None and judgement.reading is None else stamp(explanation.at),
        "selectors": [selector_form(selector) for selector in explanation.selectors],
        "exactly": explanation.exactly,
        "label": subject(Wording(book), explanation),
        "claim": None if judgement is None else _claim(answer, judgement),
        "figures": [figure_form(stamp, figure) for figure in explanation.figures],
        "units": [_unit(answer, book.units[unit]) for unit in sorted(units)],
        "orders": [_cause(answer, cause, explanation.at) for cause in explanation.causes],
        **_means(stamp, explanation.means),
        "claims": [_claim(answer, each) for each in explanation.claims],
        "ledger": {each.claim.id: ledger_on(each) for each in said},
        "rests_on": list(explanation.rests_on),
        "sources": [_source(answer, source) for source in explanation.sources],
        "relayed": [_source(answer, source) for source in explanation.relayed],
        "log": log_form(answer),
    }


def explanation_to_csv(answer: Answer, explanation: Explanation) -> str:
    """The postings as CSV, a row each; those of `counted` accounts sum to the figure of their kind."""
    means = {
        cause.order.id: means_of(answer.book, explanation.at, [cause.order])
        for cause in explanation.causes
        if goes_by_lift(cause.order)
    }
    columns = POSTINGS + MEANS if answer.book.lift else POSTINGS
    return csv_text(columns, _postings(answer.book.calendar.stamp, explanation, means))


def _postings(stamp: _Stamp, explanation: Explanation, means: Mapping[str, Means]) -> Iterator[Json]:
    """By kind, unit, place and readiness, and then in the order of the run; what goes by lift with its `means`."""
    for figure in explanation.figures:
        counted = {Account(row.unit, row.place, row.readiness) for row in figure.rows}
        by_account: dict[tuple[str, str, str], list[Json]] = {}
        for step in figure.steps:
            for account, strength, other in step.postings:
                posting = {
                    "kind": figure.kind,
                    "unit": account.unit,
                    "place": account.place,
                    "readiness": account.readiness,
                    "counted": account in counted,
                    "at": stamp(step.at),
                    "position": step.position,
                    "event": step.event,
                    "strength": strength,
                    "other_place": None if other is None else other.place,
                    "other_readiness": None if other is None else other.readiness,
                    "order": step.order,
                    "basis": step.basis,
                    **grounds_form(step.grounds),
                    **_moved_by(step, means),
                }
                by_account.setdefault((account.unit, account.place, account.readiness), []).append(posting)
        for account_key in sorted(by_account):
            yield from by_account[account_key]


def _moved_by(step: Step, means: Mapping[str, Means]) -> Json:
    """The means of what moved by lift; nothing of all else."""
    if step.order is None or step.basis is None or step.order not in means:
        return {}
    return means_row(means[step.order])


def selector_form(selector: Selector) -> Json:
    """What was asked for; a country that is null is that of places whose country is not known."""
    return {
        "units": list(selector.units),
        "orders": list(selector.orders),
        "place": list(selector.place),
        "origin": list(selector.origin),
        "country": [code or None for code in selector.country],
        "readiness": list(selector.readiness),
        "side": list(selector.side),
        "kind": list(selector.kind),
    }


def figure_form(stamp: _Stamp, figure: Figure) -> Json:
    """A figure with its accounts and entries."""
    return {
        "kind": figure.kind,
        "strength": figure.strength,
        **bounds_form(figure.interval),
        "basis": figure.basis,
        "shares": [_share(manner) for manner in manners_of(figure)],
        "rows": row_forms(figure.rows),
        "missing": row_forms(figure.missing),
        "history": [{"at": stamp(at), "strength": strength} for at, strength in figure.history],
        "elsewhere": row_forms(figure.elsewhere),
        "entries": [_step(stamp, step) for step in figure.steps],
    }


def _share(manner: Manner) -> Json:
    return {"basis": manner.basis, "in_part": manner.in_part, "strength": manner.strength}


def _step(stamp: _Stamp, step: Step) -> Json:
    return {
        "position": step.position,
        "at": stamp(step.at),
        "event": step.event,
        "unit": step.taking.unit,
        "strength": step.strength,
        "change": step.change,
        "from": None if step.giving is None else _account(step.giving),
        "to": _account(step.taking),
        "order": step.order,
        "basis": step.basis,
        **grounds_form(step.grounds),
    }


def _account(account: Account) -> Json:
    return {"place": account.place, "readiness": account.readiness}


def grounds_form(grounds: Grounds) -> Json:
    return {"sources": list(grounds.sources), "because": grounds.because or None}


def _means(stamp: _Stamp, means: Means) -> Json:
    """Lists of lift, ports and changes; nothing where nothing goes by lift."""
    if not means.lift:
        return {}
    return {
        "lift": [{**lift_form(lift), **grounds_form(lift.grounds)} for lift in means.lift],
        "ports": [{**port_form(port), **grounds_form(port.grounds)} for port in means.ports],
        "capacity": [{**change_form(stamp, change), **grounds_form(change.grounds)} for change in means.capacity],
    }


def _unit(answer: Answer, unit: Unit) -> Json:
    """A unit's strength as reported, and as posted where that was a choice."""
    return {
        "id": unit.id,
        "name": unit.name,
        "kind": unit.kind,
        "part_of": unit.part_of,
        "strength": unit.strength,
        "reported": {**bounds_form(unit.reported.interval), "wording": unit.reported.wording},
        **grounds_form(unit.grounds),
        **_amended_by(answer, unit),
        "posted": None if unit.post is None else {"strength": unit.post.strength, **grounds_form(unit.post.grounds)},
    }


def _cause(answer: Answer, cause: Cause, at: int) -> Json:
    """An order and what came of it; what its arrivals by lift rest on by a minute."""
    stamp = answer.book.calendar.stamp
    order = cause.order
    return {
        "id": order.id,
        "position": cause.position,
        "at": stamp(order.at),
        "action": order.action,
        "to": order.to,
        "cancels": order.cancels,
        **grounds_form(order.grounds),
        **_amended_by(answer, order),
        "legs": [
            _leg(stamp, leg) | _predicted(answer, order, leg, at) for leg in (legs_of(order) if order.moves else ())
        ],
        **_by_lift(order),
        "units": list(cause.units),
        "others": list(cause.others),
        "moved": list(cause.moved),
        "refused": [{"unit": each.unit, "at": stamp(each.at), "reason": each.reason} for each in cause.refused],
        "cancelled": [{"unit": unit, "by": by} for unit, by in cause.cancelled],
    }


def _predicted(answer: Answer, order: Order, leg: Leg, at: int) -> Json:
    """What an arrival is known by that lift predicts, with all that rests on by a minute; nothing of any other."""
    if not goes_by_lift(order):
        return {}
    grounds = joined(Predictions(answer.book).grounds(order, ARRIVED, at))
    arrive = {**_window(answer.book.calendar.stamp, leg.arrive), "basis": Basis.ASSUMED, **grounds_form(grounds)}
    return {"arrive": arrive}


def _by_lift(order: Order) -> Json:
    """By what it goes, and which way, where its legs do not say when it arrives because that is for lift to decide."""
    if order.carriage is None or not goes_by_lift(order):
        return {}
    carriage = order.carriage
    return {
        "lift": list(carriage.lifts),
        "route": list(carriage.route),
        "notice_minutes": minutes_form(carriage.notice),
        "priority": carriage.priority,
        "load": amount_form(carriage.load),
        "load_tons": amount_form(carriage.tons),
    }


def _amended_by(answer: Answer, entry: Unit | Order) -> Json:
    """The amendments of an entry in the order in which they apply; nothing of one that none changed.

    `from` is null for what was always known. `overridden_by` is there only of one that another, known from the same
    minute on, overrides in something.
    """
    stamp, amendments = answer.book.calendar.stamp, answer.book.amendments_of(entry)
    if not amendments:
        return {}
    overridden: dict[str, list[str]] = {}
    for each in overrides(answer.book.first_reported(type(entry))[entry.id], amendments):
        overridden.setdefault(each.amendment, []).append(each.by)
    amended = [
        {
            "id": each.id,
            "sources": list(each.sources),
            "from": None if since is None else stamp(since),
            **({"overridden_by": overridden[each.id]} if each.id in overridden else {}),
        }
        for since, each in amendments
    ]
    return {"amended_by": amended}


def _leg(stamp: _Stamp, leg: Leg) -> Json:
    """A stretch of a move: when it is played out, the windows reported, and what each rests on."""
    part = leg.part
    return {
        "strength": leg.strength,
        **({} if part is None or part.reported is None else {"reported": _reported(part, part.reported)}),
        "leaves": stamp(leg.leaves),
        "arrives": None if leg.arrives is None else stamp(leg.arrives),
        "depart": {**_window(stamp, leg.depart), "basis": leg.depart_basis, **grounds_form(leg.depart_grounds)},
        "arrive": {**_window(stamp, leg.arrive), "basis": leg.arrive_basis, **grounds_form(leg.arrive_grounds)},
    }


def _reported(part: Part, reported: Quantity) -> Json:
    """A part's strength in the report's words, and what the number posted rests on where that was a choice."""
    return {**bounds_form(reported.interval), "wording": reported.wording, **grounds_form(part.post_grounds)}


def _window(stamp: _Stamp, window: Window) -> Json:
    ends = {"after": window.after, "by": window.by}
    return {end: None if minute is None else stamp(minute) for end, minute in ends.items()}


def _claim(answer: Answer, judgement: Judgement) -> Json:
    return {**claim_form(answer, judgement), "speaker": judgement.claim.speaker or None}


def _source(answer: Answer, source: Source) -> Json:
    published = None if source.published is None else answer.book.calendar.stamp(source.published)
    return {
        "id": source.id,
        "outlet": source.outlet,
        "title": source.title or None,
        "published": published,
        **({"published_as": "month"} if source.by_month else {}),
        "url": source.url or None,
        "archived": source.archived or None,
        "relays": list(source.relays),
        "origins": sorted(origins(answer.book.sources, source.id)),
    }
