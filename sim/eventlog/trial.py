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
    balances = Balances(book)
    name = cache(lambda number: _name(book.account(number)))
    for record in ends:
        balances.advance_to(record.position + 1)
        basis = balances.basis
        lines = sorted(f"{name(number)},{held},{_SAID[basis.get(number)]}]" for number, held in balances.held.items())
        body = f"[{','.join(lines)}]".encode()
        digest = _digest(run, record.position + 1, record.minute, record.hash, body)
        yield TrialBalance(record.position + 1, record.minute, record.hash, body, digest)


def spaced(ends: Iterable[Record], units: int) -> Iterator[Record]:
    """Those of the records after which to strike a balance.

    So far apart that all balances together have no more lines, give or take, than the run has records.
    """
    spacing = due = max(SPACING, units)
    for record in ends:
        if record.position + 1 >= due:
            yield record
            due = record.position + 1 + spacing


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
