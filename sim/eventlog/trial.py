"""Trial balances as a log keeps them beside a run: what every account held after so many of its events.

They say nothing that the records do not. With one of them a reader need not begin at the first record; `strike` makes
them again from a book, to compare.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from typing import NamedTuple, TypeVar

from sim.domain.vocabulary import Basis, Readiness
from sim.errors import LogError
from sim.eventlog.record import Record
from sim.ledger.balance import Balances, Holding
from sim.ledger.book import Book
from sim.ledger.entry import Account

SPACING = 5_000
"""How many events lie between one and the next, at least: what is read to get from there to a moment."""

_DOMAIN = b"sim-balance-1"

T = TypeVar("T")


class TrialBalance(NamedTuple):
    """What the accounts held after the first `position` events of a run.

    `minute` and `hash` are those of the last of these events. `body` has the accounts, none of them empty, by unit,
    place and readiness, as JSON: `[[unit, place, readiness, strength, basis or null], …]`. `digest` is a SHA-256 over
    the run's id and all of this.
    """

    position: int
    minute: int
    hash: bytes
    body: bytes
    digest: bytes


def strike(book: Book, run: str, ends: Iterable[Record]) -> Iterator[TrialBalance]:
    """The trial balance after each of these records, which are in order, by the book of their run."""
    return map(_Striker(book, run).strike, ends)


def first_due(book: Book) -> int:
    """How many records a run has, at the least, that trial balances are stored beside."""
    return max(SPACING, len(book.roster))


def strike_spaced(book: Book, run: str, ends: Iterable[Record]) -> Iterator[TrialBalance]:
    """The trial balances after some of these records, likewise: those to store.

    From each to the next there are at least as many records as it has lines, so that all of them but the last have
    together no more lines than the run has records; and no one has more than that.
    """
    striker, due = _Striker(book, run), first_due(book)
    spacing = due
    for record in ends:
        if record.position + 1 >= due:
            yield striker.strike(record)
            due = record.position + 1 + max(spacing, striker.lines)


class _Striker:
    """Strikes the trial balances of a run, one after another. `lines` counts those of the last."""

    def __init__(self, book: Book, run: str) -> None:
        self.lines = 0
        self._run = run
        self._balances = Balances(book)
        self._name = cache(lambda number: _name(book.account(number)))

    def strike(self, record: Record) -> TrialBalance:
        """The trial balance after a record, which stands behind that of the last one."""
        balances, name = self._balances, self._name
        balances.advance_to(record.position + 1)
        basis = balances.basis
        lines = sorted(f"{name(number)},{held},{_SAID[basis.get(number)]}]" for number, held in balances.held.items())
        self.lines = len(lines)
        body = f"[{','.join(lines)}]".encode()
        digest = _digest(self._run, record.position + 1, record.minute, record.hash, body)
        return TrialBalance(record.position + 1, record.minute, record.hash, body, digest)


def holdings(balance: TrialBalance, run: str, place: str) -> Iterator[Holding]:
    """The lines of a stored balance. Raises LogError where it is not as it was written."""
    damaged = LogError(f"{place}: position {balance.position}: the trial balance stored here is not as it was written")
    if _digest(run, *balance[:4]) != balance.digest:
        raise damaged
    try:
        for unit, at, readiness, strength, basis in json.loads(balance.body):
            account = Account(_a(str, unit), _a(str, at), Readiness(readiness))
            yield Holding(account, _a(int, strength), None if basis is None else Basis(basis))
    except (ValueError, TypeError, RecursionError) as error:
        raise damaged from error


def _name(account: Account) -> str:
    """The beginning of an account's line. Ids and words hold nothing to escape."""
    return f'["{account.unit}","{account.place}","{account.readiness}"'


_SAID: dict[Basis | None, str] = {None: "null", **{basis: f'"{basis}"' for basis in Basis}}


def _a(kind: type[T], value: object) -> T:
    if type(value) is not kind:
        raise TypeError(f"no {kind.__name__}")
    return value


def _digest(run: str, position: int, minute: int, hash: bytes, body: bytes) -> bytes:
    parts = (run.encode(), b"%d" % position, b"%d" % minute, hash, body)
    return sha256(b"".join((_DOMAIN, *(len(part).to_bytes(8, "big") + part for part in parts)))).digest()
