"""What values look like in a notebook: tables with ranges and marks, in which nothing of a scenario is markup."""

import sys
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.domain.claim import Count, Selector
from sim.domain.quantity import exactly
from sim.domain.scenario import Scenario
from sim.notebook.markup import ROWS_MAX
from sim.posture import Book, Snapshot
from sim.posture.shown import Shown
from sim.runs import play
from tests.story import alert, cited, claim, deploy, scenario, unit
from tests.strategies import scenarios

IN_POLAND = Count(Selector(place=("pl",)), exactly(100), 100)
ALLOWED = {"div", "p", "b", "br", "table", "thead", "tbody", "tr", "th", "td"}


class Read(HTMLParser):
    """The text of HTML, row by row, and the names of its elements outside of drawings, and within."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[list[str]] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._drawing = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._drawing += tag == "svg"
        if not self._drawing:
            self.tags.add(tag)
            self.attributes.update(name for name, _ in attrs)
        if tag in {"p", "br", "tr"}:
            self.lines.append([])

    def handle_endtag(self, tag: str) -> None:
        self._drawing -= tag == "svg"

    def handle_data(self, data: str) -> None:
        if not self._drawing:
            self.lines[-1].append(data)


def read(value: Shown) -> list[list[str]]:
    """What a value shows: each row of a table with its cells, each sentence."""
    return Read(value._repr_html_()).lines


def told() -> Scenario:
    units = [unit("alpha", "about 100"), unit("bravo", "300", grounds=cited("abc"))]
    orders = [deploy("go", 60, "alpha", transit=30), alert("wake", 90, "bravo")]
    return scenario(units, orders, claims=[claim(IN_POLAND)])


def test_a_snapshot() -> None:
    """A row for each unit, place and readiness, as it is called; and what it comes to."""
    assert read(play(told()).snapshot(100)) == [
        ["Posture, 24 Jan 2022 01:40, UTC time"],
        ["unit", "place", "readiness", "side", "kind", "strength", "range"],
        ["alpha", "Poland", "deployed", "US", "troops", "100!", "90-110"],
        ["bravo", "Home", "heightened alert", "US", "troops", "300"],
        ["All of US: 400! troops (390-410)."],
        ["Marks: '!' moved on an assumption, '^' only announced."],
    ]


def test_a_series_without_a_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where matplotlib is not installed there is the table alone."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    html = play(told()).series(("place",))._repr_html_()
    assert "<svg" not in html
    assert Read(html).lines == [
        ["Posture over time, by place"],
        ["side", "kind", "place", "24 Jan 00:00", "24 Jan 01:00", "24 Jan 01:30", "range"],
        ["US", "troops", "Home", "400", "300", "300"],
        ["US", "troops", "Poland", ".", ".", "100!", "90-110"],
        ["US", "troops", "Poland, en route", ".", "100!", "."],
        ["Marks: '!' moved on an assumption, '^' only announced; the range is that of the last figure."],
    ]


def test_a_series_with_a_chart() -> None:
    """The same with a drawing before it, in which there is no text, and a word on how to read it."""
    html = play(told()).series(("place",))._repr_html_()
    assert html.count("<svg ") == 1
    assert "<!--" not in html and "<text" not in html
    assert Read(html).lines[-2:] == [
        ["Marks: '!' moved on an assumption, '^' only announced; the range is that of the last figure."],
        ["In the chart, what moved on an assumption is dotted, what was only announced dashed."],
    ]


def test_a_book() -> None:
    """The headline, and the posture at the times that the scenario asks for."""
    assert read(play(told())) == [
        ["A story"],
        ["24 Jan - 30 Jan 2022, UTC"],
        ["Only forces these sources name. Moves are as announced or assumed: no source saw an arrival."],
        ["place", "readiness", "30 Jan 22:40", "range"],
        ["Poland", "deployed", "100!", "90-110"],
        ["Home", "heightened alert", "300"],
        ["all US named here", "400", "390-410"],
        ["The range is that of the last figure; '!' moved on an assumption, '^' only announced."],
    ]
    assert read(Book()) == [["A book with no events"]]


def test_claims_and_events() -> None:
    """With the letters of the sources, and what they stand for."""
    book = play(told())
    assert read(book.verdicts()) == [
        ["Claims"],
        ["claim", "by", "about", "says", "ledger", "range", "verdict"],
        ["said", "A", "in Poland, 24 Jan 01:40", "100", "100", "90-110", "holds"],
        ["A ABC News"],
    ]
    assert read(book.timeline()) == [
        ["Timeline"],
        ["when", "what", "strength", "where", "sources"],
        ["24 Jan 01:00 !", "ordered", "100", "to Poland", "."],
        ["24 Jan 01:00 !", "leaves", "100", "Home to Poland", "."],
        ["24 Jan 01:30 !", "arrives", "100", "to Poland", "."],
        ["24 Jan 01:30 !", "alert", "300", "Home", "."],
        ["'!' rests on an assumption"],
        ["A ABC News"],
    ]
    assert ([each.claim.id for each in book.verdicts()], len(book.verdicts())) == (["said"], 1)
    assert (len(book.timeline()), next(iter(book.timeline())).event) == (6, "order-issued")


def test_an_explanation() -> None:
    """What the figure is made of, the orders and the sources."""
    book = play(told())
    assert read(book.explain(100, place="pl")) == [
        ["Explanation"],
        ["100 troops (90-110), made of:"],
        ["unit", "place", "readiness", "strength", "range"],
        ["alpha", "pl", "deployed", "100!", "90-110"],
        ["order", "action", "to", "sources"],
        ["go", "deploy", "pl"],
        ["source", "outlet", "title", "address"],
        ["abc", "ABC News"],
    ]
    assert read(book.explain(100, place="de")) == [
        ["Explanation"],
        ["0 troops"],
    ]


def test_what_is_only_columns() -> None:
    """Postings and ensembles, by the names of their columns."""
    assert read(play(scenario([unit("a")])).postings()) == [
        ["Postings"],
        ["position", "at", "event", "unit", "place", "readiness", "strength", "kind", "basis", "order"],
        ["10", "2022-01-24 00:00 UTC", "unit-mustered", "a", "-100", "troops"],
        ["10", "2022-01-24 00:00 UTC", "unit-mustered", "a", "home", "garrison", "100", "troops"],
    ]
    assert read(sim.run_ensemble(told(), runs=2)) == [
        ["Ensemble"],
        [
            "order",
            "runs_closed",
            "runs_dropped",
            "q5",
            "q5_low",
            "q5_high",
            "q25",
            "q25_low",
            "q25_high",
            "q50",
            "q50_low",
            "q50_high",
            "q75",
            "q75_low",
            "q75_high",
            "q95",
            "q95_low",
            "q95_high",
        ],
        [
            "go",
            "1",
            "0",
            "2022-01-24 01:30 UTC",
            "2022-01-24 01:30 UTC",
            "2022-01-24 01:30 UTC",
            "2022-01-24 01:30 UTC",
            "2022-01-24 01:30 UTC",
        ],
    ]


def test_rows_are_bounded() -> None:
    """Of many rows the first are shown, and how many more there are."""
    book = play(scenario([unit(f"u{number:03}") for number in range(100)]))
    lines = read(book.snapshot(0))
    assert len([line for line in lines if line[0].startswith("u0")]) == ROWS_MAX
    assert ["and 60 more: columns(), to_pandas() and to_polars() have all"] in lines


def test_a_snapshot_that_no_book_was_asked_for() -> None:
    """It has no date, and nobody in it."""
    assert read(Snapshot(0, (), ()))[0] == ["Posture"]


def _values(book: Book) -> Iterator[Shown]:
    yield from (book, book.snapshot(0), book.series(("unit", "place")), book.verdicts(), book.timeline())
    yield from (book.postings(), book.explain("end"))


HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)"> & \'"'


def test_nothing_is_markup() -> None:
    """Titles, names, sides and wordings are shown as they are written."""
    hostile = evolve(
        told(),
        title=HOSTILE,
        units=[evolve(unit("alpha", side=HOSTILE), name=HOSTILE), unit("bravo", side=HOSTILE)],
        sources=[evolve(source, outlet=HOSTILE, title=HOSTILE) for source in told().sources.values()],
        places=[evolve(place, name=HOSTILE, country=HOSTILE) for place in told().places.values()],
        claims=[claim(IN_POLAND, disputed=HOSTILE)],
    )
    for value in _values(play(hostile)):
        html = value._repr_html_()
        assert "<script" not in html and "<img" not in html
        assert Read(html).tags <= ALLOWED
        assert Read(html).attributes <= {"style"}


@settings(max_examples=8)
@given(scenarios(), st.booleans())
def test_any_run_can_be_shown(of: Scenario, charts: bool) -> None:
    """Whatever it is of, with nothing but tables and paragraphs, and drawings of shapes."""
    for value in _values(play(of)):
        if charts or not hasattr(value, "lines"):
            assert Read(value._repr_html_()).tags <= ALLOWED
