"""What is counted: the rows of a snapshot that a figure is made of."""

from collections.abc import Callable, Collection

from sim.domain.claim import Claim, Count, Never
from sim.ledger.balance import Balances
from sim.ledger.book import Book, unit_of
from sim.ledger.claims import Reading
from sim.ledger.selection import Selection
from sim.posture.snapshot import Row, countries_of, row_of


def rows_where(book: Book, at: int, takes: Callable[[int], bool]) -> tuple[Row, ...]:
    """The rows of the accounts, by number, that `takes` takes at the minute `at`: by unit, place and readiness."""
    balances = Balances(book)
    balances.advance(at)
    countries, basis = countries_of(book), balances.basis
    taken = ((number, strength) for number, strength in balances.held.items() if takes(number))
    rows = (row_of(book, countries, number, strength, basis.get(number)) for number, strength in taken)
    return tuple(sorted(rows, key=lambda row: (row.unit, row.place, row.readiness)))


def rows_of_units(book: Book, at: int, units: Collection[str]) -> tuple[Row, ...]:
    """The rows of the units with these ids."""
    return rows_where(book, at, lambda account: book.roster[unit_of(account)].id in units)


def rows_claimed(book: Book, claim: Claim, reading: Reading) -> tuple[Row, ...]:
    """The rows behind the figure that the ledger holds against a claim.

    Those of `reading.missing` are among them, though the figure leaves them out.
    """
    match claim.test:
        case Count(selector) | Never(selector):
            return rows_where(book, reading.at, Selection(book, selector).takes)
        case _:
            return rows_of_units(book, reading.at, {*reading.missing, *(unit for unit, _ in reading.units)})
