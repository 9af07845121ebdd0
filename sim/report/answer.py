"""An answer: all that a report may print, worked out once from a book."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from sim.domain.event import OrderRefused
from sim.ledger import Book
from sim.ledger.claims import Judgement, judge_all
from sim.ledger.invariants import INVARIANTS, Outcome, check, claims_in
from sim.posture import Snapshot, snapshots
from sim.posture.timeline import Happening, timeline

if TYPE_CHECKING:
    from sim.domain.known import Knowledge
    from sim.domain.scenario import Scenario
    from sim.runs import Kept


@frozen(slots=False)
class Answer:
    """A book, the minutes asked about, and where the run is kept (None where nothing was recorded).

    `taken` are the snapshots at those minutes, where they are at hand. `knowledge` says of a run with only what was
    known by some time how much that was, None of one with all. `whole` is then the scenario with all, and only there to
    say when something became known that is asked about and was not: no answer may turn on what came out later. What it
    works out is worked out when first asked for.
    """

    book: Book
    times: tuple[int, ...]
    kept: "Kept | None" = None
    taken: tuple[Snapshot, ...] | None = None
    knowledge: "Knowledge | None" = None
    whole: "Scenario | None" = None

    @cached_property
    def snapshots(self) -> tuple[Snapshot, ...]:
        return snapshots(self.book, self.times) if self.taken is None else self.taken

    @cached_property
    def timeline(self) -> tuple[Happening, ...]:
        return timeline(self.book)

    @cached_property
    def refused(self) -> dict[str, frozenset[str]]:
        """The units that refused each order."""
        refused: dict[str, set[str]] = {}
        for refusal in self.book.refusals.values():
            refused.setdefault(refusal.order, set()).add(refusal.unit)
        return {order: frozenset(units) for order, units in refused.items()}

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        return judge_all(self.book)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every invariant, checked; that of the claims from the judgements at hand.

        As known by some time, `obeyed` always holds: what may explain a refusal may not have been published yet.
        """
        at_hand = {"claims": tuple(claims_in(self.judgements))}
        if self.knowledge is not None:
            at_hand["obeyed"] = ()
        others = check(self.book, *(name for name in INVARIANTS if name not in at_hand))
        found = {outcome.name: outcome for outcome in others}
        return tuple(found.get(name) or Outcome(name, at_hand[name]) for name in INVARIANTS)

    @cached_property
    def unplayed(self) -> tuple[OrderRefused, ...]:
        """As known by some time, what was refused and is not expected to be, in the order of the run; else nothing."""
        if self.knowledge is None:
            return ()
        orders = self.book.orders
        return tuple(each for each in self.book.refusals.values() if not orders[each.order].refusal_expected)

    @property
    def all_well(self) -> bool:
        """Whether every invariant holds."""
        return all(outcome.holds for outcome in self.outcomes)


def times_or_end(times: Sequence[int], end: int) -> tuple[int, ...]:
    """The minutes asked about, each once and in order; the end where none is."""
    return tuple(sorted(set(times))) or (end,)
