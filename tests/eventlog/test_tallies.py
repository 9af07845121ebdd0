"""Stores of tallies: each keeps one tally of an ensemble, whole, however many programs write at once."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from sim.errors import UsageError
from sim.eventlog import open_log, open_tallies, patience, sqlite, tallies
from sim.eventlog.patience import Wait
from sim.eventlog.postgres import PostgresSession
from sim.eventlog.sqlite import SqliteSession
from sim.eventlog.tallies import DRAFT, LOCK, TallyFiles
from tests.eventlog.example import EXAMPLE

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from hashlib import sha256
from sim.eventlog import open_tallies
url, turn = sys.argv[1], int(sys.argv[2])
store = open_tallies(url)
def runs_of(body):
    digest, _, rest = body.partition(b" ")
    assert digest == sha256(rest).hexdigest().encode(), "torn"
    return int(rest.split()[0])
last = -1
for runs in range(turn, 120, 2):
    rest = b"%d " % runs * 2000
    store.keep("abcd", sha256(rest).hexdigest().encode() + b" " + rest, lambda body: runs_of(body) < runs)
    found = runs_of(store.find("abcd"))
    assert found >= max(runs, last), (found, runs, last)
    last = found
print(last)
"""


@pytest.fixture(params=("sqlite", "jsonl", "postgresql"))
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a log that is not there yet, in each store."""
    if request.param == "postgresql":
        fresh: str = request.getfixturevalue("postgres_url")
        return fresh
    return str(tmp_path / f"runs.{request.param}")


def test_two_at_once(url: str) -> None:
    """What is kept is always whole, and never goes back."""
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, url, str(turn)], cwd=ROOT, stdout=subprocess.PIPE)
        for turn in (0, 1)
    ]
    told = [writer.communicate()[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert max(int(last) for last in told) == 119
    ((_, body),) = open_tallies(url).all()
    assert body.partition(b" ")[2].startswith(b"119 ")


def test_to_look_makes_nothing(url: str, tmp_path: Path) -> None:
    """Neither the log nor what tallies are kept in."""
    assert (open_tallies(url).find("abcd"), os.listdir(tmp_path)) == (None, [])
    open_log(url).record(EXAMPLE)
    before = os.listdir(tmp_path)
    assert (open_tallies(url).find("abcd"), open_tallies(url).all(), os.listdir(tmp_path)) == (None, [], before)


def test_to_check_changes_nothing(url: str, tmp_path: Path) -> None:
    """It makes what there is to be, and leaves what is there as it is."""
    store = open_tallies(url)
    store.check("abcd")
    assert store.all() == []
    store.keep("abcd", b"one", lambda _: True)
    store.check("abcd")
    assert store.all() == [("abcd", b"one")]
    assert not [*tmp_path.rglob(f"*{DRAFT}")]


def test_to_check_is_refused_where_to_keep_is(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same words."""
    store = open_tallies(url)
    store.keep("abcd", b"one", lambda _: True)
    if isinstance(store, TallyFiles):
        monkeypatch.setattr(tallies, "token_hex", lambda _: "nowhere/")
    else:  # a file and a server that may be read only
        query_only = "PRAGMA query_only = ON" if url.endswith(".sqlite") else "SET default_transaction_read_only = on"
        session = SqliteSession if url.endswith(".sqlite") else PostgresSession
        made = session.make
        monkeypatch.setattr(session, "make", lambda self, *told: (made(self, *told), self.do(query_only)))
    with pytest.raises(UsageError) as kept:
        store.keep("abcd", b"two", lambda _: True)
    with pytest.raises(UsageError) as checked:
        store.check("abcd")
    assert str(checked.value) == str(kept.value)


