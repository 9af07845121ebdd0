"""The album as JSON, which the page's program reads: its shape is a contract between the two, version 1.

```
{"album": 1,
 "program": {"version", "command"},                          the command that makes this page
 "scenario": {"title", "start", "end", "end_minute", "timezone", "fingerprint", "seed"},
 "log": {"url", "run", "events", "head"},                    as in the JSON of `run`
 "days": [[minute, label]],                                  local midnights, for axes; the first may be later than 0
 "sources": {id: {"letter", "outlet", "title", "published", "published_as", "known_from", "url", "archived", "relays",
                  "origins"}},
 "places": {id: {"name", "country", "within", "lat", "lon"}},
 "countries": {code: name},
 "known": [{"at", "label", "published"}],
 "pictures": [picture],
 "left_out": [sentence],
 "ensemble": null | {"runs", "seed", "notes": [sentence],
                     "closures": [{"order", "runs_closed", "quantiles": {share: minute}}],
                     "bands": [{"at", "side", "kind", "place", "country", "readiness", "low", "middle", "high"}],
                     "claims": [{"id", "at", verdict: {"runs", "chance", "low", "high"}}]}}
```

Minutes count from the start, and lie before it where they are negative; stamps are UTC; what is not there is null. All
text is on one line, without control characters, and not to be trusted; addresses are http or https.

`known` are the choices of what was known when, oldest first; the last, with `at` null, is all that was ever published.
`pictures` has that one first, then one for each of the others in turn. A source's `letter` is null where nothing rests
on it; `known_from` is the minute from which on it counts as published, null for always. `left_out` says what is not in
here because it is too much. `ensemble` is there where many runs were asked for: see `sim.atlas.bands`.

A picture:

```
{"sentences": [[segment]],      three, of many runs four; a segment is a text, or {"text", NOUN: id}
 "only": sentence, "as_known": [line],                       what the figures leave out; what was known by then
 "units": {id: {"name", "side", "kind", "symbol", "identity", "origin", "place", "part_of", "strength", "low", "high",
                "wording", "sources", "because"}},
 "orders": {id: {"at", "when", "action", "to", "cancels", "words", "units", "sources", "because", "refused"}},
 "turns": [minute],
 "lines": [{"side", "kind", "place", "readiness", "steps": [[turn, strength, low, high, basis, shares]]}],
 "totals": [{"side", "kind", "steps"}],
 "countries": [{"side", "kind", "country", "place", "in_transit", "steps"}],
 "readinesses": [{"side", "kind", "readiness", "steps"}],
 "entries": [[position, minute, tag, unit, from, to, strength, order, basis, ground]],
 "grounds": [{"sources", "because"}],
 "timeline": [{"position", "at", "when", "side", "what", "kinds": {kind: strength}, "where", "units", "order", "ground",
               "basis", "assumed", "known"}],
 "claims": [{"id", "question", "label", "says", "source", "speaker", "per", "expected", "actual", "at", "verdict",
             "verdict_words", "distance", "ledger", "given", "disputed", "corrected_by", "units", "why"}],
 "questions": [{"number", "label", "sources", "origins", "ledger", "conflicts",
                "cells": {source: [{"claim", "text", "verdict"}]}}],
 "invariants": [{"name", "holds", "findings"}],
 "checks": sentence, "explain": command,                     how the invariants came out
 "marks": {basis: mark}}
```

A `turn` is a place in `turns`; what a line holds changes only at its steps, and before the first it holds nothing. A
`high` of null has no upper end; a `basis` of null has not moved, and any other is the weakest of those by which some of
it came there. `shares` are {basis or "unmoved": strength}, how much is known in which way; they add up to the strength,
and are null where all of it is known in one. A line of `countries` has a `place` where no country of it is known.

`from` and `to` are [place, readiness], and `from` is null where a unit stood ready from the start. A `ground` is a
place in `grounds`: what an entry rests on. `kinds` says how much of each kind something happened to; `known` says in
words how that is known, and what of it is assumed. A question's number is the same in `claims` and `questions`; a claim
that cannot be tested has none. `ledger` is what there is to print for what the ledger has to say to a claim; null where
that is nothing. `explain` is the beginning of a command that shows what is behind a figure: it takes --at, and --unit,
--place and --readiness (and --exactly).

Of a large scenario not everything is in here (see `sim.atlas.limit`): an id may name what has no entry of its own, and
`entries` is null where they were too many.
"""

from collections.abc import Iterator
from datetime import date
from shlex import join
from typing import Any

