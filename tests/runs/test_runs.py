"""The shell that joins the parts: a scenario becomes a book, with or without a log; a log becomes a book again."""

from pathlib import Path

import pytest

from sim.engine import simulate
from sim.errors import LogError, UsageError
from sim.eventlog import Outcome, open_log
from sim.ledger import Book
from sim.posture import snapshot
from sim.runs import is_log, play, play_and_keep, read, replay
from tests.story import deploy, scenario, unit

TOLD = scenario([unit("brigade")], [deploy("go", 60, "brigade", transit=30)])


def same(one: Book, other: Book) -> bool:
    """Whether two books say the same: what is in them, and where everyone was at every minute."""
    posture = [[snapshot(book, minute) for minute in (0, 59, 60, 89, 90, 10_000)] for book in (one, other)]
    return one.scenario == other.scenario and one.events == other.events and posture[0] == posture[1]


def test_a_book_of_a_scenario() -> None:
    """Playing is simulating and posting."""
    assert same(play(TOLD), Book.replay(simulate(TOLD)))
    assert same(play(TOLD), replay(simulate(TOLD)))
    assert play(TOLD, seed=7).opened.seed == 7


def test_kept_nowhere_it_is_counted_and_hashed_all_the_same(tmp_path: Path) -> None:
    """The run, the count and the head are those of the log that it would make."""
    url = str(tmp_path / "run.jsonl")
    (book, nowhere), (again, somewhere) = play_and_keep(TOLD), play_and_keep(TOLD, url=url)
    assert same(book, play(TOLD))
    assert same(again, book)
    assert (nowhere.url, somewhere.url) == (None, url)
    assert nowhere.written == somewhere.written
    assert somewhere.written.outcome is Outcome.WRITTEN
    assert somewhere.written.count == book.events == len(list(open_log(url).records()))


def test_a_log_is_read_back(tmp_path: Path) -> None:
    """The book is that of the run, and what was read is what was written, now verified."""
    url = str(tmp_path / "run.jsonl")
    _, kept = play_and_keep(TOLD, seed=3, url=url)
    book, again = read(url)
    assert same(book, play(TOLD))
    assert (book.opened.seed, again.url) == (3, url)
    assert again.written.outcome is Outcome.VERIFIED
    assert (again.written.run, again.written.head) == (kept.written.run, kept.written.head)


def test_seeds_make_runs_of_their_own(tmp_path: Path) -> None:
    """They stand in one log; the last one is read."""
    url = str(tmp_path / "run.jsonl")
    runs = {play_and_keep(TOLD, seed=seed, url=url)[1].written.run for seed in (1, 2)}
    assert len(runs) == 2
    assert read(url)[0].opened.seed == 2


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """A log that is not there cannot be asked; one without a run, or with anything else in it, does not verify."""
    with pytest.raises(UsageError):
        read(str(tmp_path / "nowhere.jsonl"))
    with pytest.raises(LogError):
        read("memory:")
    other = tmp_path / "other.jsonl"
    other.write_text("{}\n", encoding="utf-8")
    with pytest.raises(LogError):
        read(str(other))


@pytest.mark.parametrize("address", ["run.jsonl", "a/b.jsonl", "memory:", "postgresql://host/runs"])
def test_addresses_of_logs(address: str) -> None:
    assert is_log(address)


@pytest.mark.parametrize("address", ["feb2022.yaml", "feb2022", "jsonl", "a.json", "run.jsonl.yaml", ""])
def test_names_of_scenarios(address: str) -> None:
    """Everything else: a scenario may have any name."""
    assert not is_log(address)
