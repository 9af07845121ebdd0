"""The runs that these tests record: a small one, and one of many commits."""

from collections.abc import Callable, Iterable, Iterator

from sim.domain.event import Event, ReadinessChanged
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.eventlog import Record, Recorder
from sim.posture import Book
from tests.eventlog.example import HAPPENED, SCENARIO, run_of
from tests.story import PLACES, alert, scenario, unit

_SMALL = scenario([unit("guns", "12")], [alert("up", 60, "guns")], end=120, sources=(), places=PLACES[:2])
_BUSY_MINUTES = 14_000


def small_run(seed: int = 0) -> list[Event]:
    """Nine records, of three kilobytes in all, in which a unit goes on alert."""
    return list(simulate(_SMALL, seed))


def long_run(changes: int, seed: int = 0) -> list[Event]:
    """A run in which the guns go on alert and off again, so many times in all."""
    rest, alert = Readiness.STANDBY, Readiness.HEIGHTENED_ALERT
    moves = ((rest, alert), (alert, rest))
    minutes = (60 + number * _BUSY_MINUTES // changes for number in range(changes))
    happened = tuple(
        ReadinessChanged(minute, "guns", "unstated", 30, *moves[number % 2], "alert-guns")
        for number, minute in enumerate(minutes)
    )
    return run_of(SCENARIO, (*HAPPENED[:3], *happened), seed)


def records_of(events: list[Event]) -> list[Record]:
    """What a log of these events must hold."""
    return list(Recorder().records(events))


def meeting(run: list[Event], place: int, meet: Callable[[], None]) -> Iterator[Event]:
    """The events of a run; `meet` is called before the one in that place is given, or after the last."""
    for number, event in enumerate(run):
        if number == place:
            meet()
        yield event
    if place == len(run):
        meet()


def posted(events: Iterable[Event], book: Book) -> Iterator[Event]:
    """The events, each posted to a book before it is given."""
    for event in events:
        book.post(event)
        yield event
