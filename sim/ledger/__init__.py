"""The ledger of strength: accounts, balanced entries, the book of their history, and what must be true of it."""

from sim.ledger.book import Book
from sim.ledger.entry import entry_for

__all__ = ["Book", "entry_for"]