def test_who_gives_way_is_asked_of_what_is_there(url: str) -> None:
    """And of nothing where there is none."""
    asked: list[bytes] = []

    def refuses(body: bytes) -> bool:
        asked.append(body)
        return False

    store = open_tallies(url)
    store.keep("abcd", b"one", refuses)
    store.keep("abcd", b"two", refuses)
    assert (asked, store.find("abcd"), store.find("ef01"), store.all()) == ([b"one"], b"one", None, [("abcd", b"one")])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.jsonl", "another program is writing to {}/a.tallies"),
        ("a.sqlite", "the log {}/a.sqlite cannot be written: database is locked"),
    ],
)
def test_nobody_comes_in_between(name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the question and the answer: another program waits, and says so where that takes long."""
    monkeypatch.setattr(tallies, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    one, other = open_tallies(tmp_path / name), open_tallies(tmp_path / name)
    one.keep("abcd", b"few", lambda _: True)

    def meanwhile(_: bytes) -> bool:
        with pytest.raises(UsageError) as refused:
            other.keep("abcd", b"many", lambda _: True)
        assert refused.value.message == said.format(tmp_path)
        return True

    one.keep("abcd", b"more", meanwhile)
    assert one.find("abcd") == b"more"


@pytest.mark.parametrize("name", ["a.jsonl", "a.sqlite"])
def test_who_waits_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Once, after a while, what for and how long; who is in a hurry waits no longer, nor who is stopped."""
    one, other = open_tallies(tmp_path / name), open_tallies(tmp_path / name)
    one.keep("abcd", b"few", lambda _: True)

    def meanwhile(_: bytes) -> bool:
        for wait in (Wait(0.0), Wait(0.4), Wait(60, stopped=lambda: True)):
            with pytest.raises(UsageError):
                other.keep("abcd", b"many", lambda _: True, wait)
        return True

    begun = monotonic()
    monkeypatch.setattr(patience, "SAY_SECONDS", 0.15)
    one.keep("abcd", b"more", meanwhile)
    assert monotonic() - begun < 30
    what = other.where if name.endswith(".jsonl") else f"the log {other.url}"
    assert caplog.messages == [f"{what} is locked: waiting for the program that is writing to it, 0.4 seconds at most"]


KILLED = """
import os, signal, sys
from sim.eventlog import open_tallies
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
open_tallies(sys.argv[1]).keep("abcd", b"two", lambda _: True)
"""


def test_what_a_killed_program_leaves_is_taken_away(tmp_path: Path) -> None:
    """By the next one that writes; until then, what was kept before is there."""
    store = open_tallies(tmp_path / "a.jsonl")
    store.keep("abcd", b"one", lambda _: True)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "a.jsonl")], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    names = sorted(os.listdir(tmp_path / "a.tallies"))
    assert [name.endswith(DRAFT) for name in names] == [False, False, True]
    assert store.all() == [("abcd", b"one")]
    store.keep("ef01", b"other", lambda _: True)
    assert sorted(os.listdir(tmp_path / "a.tallies")) == [LOCK, "abcd.json", "ef01.json"]


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither of the new, nor instead of the old."""
    store = open_tallies(tmp_path / "a.jsonl")
    store.keep("abcd", b"one", lambda _: True)

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        with pytest.raises(UsageError) as refused:
            store.keep("abcd", b"two", lambda _: True)
    assert refused.value.message == f"the log {tmp_path}/a.jsonl cannot be written: No space left on device"
    assert store.find("abcd") == b"one"
    assert sorted(os.listdir(tmp_path / "a.tallies")) == [LOCK, "abcd.json"]


def test_others_may_read_it_where_files_are_for_all(tmp_path: Path) -> None:
    """A log that several people share holds their ensembles too."""
    before = os.umask(0o022)
    try:
        open_tallies(tmp_path / "a.jsonl").keep("abcd", b"one", lambda _: True)
    finally:
        os.umask(before)
    assert (tmp_path / "a.tallies" / "abcd.json").stat().st_mode & 0o777 == 0o644


def test_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: it is written whole; what somebody else writes meanwhile is left alone."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.delattr("os.O_DIRECTORY")
    store = open_tallies(tmp_path / "a.jsonl")
    store.keep("abcd", b"one", lambda _: True)
    (tmp_path / "a.tallies" / f"ef01.json.0{DRAFT}").write_bytes(b"")
    store.keep("abcd", b"two", lambda _: True)
    assert store.all() == [("abcd", b"two")]
    assert len(os.listdir(tmp_path / "a.tallies")) == 3


def test_the_disk_is_told_of_the_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file first, then its name; and the folder's own name when it is made."""
    told: list[str] = []
    synced = os.fsync

    def sync(file: int) -> None:
        told.append(os.path.basename(os.readlink(f"/proc/self/fd/{file}")))
        synced(file)

    monkeypatch.setattr("os.fsync", sync)
    store = open_tallies(tmp_path / "a.jsonl")
    store.keep("abcd", b"one", lambda _: True)
    assert [name.endswith(DRAFT) for name in told] == [False, True, False]
    assert (told[0], told[2]) == (tmp_path.name, "a.tallies")
