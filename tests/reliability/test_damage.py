"""Files that were cut off or changed: a beginning of what was recorded, or a clear error; never anything else.

Against a checkpoint that is kept elsewhere it is always an error, unless the whole run is there.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sim.errors import LogError, SimError
from sim.eventlog import database, open_log, trial
from sim.posture import Book
from tests.reliability.image import Image
from tests.reliability.judge import Found, Judge
from tests.reliability.runs import posted, small_run

RUN = small_run()
IN_FILE, IN_COMMIT, APART = 4, 2, 3
"""How many records stand in the file beside a write-ahead log, in a commit, and between trial balances at least."""

JSONL, SQLITE, WITH_WAL = "jsonl", "sqlite", "sqlite with a write-ahead log"
FILES = pytest.mark.parametrize(("kind", "ending"), [(JSONL, ""), (SQLITE, ""), (WITH_WAL, ""), (WITH_WAL, "-wal")])
"""The logs, and what the name of the file ends with that is damaged."""

PART_COUNT = 8
PARTS = pytest.mark.parametrize("part", range(PART_COUNT))
"""Each file is tried in parts, every eighth place in one of them, so that they can be tried side by side."""

MEMORY = Path("/dev/shm")
SAMPLED = 61
"""Of how many bytes the short form tries one."""


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(RUN)


@pytest.fixture
def path(kind: str) -> Iterator[Path]:
    """Where to put a damaged log: in memory, where it can stand there, so that nothing waits for a disk."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder) / f"damaged.{kind.partition(' ')[0]}"


@pytest.fixture
def image(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Image:
    """The files of a log before they are damaged. Small as it is, SQLite keeps trial balances of it."""
    monkeypatch.setattr(database, "BATCH", IN_COMMIT)
    monkeypatch.setattr(trial, "SPACING", APART)
    path = tmp_path / f"whole.{kind.partition(' ')[0]}"
    if kind == WITH_WAL:
        return with_write_ahead_log(path)
    record(path)
    return Image.of(path)


def record(path: Path) -> None:
    """Record the run as the command `run` does."""
    book = Book()
    open_log(path).record(posted(RUN, book), book)


def with_write_ahead_log(path: Path) -> Image:
    """What a program leaves that is killed at its end: the last records, and all balances, stand in no other file."""
    with pytest.raises(LogError, match="end without run-closed"):
        open_log(path).record(RUN[:IN_FILE])
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT * FROM sim_runs").fetchall()  # while it is open, what is in the log stays there
        record(path)
        return Image.of(path)


@FILES
@PARTS
def test_a_file_cut_anywhere(image: Image, ending: str, part: int, path: Path, judge: Judge, long: bool) -> None:
    """What is read is a beginning of the run, and that it is no more is said."""
    tried(image.cuts(ending, image.places(ending, 1 if long else SAMPLED)[part::PART_COUNT]), path, judge)


@FILES
@PARTS
def test_a_bit_changed_anywhere(
    kind: str, image: Image, ending: str, part: int, path: Path, judge: Judge, long: bool
) -> None:
    """It is noticed, unless it stands where nothing is said: then the whole run is there."""
    places = image.places(ending, 1 if long else SAMPLED)[part::PART_COUNT]
    tried(image.flips(ending, places, every_bit=long and kind != WITH_WAL), path, judge)


@pytest.mark.parametrize("kind", [SQLITE])
def test_a_record_that_is_not_found_by_its_position(image: Image, path: Path, judge: Judge) -> None:
    """Where one bit more or less puts the last record out of order, the run is not listed as one without records."""
    place = image.files[""].rindex(b"run-closed.1") - 8  # it says that its run has the number 1
    image.flipped("", place, 0).put(path)
    assert judge.read(str(path)) == Found(len(RUN), None), "it is found by going from one record to the next"
    with pytest.raises(LogError, match="the log is damaged: its first record, or its last, is not found"):
        open_log(path).runs()


@pytest.mark.parametrize("kind", [WITH_WAL])
def test_what_only_a_checkpoint_sees(image: Image, path: Path, judge: Judge) -> None:
    """SQLite takes a damaged frame of its write-ahead log, and all behind it, as never written, and finds no fault.

    Neither does the chain, in the records that are left. The checkpoint does.
    """
    image.flipped("-wal", len(image.files["-wal"]) // 2, 0).put(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    url = str(path)
    found = judge.read(url)
    assert found.unfinished
    assert IN_FILE < found.count < len(RUN)
    verified = open_log(url).verify()
    assert (verified.count, verified.finished) == (found.count, False)
    with pytest.raises(LogError, match=f"the run ends before here, but the checkpoint knows {len(RUN)} records of it"):
        open_log(url).verify(judge.records[0].run, judge.checkpoint)
    assert judge.complete(url)


def tried(damaged: Iterator[tuple[str, Image]], path: Path, judge: Judge) -> None:
    """Judge each damaged log. What became of how many is printed: see it with `pytest -rP`."""
    tally: Counter[str] = Counter()
    for what, image in damaged:
        image.put(path)
        try:
            tally[judged(path, judge)] += 1
        except BaseException as error:
            error.add_note(what)
            raise
    print(*sorted(tally.items()), sep="\n")


def judged(path: Path, judge: Judge) -> str:
    """What a damaged log gives, in a few words. One that is said to be unfinished is completed, or that is refused."""
    url = str(path)
    found = judge.read(url)
    answers = [word for word, right in (("snapshots", judge.look), ("verified", judge.check)) if right(url)]
    if found.error is None:
        with suppress(SimError):  # such as for a damaged name of a column that records do not have
            judge.list(url, found)
        return " ".join(["whole", *answers])
    if found.unfinished:
        answers.append("completed" if judge.complete(url) else "not completed")
        return " ".join(["shorter", *answers])
    return " ".join(["refused", *answers])
