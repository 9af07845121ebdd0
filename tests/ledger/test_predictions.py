"""Predictions: what the departures and arrivals rest on that lift brings about."""

from attrs import evolve

from sim.domain.grounds import Grounds
from sim.domain.order import Order, Window
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.book import ARRIVED, DEPARTED
from sim.ledger.predictions import Predictions
from tests.engine.lifted import change, lifted, move, port, trucks
from tests.story import cited, unit

TRUCKS, SHIP, YARD, QUAY = cited("lorries"), cited("shipping"), cited("yard"), cited("quay")
PLANNED = Grounds((), "quay: as planned")
WAY = ("here", "there", "beyond")


def told(order: Order) -> Scenario:
    """An order by truck and then by ship, each figure of which has a source of its own."""
    scenario = lifted(
        [unit("a", "250", place="here", grounds=cited("abc"))],
        [evolve(order, grounds=cited("pap"))],
        [evolve(trucks(1), grounds=TRUCKS), evolve(trucks(1, name="ship", base="there"), grounds=SHIP)],
        [
            evolve(port("yard", "there", 2), grounds=YARD),
            evolve(port("quay", "beyond", 1), grounds=Grounds((), "as planned")),
            evolve(port("far", "home", 1), grounds=cited("afp")),
        ],
        [
            evolve(change(1, 30, 2, lift="trucks"), grounds=Grounds(("dpa",), "two seen")),
            evolve(change(2, 60, 3, at_port="quay"), grounds=QUAY),
            evolve(change(3, 60, 3, at_port="far"), grounds=cited("afp")),
        ],
    )
    names = ("abc", "pap", "lorries", "shipping", "yard", "quay", "afp", "dpa")
    return evolve(scenario, sources=[Source(name, name.upper()) for name in names])


def grounds(order: Order, tag: int, *minutes: int) -> list[set[Grounds]]:
    """What a departure or arrival under the order rests on at these minutes."""
    book = Book.replay(simulate(told(order)))
    found = [Predictions(book).grounds(book.orders["go"], tag, minute) for minute in minutes]
    assert all(len(set(each)) == len(each) for each in found)
    return [set(each) for each in found]


BOTH = move("go", 0, "a", route=WAY, lifts=("trucks", "ship"))
CHANGED = Grounds(("dpa",), "capacity of trucks: two seen")


def test_an_arrival_rests_on_all_of_the_way() -> None:
    """On the lift, the ports, and what had changed of them by then, that minute included; never on who tells of the
    order, nor on ports elsewhere.
    """
    always = {TRUCKS, SHIP, YARD, PLANNED}
    expected = [always, always | {CHANGED}, always | {CHANGED}, always | {CHANGED, QUAY}]
    assert grounds(BOTH, ARRIVED, 29, 30, 59, 60) == expected


def test_a_departure_rests_on_the_first_stretch() -> None:
    """On where its vehicles go, and no farther; on more of the way where they go there, too."""
    assert grounds(BOTH, DEPARTED, 29, 9_999) == [{TRUCKS, YARD}, {TRUCKS, YARD, CHANGED}]
    assert grounds(move("go", 0, "a", route=WAY), DEPARTED, 0) == [{TRUCKS, YARD, PLANNED}]


def test_a_notice_is_assumed() -> None:
    """Of both: no report gives it."""
    noticed = evolve(move("go", 0, "a", notice=90))
    notice = Grounds((), "no report gives its notice")
    assert grounds(noticed, DEPARTED, 0) == grounds(noticed, ARRIVED, 0) == [{TRUCKS, YARD, notice}]


def test_a_departure_that_is_reported() -> None:
    """It rests on the report where it is as reported; where the run has it later, on the prediction and the report."""
    seen = cited("afp")
    by = evolve(move("go", 0, "a"), depart=Window(by=100, grounds=seen))
    assert grounds(by, DEPARTED, 100, 101) == [{seen}, {TRUCKS, YARD, CHANGED, seen}]
    after = evolve(move("go", 0, "a"), depart=Window(after=20, grounds=seen))
    assert grounds(after, DEPARTED, 20) == [{TRUCKS, YARD, seen}]
    assert grounds(after, ARRIVED, 20) == [{TRUCKS, YARD}]
