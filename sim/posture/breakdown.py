"""Breakdowns: what a counted figure is made of, down to the last entry of each account and what it rests on."""

from collections.abc import Iterable

from attrs import frozen

from sim.domain.claim import Claim, Count, Never
from sim.domain.grounds import Grounds
from sim.domain.quantity import Interval
from sim.ledger.balance import Balances
from sim.ledger.book import Book, unit_of
from sim.ledger.claims import Reading
from sim.ledger.entry import Account
from sim.ledger.selection import Selection
from sim.posture.timeline import Happening


@frozen
class Share:
    """What one account adds to a figure. `grounds` are those of the unit's strength.

    `counted` is False for what should have been in the figure and is not.
    """

    account: Account
    strength: int
    interval: Interval
    grounds: Grounds
    counted: bool = True


def breakdown(book: Book, claim: Claim, reading: Reading) -> tuple[Share, ...]:
    """The accounts behind the figure that the ledger holds against a claim, by unit, place and readiness."""
    balances = Balances(book)
    balances.advance(reading.at)
    counted = {unit for unit, _ in reading.units}
    wanted = counted | set(reading.missing)
    selection = _selection(book, claim)
    shares = []
    for number, strength in balances.held.items():
        unit = book.roster[unit_of(number)]
        if unit.id in wanted and (selection is None or selection.takes(number)):
            interval = unit.interval_of(strength)
            shares.append(Share(book.account(number), strength, interval, unit.grounds, unit.id in counted))
    return tuple(sorted(shares, key=lambda share: (share.account.unit, share.account.place, share.account.readiness)))


def last_into(happenings: Iterable[Happening], account: Account, at: int) -> Happening | None:
    """What last put strength into an account up to the minute `at`; None where it stood there from the start."""
    last = None
    for happening in happenings:
        if happening.at > at:
            break
        place = happening.destination or happening.place
        if (happening.unit, place, happening.after) == (account.unit, account.place, account.readiness):
            last = happening
    return last


def _selection(book: Book, claim: Claim) -> Selection | None:
    """The selection that counts accounts one by one; None where a claim is about whole units."""
    match claim.test:
        case Count(selector) | Never(selector):
            return Selection(book, selector)
        case _:
            return None