from sim.atlas.album import Album
from sim.atlas.bands import chances
from sim.atlas.day import days
from sim.atlas.picture import Picture
from sim.atlas.sentence import Link, Sentence
from sim.atlas.symbols import identity_of, symbols
from sim.domain.claim import Count, Noted
from sim.domain.grounds import Grounds
from sim.domain.order import Order
from sim.domain.place import country_of, name_of
from sim.domain.source import Source, origins
from sim.domain.unit import Unit
from sim.domain.vocabulary import Action, Basis
from sim.ledger.book import Book
from sim.ledger.claims import Judgement, Verdict, correctors_of
from sim.ledger.entry import Account
from sim.ledger.invariants import Outcome
from sim.posture.held import Held
from sim.posture.nearest import nearest_reading
from sim.posture.series import Course
from sim.posture.step import Step
from sim.posture.timeline import Happening
from sim.report.answer import Answer
from sim.report.claims_matrix import conflicts_in_words, ledger_in_words, ledger_on
from sim.report.claims_page import correctors
from sim.report.claims_table import expected_by, verdict_in_words
from sim.report.failed_claim import nearest_in_words
from sim.report.inquiry import Topic
from sim.report.json_form import bounds_form, finding_form, log_form, scenario_form
from sim.report.knowledge import as_known
from sim.report.page import caution, checks
from sim.report.question import label
from sim.report.stance import stance
from sim.report.text import clean
from sim.report.timeline_table import Line, lines_of, when_of, where_of
from sim.report.wording import MARKS, Wording, named, spoken
from sim.version import __version__

Json = dict[str, Any]

VERSION = 1

UNMOVED = "unmoved"
"""What stands for the basis of what has not moved."""


def album_form(album: Album, command: str, ensemble: Json | None = None) -> Json:
    """An album as JSON; `command` is the one that makes its page, `ensemble` what many runs come to (None: one run)."""
    answer = album.answer
    book = answer.book
    whole, *earlier = (picture_form(leaf.picture) for leaf in (album.leaves[-1], *album.leaves[:-1]))
    if ensemble is not None and (told := tuple(chances(album.leaves[-1].picture, ensemble))):
        whole["sentences"].append(_sentence(told))
    return {
        "album": VERSION,
        "program": {"version": __version__, "command": clean(command)},
        "scenario": {
            **scenario_form(answer),
            "title": clean(book.opened.title),
            "end_minute": book.opened.end,
            "timezone": book.opened.timezone,
        },
        "log": _log(answer),
        "days": [[minute, _day(day)] for minute, day in days(book.calendar, book.opened.end)],
        "sources": {id: _source(album, source) for id, source in book.sources.items()},
        "places": {id: _place(book, id) for id in book.place_ids},
        "countries": {clean(code): album.wording.country(code) for code in _countries(book)},
        "known": [{"at": leaf.at, "label": leaf.label, "published": list(leaf.published)} for leaf in album.leaves],
        "pictures": [whole, *earlier],
        "left_out": [],
        "ensemble": ensemble,
    }


def picture_form(picture: Picture) -> Json:
    """A picture as JSON."""
    answer, book = picture.answer, picture.answer.book
    turn = {minute: place for place, minute in enumerate(picture.turns)}
    numbers = {each.claim.id: topic.number for topic in picture.inquiry.topics for each in topic.asked}
    coded, table = symbols(book.units), _Table()
    return {
        "sentences": [_sentence(each) for each in picture.lead],
        "only": caution(answer, picture.wording),
        "as_known": [line.strip() for line in as_known(answer, picture.wording, claims=True)],
        "units": {id: _unit(unit, coded[id]) for id, unit in book.units.items()},
        "orders": {id: _order(picture, order) for id, order in book.orders.items()},
        "turns": list(picture.turns),
        "lines": [{**_named(each, "place", "readiness"), "steps": _steps(each, turn)} for each in picture.lines],
        "totals": [{**_named(each), "steps": _steps(each, turn)} for each in picture.totals],
        "countries": [_country(each, turn) for each in picture.countries],
        "readinesses": [{**_named(each, "readiness"), "steps": _steps(each, turn)} for each in picture.readinesses],
        "entries": [_entry(step, table) for step in picture.entries],
        "timeline": [form for each in answer.timeline for form in _happening(picture, each, table)],
        "grounds": table.forms,
        "claims": [_claim(picture, each, numbers.get(each.claim.id)) for each in answer.judgements],
        "questions": [_question(picture.wording, topic) for topic in picture.inquiry.topics],
        "invariants": [_invariant(answer, outcome) for outcome in answer.outcomes],
        "checks": checks(answer),
        "explain": clean(join(["python", "-m", "sim", "explain", *picture.where])),
        "marks": {basis: mark for basis, mark in MARKS.items() if basis is not None},
    }


