"""Moves of which no arrival is known: what leaves stays on its way, and nothing else can be done with it."""

from attrs import evolve

from sim.domain.order import ANY_TIME, Order, Part
from sim.engine import simulate
from sim.engine.simulation import Simulation
from sim.ledger import Book
from sim.ledger.invariants import check
from tests.story import alert, cancel, deploy, part, recall, scenario, stand_down, story, unit


def leaving(name: str, at: int, *units: str, after: int | None = None) -> Order:
    """A deployment of which nobody knows when it arrives."""
    return evolve(deploy(name, at, *units, after=after), transit=None)


def unseen(strength: int, leaves: int | None = None) -> Part:
    """A part of which nobody knows when it arrives."""
    return evolve(part(strength, leaves), arrive=ANY_TIME, transit=None)


def test_it_stays_on_its_way() -> None:
    """It leaves when it is ordered, or when it is said to, and is there for the rest of the run."""
    told = scenario([unit("a"), unit("b")], [leaving("go", 60, "a", "b")])
    assert story(told) == [
        "  60 go is given to a b",
        "  60 a, 100, leaves home for pl (go, was in garrison, assumed)",
        "  60 b, 100, leaves home for pl (go, was in garrison, assumed)",
    ]
    assert story(scenario([unit("a")], [leaving("go", 60, "a", after=90)])) == [
        "  60 go is given to a",
        "  90 a, 100, leaves home for pl (go, was in garrison, assumed)",
    ]
    (outcome,) = check(Book.replay(simulate(told)), "windows")
    assert outcome.findings == ()


def test_what_comes_later_is_refused() -> None:
    """All of it: its move stays open, and part of it has left."""
    told = scenario(
        [unit("a")],
        [
            leaving("go", 60, "a"),
            cancel("off", 60, "go"),
            deploy("on", 70, "a", to="de"),
            recall("home", 80, "a"),
            alert("up", 90, "a"),
            stand_down("down", 100, "a"),
            cancel("off-late", 110, "go"),
        ],
    )
    assert story(told)[2:] == [
        "  60 off is given to a",
        "  60 a refuses off: part of it has left under go",
        "  70 on is given to a",
        "  70 a refuses on: its move under go is open",
        "  80 home is given to a",
        "  80 a refuses home: its move under go is open",
        "  90 up is given to a",
        "  90 a refuses up: its move under go is open",
        " 100 down is given to a",
        " 100 a refuses down: its move under go is open",
        " 110 off-late is given to a",
        " 110 a refuses off-late: part of it has left under go",
    ]


def test_it_can_be_cancelled_before_it_leaves() -> None:
    """Also in the minute of the order; then it can be ordered elsewhere, and arrive."""
    told = scenario(
        [unit("a")],
        [
            leaving("go", 60, "a", after=90),
            alert("up", 65, "a"),
            cancel("off", 70, "go"),
            leaving("go-again", 70, "a", after=95),
            cancel("off-again", 70, "go-again"),
            deploy("on", 80, "a", to="de", transit=5),
        ],
    )
    assert story(told) == [
        "  60 go is given to a",
        "  65 up is given to a",
        "  65 a, 100 at home, goes from garrison to heightened-alert (up)",
        "  70 go-again is given to a",
        "  70 a refuses go-again: its move under go is open",
        "  70 off is given to a",
        "  70 off-again is given to a",
        "  70 a refuses off-again: no move under go-again is open",
        "  80 on is given to a",
        "  80 a, 100, leaves home for de (on, was in heightened-alert, assumed)",
        "  85 a, 100, arrives at de (on, deployed, assumed)",
        "  85 a has closed at de (on)",
    ]


def test_a_move_after_one_that_was_cancelled() -> None:
    """The unit that waited for a departure leaves under the next order, and stays on its way."""
    told = scenario(
        [unit("a")],
        [leaving("go", 60, "a", after=90), cancel("off", 70, "go"), leaving("on", 71, "a"), recall("back", 95, "a")],
    )
    assert story(told)[2:] == [
        "  71 on is given to a",
        "  71 a, 100, leaves home for pl (on, was in garrison, assumed)",
        "  95 back is given to a",
        "  95 a refuses back: its move under on is open",
    ]


def test_parts_of_which_some_are_unknown() -> None:
    """Those that are known arrive; the unit does not close, and what waits leaves when it is said to."""
    told = scenario(
        [unit("a")],
        [
            deploy("go", 60, "a", parts=[part(20, arrives=80), unseen(30), unseen(10, 85), part(40, 70, 90)]),
            alert("up", 100, "a"),
        ],
    )
    assert story(told) == [
        "  60 go is given to a",
        "  60 a, 20, leaves home for pl (go, was in garrison, assumed)",
        "  60 a, 30, leaves home for pl (go, was in garrison, assumed)",
        "  70 a, 40, leaves home for pl (go, was in garrison, assumed)",
        "  80 a, 20, arrives at pl (go, deployed, assumed)",
        "  85 a, 10, leaves home for pl (go, was in garrison, assumed)",
        "  90 a, 40, arrives at pl (go, deployed, assumed)",
        " 100 up is given to a",
        " 100 a refuses up: its move under go is open",
    ]
    names = ("conserved", "not-negative", "accounted", "legal", "caused", "windows", "sourced")
    assert all(not outcome.findings for outcome in check(Book.replay(simulate(told)), *names))


def test_the_unit_knows_where_it_is() -> None:
    """As the book does: some on its way for good, some there."""
    simulation = Simulation(
        scenario([unit("a")], [deploy("go", 60, "a", parts=[part(20, arrives=80), unseen(80)])], end=99)
    )
    for _ in simulation.run():
        pass
    held = {(place, str(readiness)): many for (place, readiness), many in simulation.units["a"].posture().items()}
    assert held == {("pl", "in-transit"): 80, ("pl", "deployed"): 20}
    assert simulation.units["a"].destination == "pl"
