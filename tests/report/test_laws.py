"""What holds of every report, whatever the scenario says and however little room there is."""

import json
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import east_asian_width

from hypothesis import given
from hypothesis import strategies as st

from sim.domain.scenario import Scenario
from sim.engine import simulate
from sim.posture.snapshot import FIELDS
from sim.report.answer import Answer
from sim.report.csv_form import TABLES, to_csv
from sim.report.ink import uninked
from sim.report.json_form import to_json
from sim.report.page import page, table_page
from sim.report.table import Style
from sim.runs import play_and_keep, read
from tests.report.asked import answer
from tests.strategies import scenarios

fields = st.lists(st.sampled_from(list(FIELDS)), unique=True, max_size=3).map(tuple)


def columns(line: str) -> int:
    """How many columns of a terminal a line takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in line)


@given(scenarios(), st.integers(1, 200), fields, st.sampled_from(Style))
def test_a_page_can_always_be_drawn(told: Scenario, room: int, by: tuple[str, ...], style: Style) -> None:
    """Nothing on it could steer a terminal, and no line ends in spaces."""
    asked = answer(told)
    text = page(asked, by, style, room)
    text += "".join(table_page(asked, table, by, style, room) for table in TABLES)
    lines = text.split("\n")
    assert [line for line in lines if not uninked(line).isprintable()] == []
    assert [line for line in lines if line != line.rstrip()] == []


@given(scenarios(), st.integers(60, 200))
def test_a_page_fits_its_room(told: Scenario, room: int) -> None:
    """From 60 columns on, with names of a usual length; wide letters are counted as two."""
    assert [line for line in page(answer(told), room=room).splitlines() if columns(line) > room] == []


@given(scenarios())
def test_rows_sum_to_the_totals(told: Scenario) -> None:
    """The strength of each kind at each time; and the rows are sorted, each once, and none is zero."""
    for snapshot in json.loads(to_json(answer(told)))["snapshots"]:
        rows, totals = snapshot["rows"], {total["kind"]: total["strength"] for total in snapshot["totals"]}
        by_kind = groupby(sorted(rows, key=lambda row: row["kind"]), key=lambda row: row["kind"])
        assert {kind: sum(row["strength"] for row in each) for kind, each in by_kind} == totals
        accounts = [(row["unit"], row["place"], row["readiness"]) for row in rows]
        assert accounts == sorted(set(accounts))
        assert all(row["strength"] > 0 and row["low"] <= row["strength"] for row in rows)


@given(scenarios())
def test_a_log_answers_as_the_run_did(told: Scenario) -> None:
    """At every minute that has an event, byte for byte: page, JSON and every CSV table."""
    times = tuple(sorted({event.at for event in simulate(told)}))
    with TemporaryDirectory() as folder:
        url = str(Path(folder) / "run.jsonl")
        live, again = (Answer(book, times, kept) for book, kept in (play_and_keep(told, url=url), read(url)))
        assert to_json(again) == to_json(live)
        assert page(again) == page(live)
        assert [to_csv(again, table) for table in TABLES] == [to_csv(live, table) for table in TABLES]


@given(scenarios(), fields)
def test_grouping_keeps_every_figure(told: Scenario, by: tuple[str, ...]) -> None:
    """The groups of a CSV sum to what the rows of the JSON do, at each time and for each kind."""
    asked = answer(told)
    if not by:
        return
    header, *rows = (line.rsplit(",", 4)[1:3] for line in to_csv(asked, "posture", by).splitlines())
    assert header == ["kind", "strength"]
    snapshots = json.loads(to_json(asked))["snapshots"]
    assert sum(int(strength) for _, strength in rows) == sum(
        row["strength"] for snapshot in snapshots for row in snapshot["rows"]
    )
