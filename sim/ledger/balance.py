"""Balances: what every account holds at a moment, and how its strength is known to have come there."""

from sim.domain.vocabulary import CERTAINTY, Basis
from sim.ledger.book import BASIS_BY_HOW, OPENING, Book

_RANK: dict[Basis, int] = {basis: rank for rank, basis in enumerate(CERTAINTY)}


class Balances:
    """The trial balance of a book, moved forward in time with `advance`.

    `held` is the strength by account number, no zeros; `basis` how the strength in an account is known to have moved
    there, for accounts whose strength has moved: the weakest, where it came in several ways.
    """

    def __init__(self, book: Book) -> None:
        self.held: dict[int, int] = {}
        self.basis: dict[int, Basis] = {}
        self._book = book
        self._next = 0

    def advance(self, minute: int) -> None:
        """Take in every entry up to and including `minute`, which must not lie before the last one asked for."""
        last = self._book.entries_until(minute)
        for _, giving, taking, strength, _, _, how in self._book.entries(self._next, last):
            basis = BASIS_BY_HOW[how] or self.basis.get(giving)
            if giving != OPENING:
                self._add(giving, -strength)
            if basis is not None:
                self._know(taking, basis)
            self._add(taking, strength)
        self._next = last

    def _add(self, account: int, strength: int) -> None:
        left = self.held.get(account, 0) + strength
        if left:
            self.held[account] = left
        else:
            self.held.pop(account, None)
            self.basis.pop(account, None)

    def _know(self, account: int, basis: Basis) -> None:
        before = self.basis.get(account, basis)
        self.basis[account] = min(before, basis, key=_RANK.__getitem__)
