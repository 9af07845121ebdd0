"""Playing a run out again from its log."""

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given

from sim.domain.event import RULES, Event, OrderRefused, RunOpened
from sim.domain.scenario import Scenario
from sim.engine import simulate
from sim.errors import LogError, UsageError
from sim.eventlog import EventLog, open_log
from sim.posture import Book
from sim.runs import play_and_keep, rerun
from tests.eventlog.example import EXAMPLE
from tests.story import deploy, scenario, unit
from tests.strategies import any_scenarios

TOLD = scenario([unit("a")], [deploy("go", 60, "a"), deploy("again", 90, "a")], end=9000)


@given(any_scenarios())
def test_every_run_comes_out_the_same(tmp_path_factory: pytest.TempPathFactory, told: Scenario) -> None:
    """From the definitions in its log alone, to the byte."""
    url = str(tmp_path_factory.mktemp("runs") / "run.jsonl")
    _, kept = play_and_keep(told, seed=7, url=url)
    assert rerun(url) == kept.written.count


def test_any_run_of_a_log(tmp_path: Path) -> None:
    """By its id, or the beginning of it."""
    url = str(tmp_path / "runs.sqlite")
    runs = [play_and_keep(TOLD, seed, url)[1].written for seed in (1, 2)]
    assert [rerun(url, written.run[:8]) for written in runs] == [written.count for written in runs]


def test_a_run_that_was_not_played_out(tmp_path: Path) -> None:
    """Events made up by hand may verify; they are not what comes of their scenario."""
    url = str(tmp_path / "run.jsonl")
    open_log(url).record(EXAMPLE)
    with pytest.raises(LogError, match=r"run.jsonl:17: position 16: played out again, the run has another record here"):
        rerun(url)


def test_one_word_that_is_another(tmp_path: Path) -> None:
    """The hashes fit, the invariants hold, and it is found all the same."""

    def retold(event: Event) -> Event:
        return evolve(event, reason="it was late") if isinstance(event, OrderRefused) else event

    url = str(tmp_path / "run.jsonl")
    open_log(url).record(map(retold, simulate(TOLD)))
    assert open_log(url).verify().finished
    with pytest.raises(LogError, match=r'"reason":"it was late"'):
        rerun(url)


def test_other_rules(tmp_path: Path) -> None:
    """A run by another version of the rules cannot be played out again; it is no reason to doubt its log."""

    def by_others(event: Event) -> Event:
        return evolve(event, rules=RULES + 1) if isinstance(event, RunOpened) else event

    url = str(tmp_path / "run.jsonl")
    open_log(url).record(map(by_others, simulate(TOLD)))
    with pytest.raises(UsageError) as caught:
        rerun(url)
    assert caught.value.message == (
        f"{url}: the run was played out by version {RULES + 1} of the rules, and this program has version {RULES}"
    )


def test_a_run_that_is_begun_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was the last run when it was asked for is the one that is played out again."""
    url = str(tmp_path / "runs.sqlite")
    _, kept = play_and_keep(TOLD, 1, url)
    read = EventLog.book

    def meanwhile(log: EventLog, run: str | None = None) -> Book:
        book = read(log, run)
        play_and_keep(TOLD, 2, url)
        return book

    monkeypatch.setattr(EventLog, "book", meanwhile)
    assert rerun(url) == kept.written.count
