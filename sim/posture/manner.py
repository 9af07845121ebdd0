"""Manners: how much of what an account holds is known in which way, where it came in several."""

from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from attrs import frozen

from sim.domain.vocabulary import Basis, weakest
from sim.ledger.book import BASIS_BY_HOW, OPENING, Book
from sim.ledger.entry import Account
from sim.posture.figure import Figure

Shares = Mapping[Basis | None, int]
"""How much is known to have come where it is in which way; under None, how much has not moved. No zeros."""

Key = TypeVar("Key", bound=Hashable)


class Accounts(Generic[Key]):
    """What accounts hold, by how it is known to have come there, entry by entry.

    Where a part leaves an account that was filled in several ways, no entry says which part it was: both that part and
    what stays then count as known in the weakest of them, and stand in `blurred` as long as they hold anything.
    """

    def __init__(self) -> None:
        self.shares: dict[Key, dict[Basis | None, int]] = {}
        self.blurred: set[Key] = set()

    def post(self, giving: Key | None, taking: Key, strength: int, basis: Basis | None) -> None:
        """Take in an entry; it gives from nowhere where `giving` is None, and moves nothing where `basis` is."""
        leaving: Shares = {None: strength} if giving is None else self._take(giving, strength)
        account = self.shares.setdefault(taking, {})
        for known, amount in leaving.items():
            account[basis or known] = account.get(basis or known, 0) + amount
        if giving in self.blurred and basis is None:
            self.blurred.add(taking)
        if giving is not None and not self.shares[giving]:
            del self.shares[giving]
            self.blurred.discard(giving)

    def _take(self, account: Key, strength: int) -> Shares:
        """Take so much out of an account: all of it as it is known, or a part."""
        shares = self.shares[account]
        whole = sum(shares.values())
        if strength == whole:
            leaving = dict(shares)
            shares.clear()
            return leaving
        if len(shares) > 1:
            self.blurred.add(account)
            least = weakest(shares)
            shares.clear()
            shares[least] = whole
        (known,) = shares
        shares[known] -= strength
        return {known: strength}


class Manners(Accounts[int]):
    """The same of all accounts of a book, by their numbers, moved forward in time with `advance`."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book
        self._next = 0

    def advance(self, minute: int) -> None:
        """Take in every entry up to and including `minute`, which must not lie before the last one asked for."""
        last = self._book.entries_until(minute)
        for _, giving, taking, strength, _, _, how in self._book.entries(self._next, last):
            self.post(None if giving == OPENING else giving, taking, strength, BASIS_BY_HOW[how])
        self._next = last


@frozen
class Manner:
    """How much of a figure is known in one way; `basis` is None for what has not moved.

    `in_part`: it left in part, or stayed, where several ways had come together, and this is the weakest of them.
    """

    basis: Basis | None
    in_part: bool
    strength: int


_RANK: dict[Basis | None, int] = {basis: rank for rank, basis in enumerate((*Basis, None))}


def manners_of(figure: Figure) -> tuple[Manner, ...]:
    """How much of a figure is known in which way, the surest first, and last what has not moved."""
    accounts: Accounts[Account] = Accounts()
    for step in figure.steps:
        accounts.post(step.giving, step.taking, step.strength, step.basis)
    found: dict[tuple[Basis | None, bool], int] = {}
    for row in figure.rows:
        account = Account(row.unit, row.place, row.readiness)
        for basis, strength in accounts.shares[account].items():
            way = basis, account in accounts.blurred
            found[way] = found.get(way, 0) + strength
    manners = [Manner(basis, in_part, strength) for (basis, in_part), strength in found.items()]
    return tuple(sorted(manners, key=lambda manner: (_RANK[manner.basis], manner.in_part)))