def _log(answer: Answer) -> Json:
    told = log_form(answer)
    return {**told, "url": told["url"] and clean(told["url"])}


def _countries(book: Book) -> list[str]:
    """The codes of all countries that there are, in byte order."""
    return sorted({country_of(book.places, place) or "" for place in book.places} - {""})


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def _source(album: Album, source: Source) -> Json:
    return {
        "letter": album.letters.get(source.id),
        "outlet": album.wording.outlet(source.id),
        "title": clean(source.title) or None,
        "published": album.wording.published(source) or None,
        "minute": source.published,
        "known_from": album.dates.of(source.id),
        "url": address(source.url),
        "archived": address(source.archived),
        "relays": list(source.relays),
        "origins": sorted(origins(album.answer.book.sources, source.id)),
    }


def address(text: str) -> str | None:
    """An address that a reader may follow: on the web, and in one piece; None for any other."""
    fine = text.startswith(("http://", "https://")) and text.isprintable() and " " not in text
    return text if fine else None


def _place(book: Book, id: str) -> Json:
    place = book.places.get(id)
    return {
        "name": clean(name_of(book.places, id)) or id,
        "country": clean(country_of(book.places, id) or "") or None,
        "within": None if place is None else place.within,
        "lat": None if place is None else place.lat,
        "lon": None if place is None else place.lon,
    }


def _sentence(sentence: Sentence) -> list[Any]:
    return [{"text": each.words, each.noun: each.id} if isinstance(each, Link) else each for each in sentence]


def _unit(unit: Unit, symbol: str) -> Json:
    return {
        "name": clean(unit.name),
        "side": clean(unit.side),
        "kind": unit.kind,
        "symbol": symbol,
        "identity": identity_of(symbol),
        "origin": unit.origin,
        "place": unit.place,
        "part_of": unit.part_of,
        "strength": unit.strength,
        **bounds_form(unit.reported.interval),
        "wording": spoken(unit.reported),
        **_grounds(unit.grounds),
    }


_COMMANDS = {
    Action.ALERT: "heightened alert",
    Action.STANDBY: "standby",
    Action.STAND_DOWN: "stand down",
    Action.RETURN: "return",
}


def _order(picture: Picture, order: Order) -> Json:
    book = picture.answer.book
    return {
        "at": order.at,
        "when": picture.wording.date(order.at).strip(),
        "action": order.action,
        "to": order.to,
        "cancels": order.cancels,
        "words": _command(picture.wording, order),
        "units": list(book.addressed(order.id)),
        **_grounds(order.grounds),
        "refused": sorted(picture.answer.refused.get(order.id, ())),
    }


def _command(wording: Wording, order: Order) -> str:
    if order.action is Action.DEPLOY and order.to is not None:
        return f"deploy to {wording.place(order.to)}"
    return _COMMANDS.get(order.action, f"cancel {order.cancels}")


def _named(course: Course, *fields: str) -> Json:
    group = course.group
    values = dict(zip(fields, group.values, strict=True))
    return {"side": clean(group.side), "kind": group.kind, **values}


def _country(course: Course, turn: dict[int, int]) -> Json:
    named = _named(course, "country", "place")
    return {
        **named,
        "country": clean(named["country"]) or None,
        "place": named["place"] or None,
        "in_transit": course.group.in_transit,
        "steps": _steps(course, turn),
    }


def _steps(course: Course, turn: dict[int, int]) -> list[list[Any]]:
    return [
        [turn[minute], held.strength, held.interval.low, held.interval.high, held.basis, _shares(held)]
        for minute, held in course.steps
    ]


def _shares(held: Held) -> Json | None:
    """How much is known in which way; None where all is known in one."""
    return {basis or UNMOVED: strength for basis, strength in held.shares} or None


class _Table:
    """Grounds, each once, in the order in which they are first asked for."""

    def __init__(self) -> None:
        self._places: dict[Grounds, int] = {}

    def place(self, grounds: Grounds) -> int:
        """The place of these grounds among the forms."""
        return self._places.setdefault(grounds, len(self._places))

    @property
    def forms(self) -> list[Json]:
        return [_grounds(grounds) for grounds in self._places]


