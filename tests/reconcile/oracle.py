"""The oracle: what can be true together, found out by trying everything. It shares nothing with what it is to judge.

It plays the entries of a book out again with other strengths, one choice after another, and looks at each claim. A part
is known by its strength: parts of one order must not be equally strong.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product

from attrs import frozen

from sim.domain.claim import Claim, Count, Never, Selector
from sim.domain.quantity import Quantity
from sim.domain.unit import Unit
from sim.domain.vocabulary import Readiness
from sim.ledger import Book
from sim.ledger.entry import Account

Unknown = tuple[str, str, int]
"""A unit and, of a part, the order and the strength posted; else an empty text and 0."""

Choice = Mapping[Unknown, int]


@frozen
class World:
    """One choice of strengths, and what every account then holds after each minute."""

    choice: Choice
    states: tuple[tuple[int, Mapping[Account, int]], ...]

    def count(self, selector: Selector, minute: int) -> int:
        """What is selected at a minute."""
        held: Mapping[Account, int] = {}
        for at, state in self.states:
            if at <= minute:
                held = state
        return sum(strength for account, strength in held.items() if _meant(selector, account))

    def bears_out(self, claim: Claim, since: int) -> bool:
        """Whether a claim is true of it."""
        match claim.test:
            case Count(selector, expected, int(at)):
                return self.count(selector, at) in expected.interval
            case Count(selector, expected):
                return all(self.count(selector, minute) in expected.interval for minute in self._from(since))
            case Never(selector):
                return all(self.count(selector, minute) == 0 for minute in self._from(since))
            case _:
                raise AssertionError("a puzzle has no such claims")

    def _from(self, since: int) -> list[int]:
        return [since, *(minute for minute, _ in self.states if minute > since)]


MOST = 13
"""More than any strength in a puzzle, and than any sum in one of a single unit that a claim asks for."""


def worlds(book: Book, free: Iterable[Unknown] = ()) -> Iterator[World]:
    """All choices that the figures allow; of those that are `free`, and of parts without words, up to MOST."""
    loose = set(free)
    for choices in product(*(list(_choices(book, unit, loose)) for unit in book.roster)):
        choice = {unknown: strength for each in choices for unknown, strength in each.items()}
        yield World(choice, tuple(_states(book, choice)))


def _choices(book: Book, unit: Unit, free: set[Unknown]) -> Iterator[Choice]:
    """The choices for one unit: its parts add up to it."""
    divided = [order for order in book.orders.values() if order.parts and order.units == (unit.id,)]
    quantities: dict[Unknown, Quantity | None] = {(unit.id, "", 0): unit.reported}
    for order in divided:
        quantities |= {(unit.id, order.id, part.strength): part.reported for part in order.parts}
    for values in product(*(_range(None if each in free else quantities[each]) for each in quantities)):
        choice = dict(zip(quantities, values, strict=True))
        sums = (sum(choice[unit.id, order.id, part.strength] for part in order.parts) for order in divided)
        if all(total == choice[unit.id, "", 0] for total in sums):
            yield choice


def _range(quantity: Quantity | None) -> range:
    return range(MOST + 1) if quantity is None else range(quantity.low, (quantity.high or 0) + 1)


def _states(book: Book, choice: Choice) -> Iterator[tuple[int, Mapping[Account, int]]]:
    held: dict[Account, int] = {}
    minute = 0
    for row in book.rows():
        if row.at != minute:
            yield minute, dict(held)
            minute = row.at
        taking = book.account(row.taking)
        order = None if row.order is None else book.orders[row.order]
        part = (taking.unit, order.id, row.strength) if order is not None and order.parts else (taking.unit, "", 0)
        if row.giving >= 0:
            held[book.account(row.giving)] -= choice[part]
        held[taking] = held.get(taking, 0) + choice[part]
    yield minute, held


def _meant(selector: Selector, account: Account) -> bool:
    moving = account.readiness is Readiness.IN_TRANSIT
    still = bool(selector.place) and not selector.readiness
    return (
        (not selector.units or account.unit in selector.units)
        and (not selector.place or account.place in selector.place)
        and (not selector.readiness or account.readiness in selector.readiness)
        and not (moving and still)
    )


def tested(book: Book) -> list[Claim]:
    """The claims that are held together."""
    return [claim for claim in book.claims.values() if not claim.disputed]


def truths(book: Book, found: Iterable[World], claims: Iterable[Claim]) -> list[frozenset[str]]:
    """Of each world, the ids of the claims that are true of it."""
    said = list(claims)
    since = {claim.id: max(0, book.sources[claim.source].published or 0) for claim in said}
    return [frozenset(claim.id for claim in said if world.bears_out(claim, since[claim.id])) for world in found]


def subsets(names: Sequence[str]) -> Iterator[frozenset[str]]:
    """All sets of some of the names, the smallest first."""
    return map(frozenset, chain.from_iterable(combinations(names, size) for size in range(len(names) + 1)))


def smallest_clashes(names: Sequence[str], true: Sequence[frozenset[str]]) -> set[frozenset[str]]:
    """The sets of claims that are true of no world, of which every smaller part is true of one."""
    found: set[frozenset[str]] = set()
    for some in subsets(names):
        if not any(some <= each for each in true) and not any(known <= some for known in found):
            found.add(some)
    return found


def largest_agreements(claims: Sequence[Claim], true: Sequence[frozenset[str]]) -> set[frozenset[str]]:
    """The sets of sources all of whose claims are true of one world, and of no larger set."""
    sources = sorted({claim.source for claim in claims})
    found: set[frozenset[str]] = set()
    for some in reversed(list(subsets(sources))):
        said = {claim.id for claim in claims if claim.source in some}
        if any(said <= each for each in true) and not any(some <= known for known in found):
            found.add(some)
    return found
