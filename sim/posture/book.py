"""The book with its questions: what a reader asks of a run, as methods."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.ledger import book as ledger
from sim.posture.moment import Time, minute_at
from sim.posture.shown import Shown
from sim.posture.snapshot import Snapshot, snapshot

if TYPE_CHECKING:
    from sim.posture.explanation import Explanation
    from sim.posture.postings import Postings
    from sim.posture.selector import Words
    from sim.posture.series import Series
    from sim.posture.told import Timeline, Verdicts


class Book(Shown, ledger.Book):
    """A book that answers.

    Times are minutes of the run; text as on the command line: "2022-02-06" (its last minute), "2022-02-06T12:00",
    "D+3", "start", "end"; or datetimes, which without an offset are in the run's own time zone, as text is.
    """

    def minute(self, time: Time) -> int:
        """The minute of the run that `time` names. Raises TimeError, a ValueError, for what is no time."""
        return minute_at(self.calendar, self.opened.end, time)

    def snapshot(self, at: Time) -> Snapshot:
        """The posture at a moment, all events of its minute included."""
        return snapshot(self, self.minute(at))

    def series(self, by: Iterable[str] = ("place",), times: Iterable[Time] | None = None) -> "Series":
        """The posture grouped `by` fields at `times`; where that is None, at the start and whenever something changed.

        Raises UsageError for a field that a posture does not have.
        """
        from sim.posture.series import series

        return series(self, by, None if times is None else [self.minute(time) for time in times])

    def explain(
        self,
        at: Time | None = None,
        *,
        claim: str | None = None,
        exactly: bool = False,
        place: "Words" = (),
        country: "Words" = (),
        unit: "Words" = (),
        order: "Words" = (),
        origin: "Words" = (),
        readiness: "Words" = (),
        side: "Words" = (),
        kind: "Words" = (),
    ) -> "Explanation":
        """What the strength selected at a moment is made of, or the ledger's figure against a `claim`; and why.

        Each field takes a value or several; together they mean what a scenario's selector means, but that all kinds are
        explained, each apart, where none is named. `exactly` leaves out what lies within the places or is part of the
        units. A claim selects for itself, and is explained at the time it was read at. Raises UsageError for what the
        book does not have, and for a claim that cannot be tested.
        """
        from sim.errors import UsageError
        from sim.posture.explanation import explain, explain_claim
        from sim.posture.selector import claim_of, selector_of

        words = {"place": place, "country": country, "unit": unit, "order": order}
        words |= {"origin": origin, "readiness": readiness, "side": side, "kind": kind}
        if claim is None and at is not None:
            return explain(self, self.minute(at), selector_of(self, **words), exactly)
        if claim is None or at is not None or exactly or any(words.values()):
            raise UsageError("a figure is explained at a time, or as that of a claim", "Give one of the two.")
        return explain_claim(self, claim_of(self, claim))

    def timeline(self) -> "Timeline":
        """All that happened, in the order of the run."""
        from sim.posture.timeline import timeline
        from sim.posture.told import Timeline

        return Timeline(self, timeline(self))

    def verdicts(self) -> "Verdicts":
        """How every claim stands against the ledger."""
        from sim.ledger.claims import judge_all
        from sim.posture.told import Verdicts

        return Verdicts(self, judge_all(self))

    def postings(self) -> "Postings":
        """Everything that was entered into the accounts, one side at a time."""
        from sim.posture.postings import Postings

        return Postings(self)
