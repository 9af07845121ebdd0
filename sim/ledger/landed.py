"""Landed: what of each unit had arrived under a deploy, and when."""

from sim.domain.vocabulary import Action
from sim.ledger.book import ARRIVED, TAG_BY_HOW, UNIT_SHIFT, Book


def landed(book: Book) -> dict[int, list[tuple[int, int]]]:
    """The arrivals under deploys by number of the unit, in order: each as its minute, and how much it was."""
    is_deploy = [book.orders[order].action is Action.DEPLOY for order in book.order_ids]
    found: dict[int, list[tuple[int, int]]] = {}
    for minute, _, taking, strength, _, number, how in book.entries():
        if TAG_BY_HOW[how] == ARRIVED and is_deploy[number]:
            found.setdefault(taking >> UNIT_SHIFT, []).append((minute, strength))
    return found
