"""Tables: what a database keeps of runs, in SQL that SQLite and PostgreSQL both take, and what their rows must be.

A value stands behind `?`, and a type that the two call differently in braces. A run has a number, in the order in which
runs were begun, so that its records lie together and new ones go to the end: an index by the run's id, which is as good
as random, would more than double the time. The names begin with `sim_`, to stand beside a team's own tables.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from sim.errors import LogError
from sim.eventlog.record import Record
from sim.eventlog.store import Stored
from sim.eventlog.trial import TrialBalance

CREATE_TABLES = (
    """CREATE TABLE IF NOT EXISTS sim_runs (
        number {whole} NOT NULL PRIMARY KEY,
        run TEXT NOT NULL UNIQUE,
        program TEXT NOT NULL
    ){kind}""",
    """CREATE TABLE IF NOT EXISTS sim_records (
        number {whole} NOT NULL,
        position {whole} NOT NULL,
        minute {whole} NOT NULL,
        type TEXT NOT NULL,
        payload {bytes} NOT NULL,
        hash {bytes} NOT NULL,
        PRIMARY KEY (number, position)
    ){kind}""",
    """CREATE TABLE IF NOT EXISTS sim_balances (
        number {whole} NOT NULL,
        position {whole} NOT NULL,
        minute {whole} NOT NULL,
        hash {bytes} NOT NULL,
        body {bytes} NOT NULL,
        digest {bytes} NOT NULL,
        PRIMARY KEY (number, position)
    ){kind}""",
)

RUN_IDS = "SELECT run, number FROM sim_runs ORDER BY number"

LAST_NUMBER = "SELECT max(number) FROM sim_records"

NUMBER = "SELECT number FROM sim_runs WHERE run = ?"

BEGIN_RUN = """
    INSERT INTO sim_runs
    SELECT coalesce(max(number), 0) + 1, CAST(? AS TEXT), CAST(? AS TEXT) FROM sim_runs
"""

RECORDS = """
    SELECT CAST(? AS TEXT), position, minute, type, payload, hash
    FROM sim_records WHERE number = ? AND position >= ? ORDER BY position
"""

_STORED = """
    SELECT r.run, r.program,
        a.position, a.minute, a.type, a.payload, a.hash,
        z.position, z.minute, z.type, z.payload, z.hash
    FROM sim_runs r
    LEFT JOIN sim_records a ON a.number = r.number AND a.position = 0
    LEFT JOIN sim_records z ON z.number = r.number
        AND z.position = (SELECT max(position) FROM sim_records WHERE number = r.number)
"""
STORED_ALL = _STORED + "ORDER BY r.number"
STORED_ONE = _STORED + "WHERE r.run = ?"

KEEP_BALANCE = "INSERT INTO sim_balances VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"

_BALANCES = """
    SELECT b.position, b.minute, b.hash, b.body, b.digest
    FROM sim_balances b JOIN sim_runs r ON r.number = b.number WHERE r.run = ?
"""
BALANCES = _BALANCES + "ORDER BY b.position"
LAST_BALANCE = _BALANCES + "ORDER BY b.position DESC LIMIT 1"
LAST_BALANCE_UNTIL = _BALANCES + "AND b.minute <= ? ORDER BY b.position DESC LIMIT 1"

Row = tuple[Any, ...]

_RECORD = [str, int, int, str, bytes, bytes]
_to_record = partial(tuple.__new__, Record)


def text_of(value: object, place: str) -> str:
    """A text from a row. Raises LogError where it is none."""
    if type(value) is not str:
        raise LogError(f"{place}: the log is damaged: a run's id or version is no text")
    return value


def number_of(value: object, place: str) -> int:
    """A number from a row. Raises LogError where it is none."""
    if type(value) is not int:
        raise LogError(f"{place}: the log is damaged: a run's number is none")
    return value


def records_of(pages: Iterable[Sequence[Row]], first: int, place: str) -> Iterator[Record]:
    """The records in pages of rows, from the position `first`; columns as in RECORDS.

    Databases are not as strict as they say once a bit of theirs has changed: raises LogError where a row is no record.
    """
    position = first
    for page in pages:
        sound = all(
            set(map(type, column)) == {kind} for column, kind in zip(zip(*page, strict=True), _RECORD, strict=True)
        )
        yield from map(_to_record, page if sound else _sound(page, position, place))
        position += len(page)


def _sound(page: Sequence[Row], position: int, place: str) -> Iterator[Row]:
    """The rows of a page up to the first that is no record, for which it raises LogError."""
    for place_in_page, row in enumerate(page):
        if list(map(type, row)) != _RECORD:
            raise LogError(f"{place}: position {position + place_in_page}: the log is damaged: this is no record")
        yield row


def balance_of(row: Row, place: str) -> TrialBalance:
    """A trial balance; columns as in BALANCES. Raises LogError where the row is none."""
    if list(map(type, row)) != [int, int, bytes, bytes, bytes]:
        raise LogError(f"{place}: the log is damaged: a trial balance is none")
    return TrialBalance(*row)


def stored_of(row: Row, url: str) -> Stored:
    """What is stored of a run; columns as in STORED_ALL.

    Raises LogError where its first or its last record is none, or one of them alone is not found.
    """
    run, program = text_of(row[0], url), text_of(row[1], url)
    first, last = row[2:7], row[7:]
    if set(first) == set(last) == {None}:
        return Stored(run, None, None, program)
    place = f"{url}: run {run}"
    return Stored(run, _end(run, first, place), _end(run, last, place), program)


def _end(run: str, columns: Row, place: str) -> Record:
    position = columns[0]
    if type(position) is not int:
        raise LogError(f"{place}: the log is damaged: its first record, or its last, is not found")
    return next(records_of([[(run, *columns)]], position, place))
