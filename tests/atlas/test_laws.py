"""What holds of every album: its figures are those of the ledger at every minute, and those of each day."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.atlas.album import album
from sim.atlas.form import album_form, picture_form
from sim.atlas.page import json_block
from sim.atlas.picture import picture as made
from sim.domain.known import known
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Basis, Readiness, weakest
from sim.posture import Book, Row, snapshot
from sim.posture.snapshot import grouped
from sim.report.answer import Answer
from sim.report.text import clean, finished
from sim.report.wording import Wording
from sim.runs import play
from tests.atlas.reading import Json, lines_at
from tests.strategies import any_scenarios, lift_scenarios

every_scenario = st.one_of(any_scenarios(), lift_scenarios())

SECTIONS: dict[str, tuple[tuple[str, ...], Callable[[Row], tuple[Any, ...]]]] = {
    "lines": (("place", "readiness"), lambda row: (row.place, row.readiness)),
    "totals": ((), lambda row: ()),
    "countries": (
        ("country", "place", "in_transit"),
        lambda row: (shown(row.country), None if row.country else row.place, row.readiness is Readiness.IN_TRANSIT),
    ),
    "readinesses": (("readiness",), lambda row: (row.readiness,)),
}
"""The sections of lines: the fields that tell them apart, and the same of a row of a snapshot."""


def form_of(told: Scenario) -> Json:
    form = album_form(album(Answer(play(told), (told.end,)), ["x.yaml"]), "sim report x.yaml")
    return as_read(form)


def as_read(form: Json) -> Json:
    """A form as the page's program reads it."""
    read: Json = json.loads(json_block(form))
    return read


def shown(text: str | None) -> str | None:
    """What a reader sees of a text."""
    return text and finished(clean(text))


def ledger_at(book: Book, minute: int, key: Callable[[Row], tuple[Any, ...]]) -> dict[tuple[Any, ...], list[Any]]:
    """What a snapshot of a run holds at a minute, grouped by side, kind and `key`."""

    def by(row: Row) -> tuple[Any, ...]:
        return (shown(row.side), row.kind, *key(row))

    rows = snapshot(book, minute).rows
    sums = grouped(book.units, rows, by)
    bases = {group: weakest(row.basis for row in rows if by(row) == group) for group in sums}
    return {
        group: [strength, interval.low, interval.high, bases[group]] for group, (strength, interval) in sums.items()
    }


@given(every_scenario, st.data())
def test_every_figure_is_that_of_the_ledger(told: Scenario, data: st.DataObject) -> None:
    """At any minute, in every section, and as known at any time: strength, range and basis."""
    form = form_of(told)
    place = data.draw(st.integers(0, len(form["known"]) - 1))
    picture, at = form["pictures"][(place + 1) % len(form["known"])], form["known"][place]["at"]
    minute = data.draw(st.integers(0, told.end))
    book = play(told if at is None else known(told, at))
    for section, (fields, key) in SECTIONS.items():
        assert lines_at(picture, section, fields, minute) == ledger_at(book, minute, key), section


@given(every_scenario)
def test_shares_add_up(told: Scenario) -> None:
    """In every step: there are several or none, the weakest is the basis, and together they are the strength."""
    for picture in form_of(told)["pictures"]:
        for section in SECTIONS:
            for _, strength, _, _, basis, shares in (step for line in picture[section] for step in line["steps"]):
                if shares is not None:
                    assert len(shares) > 1
                    assert sum(shares.values()) == strength
                    assert weakest(Basis(known) for known in shares if known != "unmoved") == basis


@given(every_scenario, st.data())
def test_the_parts_behind_a_line_add_up_to_it(told: Scenario, data: st.DataObject) -> None:
    """What its entries put into an account, less what they took, is what the line of that account holds."""
    book = play(told)
    picture = as_read(picture_form(made(Answer(book, (told.end,)), Wording(book), ["x.yaml"])))
    minute = data.draw(st.integers(0, told.end))
    parts: Counter[tuple[str, ...]] = Counter()
    for _, at, _, unit, giving, taking, strength, *_ in picture["entries"]:
        side, kind = picture["units"][unit]["side"], picture["units"][unit]["kind"]
        if at <= minute:
            parts[(side, kind, *taking)] += strength
            if giving is not None:
                parts[(side, kind, *giving)] -= strength
    lines = lines_at(picture, "lines", ("place", "readiness"), minute)
    assert {key: held[0] for key, held in lines.items()} == {key: sum_ for key, sum_ in parts.items() if sum_}


@given(every_scenario)
def test_every_id_names_something(told: Scenario) -> None:
    """In every picture, what refers to a source, a place, a unit, an order, a claim or grounds finds it."""
    form = form_of(told)
    there = {"source": form["sources"], "place": form["places"]}
    for picture in form["pictures"]:
        claims = {claim["id"]: claim for claim in picture["claims"]}
        named = {**there, "unit": picture["units"], "order": picture["orders"], "claim": claims}
        for noun, id in _links(picture):
            assert id in named[noun], (noun, id)
        for _, _, _, unit, _, taking, _, order, _, ground in picture["entries"]:
            assert unit in picture["units"]
            assert taking[0] in form["places"]
            assert order is None or order in picture["orders"]
            assert set(picture["grounds"][ground]["sources"]) <= form["sources"].keys()


def _links(picture: Json) -> list[tuple[str, str]]:
    links = [each for sentence in picture["sentences"] for each in sentence if not isinstance(each, str)]
    return [(noun, id) for link in links for noun, id in link.items() if noun != "text"]


@given(every_scenario)
def test_three_sentences_are_always_said(told: Scenario) -> None:
    """Each is a sentence, whatever there is to say; in every picture."""
    for picture in form_of(told)["pictures"]:
        assert len(picture["sentences"]) == 3
        for sentence in picture["sentences"]:
            assert "".join(each if isinstance(each, str) else each["text"] for each in sentence).strip()
