"""Breakdowns: what the ledger's figure against a claim is made of, and what it would take for the claim to fit."""

from attrs import frozen

from sim.domain.claim import Closed
from sim.domain.vocabulary import Action
from sim.ledger.book import Book
from sim.ledger.claims import Judgement
from sim.ledger.portion import Portion
from sim.posture.cause import causes_of
from sim.posture.figure import Figure, figures_claimed
from sim.posture.nearest import Nearest, nearest_reading
from sim.posture.shares import Share, shares_of


@frozen
class Breakdown:
    """The figures of a claim that was tested, one for each kind, and of each how much every source carries.

    `nearest` is None for a claim that is not about how many. `left_out` are units that were given the orders by which
    others came into the figure, and are not in it, by id. For a `closed`, `closures` has the minute by which each unit
    that is missing closes a deploy after all, None for one that never does.
    """

    judgement: Judgement
    figures: tuple[Figure, ...]
    shares: tuple[tuple[Share, ...], ...]
    nearest: Nearest | None
    left_out: tuple[str, ...]
    closures: tuple[tuple[str, int | None], ...]


def breakdown_of(book: Book, judgement: Judgement) -> Breakdown:
    """The breakdown of a claim. Raises UsageError for one that was not tested."""
    figures = figures_claimed(book, judgement)
    return Breakdown(
        judgement,
        figures,
        tuple(shares_of(book, figure, _portions(judgement)) for figure in figures),
        nearest_reading(book, judgement),
        _left_out(book, judgement, figures),
        _closures(book, judgement),
    )


def _portions(judgement: Judgement) -> tuple[Portion, ...]:
    assert judgement.reading is not None, "there would be no figures"
    return judgement.reading.portions


def _left_out(book: Book, judgement: Judgement, figures: tuple[Figure, ...]) -> tuple[str, ...]:
    """The units that went where they are not counted, or stayed, though their orders were those of the figure."""
    assert judgement.reading is not None, "there would be no figures"
    units = {row.unit for figure in figures for row in (*figure.rows, *figure.missing)}
    moved = {(step.taking.unit, step.order) for figure in figures for step in figure.steps}
    causes = causes_of(book, judgement.reading.at, units, moved)
    return tuple(sorted({unit for cause in causes if cause.moved for unit in cause.others}))


def _closures(book: Book, judgement: Judgement) -> tuple[tuple[str, int | None], ...]:
    """When what is missing of a `closed` closes a deploy after all."""
    if not isinstance(judgement.claim.test, Closed) or judgement.reading is None:
        return ()
    first: dict[str, int] = {}
    for closure in book.closures:
        if book.orders[closure.order].action is Action.DEPLOY:
            first.setdefault(closure.unit, closure.at)
    return tuple((unit, first.get(unit)) for unit in judgement.reading.missing)
