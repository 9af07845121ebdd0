"""Balances: what every account holds at a moment, and how its strength is known to have come there."""

from collections.abc import Iterable

from attrs import frozen

from sim.domain.vocabulary import CERTAINTY, Basis
from sim.ledger.book import BASIS_BY_HOW, OPENING, Book
from sim.ledger.entry import Account

_RANK: dict[Basis, int] = {basis: rank for rank, basis in enumerate(CERTAINTY)}


@frozen
class Holding:
    """A line of a trial balance: what an account holds; how it is known to have moved there, None where it did not."""

    account: Account
    strength: int
    basis: Basis | None


class Balances:
    """The trial balance of a book, moved forward in time with `advance`.

    `held` is the strength by account number, no zeros; `basis` how the strength in an account is known to have moved
    there, for accounts whose strength has moved: the weakest, where it came in several ways.

    It begins with nothing, or, for a book that was resumed, with what the accounts held where it goes on: raises
    KeyError where that names what the book does not define.
    """

    def __init__(self, book: Book, start: Iterable[Holding] = ()) -> None:
        self.held: dict[int, int] = {}
        self.basis: dict[int, Basis] = {}
        self._book = book
        self._next = 0
        for holding in start:
            number = book.number(holding.account)
            self.held[number] = holding.strength
            if holding.basis is not None:
                self.basis[number] = holding.basis

    def apart(self) -> "Balances":
        """The same trial balance, which is moved forward by itself."""
        other = Balances(self._book)
        other.held, other.basis, other._next = dict(self.held), dict(self.basis), self._next
        return other

    def advance(self, minute: int) -> None:
        """Take in every entry up to and including `minute`, which must not lie before the last one asked for."""
        self._take(self._book.entries_until(minute))

    def advance_to(self, position: int) -> None:
        """Take in the entries of all events before `position` in the run, likewise."""
        self._take(self._book.entries_before(position))

    def _take(self, last: int) -> None:
        held, known = self.held, self.basis
        for _, giving, taking, strength, _, _, how in self._book.entries(self._next, last):
            basis = BASIS_BY_HOW[how] or known.get(giving)
            if giving != OPENING:
                left = held.get(giving, 0) - strength
                if left:
                    held[giving] = left
                else:
                    self._empty(giving)
            before = known.get(taking)
            if basis is not before and basis is not None and (before is None or _RANK[basis] < _RANK[before]):
                known[taking] = basis
            left = held.get(taking, 0) + strength
            if left:
                held[taking] = left
            else:
                self._empty(taking)
        self._next = last

    def _empty(self, account: int) -> None:
        self.held.pop(account, None)
        self.basis.pop(account, None)
