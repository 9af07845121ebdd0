"""Turns: which leg of its order each movement of a run is."""

from collections import Counter

from sim.domain.grounds import Grounds
from sim.domain.order import Leg, arrivals_in_turn, departures_in_turn, goes_by_lift, legs_of
from sim.ledger.book import ARRIVED, DEPARTED, Book
from sim.ledger.predictions import Predictions

_DueByTag = dict[int, list[Leg]]


class Turns:
    """Tells movements apart that have the same unit and order: each takes the leg that is next to leave, or to arrive.

    To be asked about the departures and arrivals of a unit in the order of the run.
    """

    def __init__(self, book: Book) -> None:
        self._orders = book.orders
        self._predictions = Predictions(book)
        self._due: dict[str, _DueByTag] = {}
        self._turns: Counter[tuple[str, str, int]] = Counter()

    def grounds(self, unit: str, order: str, tag: int, minute: int) -> tuple[Grounds, ...]:
        """All that the unit's next departure or arrival (see `sim.ledger.book`) under an order, at a minute, rests on.

        That is its window, or the order itself where it has no such leg; by lift, what the prediction rests on.
        """
        if goes_by_lift(self._orders[order]):
            return self._predictions.grounds(self._orders[order], tag, minute)
        due = self._due_under(order)[tag]
        turn = self._turns[unit, order, tag]
        self._turns[unit, order, tag] = turn + 1
        if turn >= len(due):
            return (self._orders[order].grounds,)
        return (due[turn].depart_grounds if tag == DEPARTED else due[turn].arrive_grounds,)

    def _due_under(self, order: str) -> _DueByTag:
        if order not in self._due:
            definition = self._orders[order]
            legs = legs_of(definition) if definition.moves else ()
            self._due[order] = {DEPARTED: departures_in_turn(legs), ARRIVED: arrivals_in_turn(legs)}
        return self._due[order]