def _happening(picture: Picture, happening: Happening, table: _Table) -> Iterator[Json]:
    """A line for each side that something happened to; none where other lines say it already."""
    wording = picture.wording
    for line in lines_of(picture.answer, wording, [(happening, happening.about)]):
        yield {
            "position": happening.position,
            "at": line.at,
            "when": when_of(wording, line).strip(),
            "side": clean(line.side),
            "what": line.what,
            "kinds": dict(sorted(line.strength.items())),
            "where": where_of(wording, line),
            "units": sorted(line.ordered),
            "order": happening.order,
            "ground": table.place(happening.grounds),
            "basis": happening.basis,
            "assumed": line.assumed,
            "known": _known(line, happening.basis),
        }


_KNOWN_AS = {Basis.OBSERVED: "as seen", Basis.ANNOUNCED: "as announced", Basis.ASSUMED: "assumed", None: "as reported"}


def _known(line: Line, basis: Basis | None) -> str:
    """How a line of the timeline is known; where something of it is assumed, what, and why."""
    if not line.assumed:
        return _KNOWN_AS[basis]
    known = "in part assumed" if line.sources and basis is not Basis.ASSUMED else "assumed"
    return ": ".join([known, *([" ".join(sorted(line.guesses))] if line.guesses else [])])


def _entry(step: Step, table: _Table) -> list[Any]:
    return [
        step.position,
        step.at,
        step.event,
        step.taking.unit,
        None if step.giving is None else _account(step.giving),
        _account(step.taking),
        step.strength,
        step.order,
        step.basis,
        table.place(step.grounds),
    ]


def _account(account: Account) -> list[str]:
    return [account.place, account.readiness]


def _grounds(grounds: Grounds) -> Json:
    return {"sources": list(grounds.sources), "because": clean(grounds.because) or None}


def _claim(picture: Picture, judgement: Judgement, number: int | None) -> Json:
    claim, reading, wording = judgement.claim, judgement.reading, picture.wording
    form: Json = {
        "id": claim.id,
        "question": number,
        "label": label(wording, claim.test),
        "says": clean(claim.says) or None,
        "source": claim.source,
        "speaker": clean(claim.speaker) or None,
        "per": claim.per,
        "expected": None
        if reading is None
        else {**bounds_form(reading.expected.interval), "wording": spoken(reading.expected)},
        "actual": None if reading is None else {"strength": reading.strength, **bounds_form(reading.interval)},
        "at": None if reading is None else reading.at,
        "verdict": judgement.verdict,
        "verdict_words": verdict_in_words(judgement),
        "distance": None if reading is None else reading.distance,
        "ledger": ledger_on(judgement),
        "given": judgement.given,
        "disputed": clean(claim.disputed) or None,
        "units": [] if reading is None else [list(each) for each in reading.units],
        "why": list(_why(wording, judgement)),
    }
    if judgement.verdict is Verdict.WITHDRAWN:
        form["corrected_by"] = list(correctors_of(picture.answer.book, claim.id))
    return form


def _invariant(answer: Answer, outcome: Outcome) -> Json:
    findings = [finding_form(answer, finding) for finding in outcome.findings]
    told = [{name: text and clean(text) for name, text in finding.items()} for finding in findings]
    return {"name": outcome.name, "holds": outcome.holds, "findings": told}


def _why(wording: Wording, judgement: Judgement) -> Iterator[str]:
    """How a claim came by its verdict, in sentences."""
    if judgement.verdict is Verdict.WITHDRAWN:
        yield f"Taken back by {named(correctors(wording, judgement))}."
    elif isinstance(judgement.claim.test, Noted):
        yield f"Not tested: {clean(judgement.claim.test.why)}"
    else:
        yield from stance(wording, judgement)
    nearest = nearest_reading(wording.book, judgement)
    if nearest is not None and judgement.verdict in (Verdict.COMPATIBLE, Verdict.CONTRADICTED):
        yield nearest_in_words(nearest)


def _question(wording: Wording, topic: Topic) -> Json:
    cells: dict[str, list[Json]] = {}
    for each in topic.asked:
        said = {"claim": each.claim.id, "text": _said(each), "verdict": verdict_in_words(each)}
        cells.setdefault(each.claim.source, []).append(said)
    return {
        "number": topic.number,
        "label": topic.question.label,
        "sources": topic.sources,
        "origins": topic.origins,
        "ledger": "; ".join(" ".join(found) for found in ledger_in_words(topic)) or None,
        "conflicts": conflicts_in_words(wording, topic),
        "cells": cells,
    }


def _said(judgement: Judgement) -> str:
    """What a claim says, in its own words where it is about how many."""
    test = judgement.claim.test
    return spoken(test.expected) if isinstance(test, Count) else expected_by(test)
