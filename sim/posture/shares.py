"""Shares: how much of a figure each source carries, by what it says of it."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen

from sim.domain.event import UnitArrived, UnitDeparted
from sim.domain.grounds import Grounds
from sim.ledger.book import Book
from sim.ledger.entry import Account
from sim.ledger.portion import Portion
from sim.posture.figure import Figure
from sim.posture.snapshot import Row
from sim.posture.step import Step


@frozen
class Share:
    """How much of a figure rests on a source, or, where that is None, on an assumption.

    `numbered`: it says how many that is; `ordered`, `left`, `arrived`: it reports the order, the departure or the
    arrival by which any of that account came where it is, or something by which lift predicts that. What rests on
    several sources counts for each of them.
    """

    source: str | None
    numbered: int = 0
    ordered: int = 0
    left: int = 0
    arrived: int = 0


def shares_of(book: Book, figure: Figure, portions: Iterable[Portion] = ()) -> tuple[Share, ...]:
    """The shares in a figure, by id of the source; what is assumed comes last.

    Where some parts of a unit are counted, as `portions` say, each part's number has its own sources.
    """
    steps: dict[str, list[Step]] = {}
    for step in figure.steps:
        steps.setdefault(step.taking.unit, []).append(step)
    found: dict[str | None, Share] = {}
    for name, strength, grounds in _carried(book, figure, steps, {portion.unit.id: portion for portion in portions}):
        for source in _sources(grounds):
            share = found.get(source, Share(source))
            found[source] = evolve(share, **{name: getattr(share, name) + strength})
    return tuple(sorted(found.values(), key=lambda share: (share.source is None, share.source or "")))


def _carried(
    book: Book, figure: Figure, steps: Mapping[str, list[Step]], in_parts: Mapping[str, Portion]
) -> Iterator[tuple[str, int, list[Grounds]]]:
    """How much rests on what, with the field of `Share` that it counts for."""
    for row in figure.rows:
        for name, grounds in _grounds(book, row, steps.get(row.unit, ())).items():
            yield name, row.strength, grounds
        if row.unit not in in_parts:
            yield "numbered", row.strength, [book.units[row.unit].figure_grounds]
    for unit in {row.unit for row in figure.rows} & in_parts.keys():
        for strength, numbered in in_parts[unit].numbers:
            yield "numbered", strength, [numbered]


def _grounds(book: Book, row: Row, steps: Iterable[Step]) -> Mapping[str, list[Grounds]]:
    """What it rests on that the strength in an account is there, by the field of `Share` that it counts for."""
    came = [step for step in _since_empty(Account(row.unit, row.place, row.readiness), steps) if step.order is not None]
    orders = {step.order for step in came}
    moved = [step for step in steps if step.order in orders]
    return {
        "ordered": [book.orders[order].grounds for order in orders if order is not None],
        "left": [each for step in moved if step.event == UnitDeparted.tag for each in step.rests_on],
        "arrived": [each for step in came if step.event == UnitArrived.tag for each in step.rests_on],
    }


def _since_empty(account: Account, steps: Iterable[Step]) -> list[Step]:
    """The steps by which strength came into an account since it was last empty."""
    came: list[Step] = []
    held = 0
    for step in steps:
        if step.taking == account:
            came.append(step)
            held += step.strength
        elif step.giving == account:
            held -= step.strength
            if not held:
                came.clear()
    return came


def _sources(grounds: Iterable[Grounds]) -> set[str | None]:
    """The sources of several grounds; None where any of them has none."""
    return {source for each in grounds for source in each.sources or (None,)}
