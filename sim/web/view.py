"""Views: what can be asked of a run, each a function from what is held of the run and a question to JSON."""

from collections.abc import Callable
from enum import Flag, auto

from attrs import frozen

from sim.domain.asked import minute_of
from sim.domain.claim import Selector
from sim.ledger import Book
from sim.posture.selector import selector_of
from sim.report.json_form import Json
from sim.web.paging import PAGING
from sim.web.question import Form, Parameter, Question
from sim.web.told import Told


class Needs(Flag):
    """What a view takes besides the run's book; a STUDY may take long, and is worked out beside the rest."""

    BOOK = 0
    TIMELINE = auto()
    OTHER = auto()
    STUDY = auto()


Answer = Callable[["Asked"], Json]


@frozen
class Asked:
    """A question to a run, and what is held of it; `other` is the run that it is compared with, None for none."""

    question: Question
    told: Told
    other: Told | None = None

    @property
    def book(self) -> Book:
        return self.told.book

    def minute(self, name: str, *, begins: bool = False) -> int | None:
        """The minute that a parameter names; None where it was not given. Raises UsageError for what is none."""
        text = self.question.one(name)
        return None if text is None else self._minute(name, text, begins=begins)

    def minutes(self, name: str) -> tuple[int, ...]:
        """The minutes that a parameter names, in order."""
        return tuple(sorted({self._minute(name, text) for text in self.question.all(name)}))

    def selector(self) -> Selector | None:
        """Which strength is meant; None where nothing is said. Raises UsageError for what the run does not have."""
        if not self.question.has(*SELECTED):
            return None
        return selector_of(self.book, **{name: self.question.all(name) for name in SELECTED})

    def _minute(self, name: str, text: str, *, begins: bool = False) -> int:
        return minute_of(self.book.calendar, self.book.opened.end, text, name, begins=begins)


@frozen
class View:
    """A view at `/runs/RUN/NAME.json`; where it is `shown`, there is a page for people at `/runs/RUN/NAME`.

    `schema` is the JSON schema of the whole answer.
    """

    name: str
    about: str
    parameters: tuple[Parameter, ...]
    schema: Json
    answer: Answer
    needs: Needs = Needs.BOOK
    shown: bool = True


TIME = "a date (its last minute), a time, D+3, start or end"

AS_KNOWN = Parameter("as_known", f"with only what had been published by then: {TIME}; it may lie outside the run")

SELECTING = (
    Parameter("place", "at this place and all within it, by its id", many=True),
    Parameter("country", "in this country, by its code; unstated where none is known", many=True),
    Parameter("unit", "of this unit and its parts, by its id", many=True),
    Parameter("order", "of the units that this order addresses, by its id", many=True),
    Parameter("origin", "of units from this place and all within it, by its id", many=True),
    Parameter("readiness", "garrison, standby, heightened-alert, in-transit or deployed", many=True),
    Parameter("side", "of this side", many=True),
    Parameter("kind", "troops, aircraft, vehicles or batteries", many=True),
)
"""What says which strength is meant; each may be given several times, and hold several values with commas."""

SELECTED = tuple(parameter.name for parameter in SELECTING)

BY = Parameter("by", "lines by any of place,country,unit,side,readiness,origin")

SEARCHING = (Parameter("search", "words that stand in an id or a name, in any case", Form.SEARCH), AS_KNOWN, *PAGING)
