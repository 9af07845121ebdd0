"""Steps: the entries behind a figure, in words, each with what it rests on."""

from collections.abc import Callable, Collection, Iterator
from functools import cache

from attrs import frozen

from sim.domain.grounds import Grounds, joined
from sim.domain.vocabulary import Basis
from sim.ledger.book import (
    BASIS_BY_HOW,
    CHANGED,
    NO_ORDER,
    OPENING,
    TAG_BY_HOW,
    Book,
    unit_of,
)
from sim.ledger.entry import Account
from sim.posture.postings import EVENTS
from sim.posture.turn import Turns


@frozen
class Step:
    """One entry of the ledger: `strength` went from the account `giving` to the account `taking`.

    `change` is what it added to the figure that is explained; below 0: took from it; 0 where it moved within it, or
    outside. `position` is that of its event in the log, `event` the event's tag. `giving` and `order` are None where a
    unit stood ready from the start; `basis` is None where nothing moved. `rests_on` is the unit's figure, its order,
    the window of its movement, or all that a prediction of it by lift rests on.
    """

    position: int
    at: int
    event: str
    giving: Account | None
    taking: Account
    strength: int
    change: int
    order: str | None
    basis: Basis | None
    rests_on: tuple[Grounds, ...]

    @property
    def grounds(self) -> Grounds:
        """All that it rests on, as one."""
        return joined(self.rests_on)

    @property
    def postings(self) -> Iterator[tuple[Account, int, Account | None]]:
        """What it did to each account: the account, how much was added (negative: taken), and whence or whither."""
        if self.giving is not None:
            yield self.giving, -self.strength, self.taking
        yield self.taking, self.strength, self.giving


def steps_of(book: Book, at: int, units: Collection[str], takes: Callable[[int], bool]) -> dict[str, list[Step]]:
    """The entries of the units up to the minute `at`, in the order of the run, by unit.

    `takes` says of an account, by its number, whether it counts in the figure.
    """
    steps: dict[str, list[Step]] = {unit: [] for unit in units}
    numbers = {number for number, unit in enumerate(book.roster) if unit.id in units}
    account, turns = cache(book.account), Turns(book)
    for minute, giving, taking, strength, position, number, how in book.entries(0, book.entries_until(at)):
        if unit_of(taking) not in numbers:
            continue
        to, tag = account(taking), TAG_BY_HOW[how]
        order = None if number == NO_ORDER else book.order_ids[number]
        if order is None:
            rests_on: tuple[Grounds, ...] = (book.units[to.unit].figure_grounds,)
        elif tag == CHANGED:
            rests_on = (book.orders[order].grounds,)
        else:
            rests_on = turns.grounds(to.unit, order, tag, minute)
        opening = giving == OPENING
        steps[to.unit].append(
            Step(
                position,
                minute,
                EVENTS[tag],
                None if opening else account(giving),
                to,
                strength,
                strength * takes(taking) - strength * (not opening and takes(giving)),
                order,
                BASIS_BY_HOW[how],
                rests_on,
            )
        )
    return steps
