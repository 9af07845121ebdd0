"""Moves by lift: what loads wait for, when they leave and arrive. Each test asserts the whole story."""

from collections import Counter

import pytest
from attrs import evolve

from sim.domain.event import LoadReady
from sim.domain.lift import Hours
from sim.domain.order import Transit, Window
from sim.domain.variate import Empirical, Fixed, Uniform, Variate
from sim.domain.vocabulary import Basis, Kind
from sim.engine.draws import Medians, Sampled
from tests.engine.lifted import change, lifted, move, played, port, tale, trucks
from tests.story import alert, cancel, cited, deploy, part, recall, unit


def test_one_load() -> None:
    """It is loaded, leaves, is unloaded, and with that has arrived and closed."""
    told = lifted([unit("a", place="here")], [move("go", 5, "a")], [trucks()])
    assert tale(told) == [
        "   5 a, load 1 of 100, is ready at here (go)",
        "  15 a, 100, leaves here for there (go, was in garrison, assumed)",
        "  85 a, 100, arrives at there (go, deployed, assumed)",
        "  85 a has closed at there (go)",
    ]


def test_loads_wait_for_the_vehicle_to_come_back() -> None:
    """One truck takes a unit in three loads; each waits for it, and part of the unit has arrived meanwhile."""
    told = lifted([unit("a", "250", place="here")], [move("go", 0, "a")], [trucks()])
    assert tale(told) == [
        "   0 a, load 1 of 100, is ready at here (go)",
        "   0 a, load 2 of 100, is ready at here (go)",
        "   0 a, load 3 of 50, is ready at here (go)",
        "  10 a, 100, leaves here for there (go, was in garrison, assumed)",
        "  80 a, 100, arrives at there (go, deployed, assumed)",
        " 150 a, load 2, waited 140 at here: vehicle (go)",
        " 150 a, 100, leaves here for there (go, was in garrison, assumed)",
        " 220 a, 100, arrives at there (go, deployed, assumed)",
        " 290 a, load 3, waited 280 at here: vehicle (go)",
        " 290 a, 50, leaves here for there (go, was in garrison, assumed)",
        " 360 a, 50, arrives at there (go, deployed, assumed)",
        " 360 a has closed at there (go)",
    ]


def test_the_nearest_vehicle_goes() -> None:
    """One comes from its base, an hour away; it goes back there, and is not free on its way."""
    units = [unit(name, place="here") for name in ("a", "b")]
    orders = [move("go", 0, "a"), move("later", 100, "b", route=("there", "beyond"))]
    assert tale(lifted(units, orders, [trucks(base="beyond")])) == [
        "   0 a, load 1 of 100, is ready at here (go)",
        " 100 b, load 1 of 100, is ready at there (later)",
        " 130 a, load 1, waited 120 at here: vehicle (go)",
        " 130 a, 100, leaves here for there (go, was in garrison, assumed)",
        " 200 a, 100, arrives at there (go, deployed, assumed)",
        " 200 a has closed at there (go)",
        " 210 b, load 1, waited 100 at there: vehicle (later)",
        " 210 b, 100, leaves here for beyond (later, was in garrison, assumed)",
        " 280 b, 100, arrives at beyond (later, deployed, assumed)",
        " 280 b has closed at beyond (later)",
    ]


def test_notice_and_a_reported_departure() -> None:
    """Loads are ready when the notice is over, and no earlier than the reported departure."""
    orders = [move("go", 10, "a", notice=90), evolve(move("on", 10, "b", notice=90), depart=Window(after=200))]
    told = lifted([unit(name, place="here") for name in ("a", "b")], orders, [trucks(2)])
    assert tale(told) == [
        " 100 a, load 1 of 100, is ready at here (go)",
        " 100 a, load 1, waited 90 at here: notice (go)",
        " 110 a, 100, leaves here for there (go, was in garrison, assumed)",
        " 180 a, 100, arrives at there (go, deployed, assumed)",
        " 180 a has closed at there (go)",
        " 200 b, load 1 of 100, is ready at here (on)",
        " 200 b, load 1, waited 190 at here: notice (on)",
        " 210 b, 100, leaves here for there (on, was in garrison, assumed)",
        " 280 b, 100, arrives at there (on, deployed, assumed)",
        " 280 b has closed at there (on)",
    ]


def test_priority() -> None:
    """A lower priority goes first, then the order given first; since when one was passed over is told."""
    units = [unit(name, place="here") for name in ("a", "b", "c")]
    orders = [move("first", 0, "a", priority=1), move("second", 1, "b", priority=1), move("urgent", 2, "c")]
    told = [line for line in tale(lifted(units, orders, [trucks()], end=600)) if "waited" in line or "leaves" in line]
    assert told == [
        "  10 a, 100, leaves here for there (first, was in garrison, assumed)",
        " 150 c, load 1, waited 138 at here: vehicle (urgent)",
        " 150 c, 100, leaves here for there (urgent, was in garrison, assumed)",
        " 290 b, load 1, waited 139 at here: vehicle (second)",
        " 290 b, load 1, waited 140 at here: priority (second)",
        " 290 b, 100, leaves here for there (second, was in garrison, assumed)",
    ]


def test_spots_at_both_ends() -> None:
    """A vehicle waits for a spot to load on; and leaves only when there is one for it where it goes."""
    ports = [port("dock", "here", 1, 30), port("apron", "there", 1, 50)]
    told = lifted([unit("a", "300", place="here")], [move("go", 0, "a")], [trucks(3)], ports)
    assert [line for line in tale(told) if "ready" not in line] == [
        "  30 a, 100, leaves here for there (go, was in garrison, assumed)",
        "  80 a, load 2, waited 30 at here: spot (go)",
        "  80 a, load 2, waited 20 at there: spot (go)",
        "  80 a, 100, leaves here for there (go, was in garrison, assumed)",
        " 130 a, load 3, waited 60 at here: spot (go)",
        " 130 a, load 3, waited 40 at there: spot (go)",
        " 130 a, 100, leaves here for there (go, was in garrison, assumed)",
        " 140 a, 100, arrives at there (go, deployed, assumed)",
        " 190 a, 100, arrives at there (go, deployed, assumed)",
        " 240 a, 100, arrives at there (go, deployed, assumed)",
        " 240 a has closed at there (go)",
    ]


def test_hours() -> None:
    """Work waits until the port opens, and rests while it is closed."""
    ports = [port("dock", "here", 1, 120, Hours(60, 120)), port("apron", "there", 1, 60, Hours(1410, 30))]
    told = lifted([unit("a", place="here")], [move("go", 0, "a")], [trucks()], ports)
    assert tale(told) == [
        "   0 a, load 1 of 100, is ready at here (go)",
        "2790 a, load 1, waited 1440 at here: hours (go)",
        "2790 a, load 1, waited 1230 at there: hours (go)",
        "2790 a, 100, leaves here for there (go, was in garrison, assumed)",
        "2910 a, 100, arrives at there (go, deployed, assumed)",
        "2910 a has closed at there (go)",
    ]


def test_hours_while_it_is_unloaded() -> None:
    """Where work rests at the other end, that is told as it arrives."""
    told = lifted(
        [unit("a", place="here")], [move("go", 0, "a")], [trucks()], [port("apron", "there", 1, 60, Hours(0, 100))]
    )
    assert tale(told)[2:] == [
        "1470 a, load 1, waited 1340 at there: hours (go)",
        "1470 a, 100, arrives at there (go, deployed, assumed)",
        "1470 a has closed at there (go)",
    ]


def test_several_stretches() -> None:
    """At the end of each stretch a load is ready for the next, by another lift; loads fit into the smallest."""
    lift = [trucks(2), trucks(1, 60, name="carts", base="there", ground=Uniform(0, 10))]
    order = move("go", 0, "a", route=("here", "there", "beyond"), lifts=("trucks", "carts"))
    assert tale(lifted([unit("a", place="here")], [order], lift)) == [
        "   0 a, load 1 of 60, is ready at here (go)",
        "   0 a, load 2 of 40, is ready at here (go)",
        "  10 a, 60, leaves here for beyond (go, was in garrison, assumed)",
        "  10 a, 40, leaves here for beyond (go, was in garrison, assumed)",
        "  80 a, load 1 of 60, is ready at there (go)",
        "  80 a, load 2 of 40, is ready at there (go)",
        " 150 a, 60, arrives at beyond (go, deployed, assumed)",
        " 215 a, load 2, waited 130 at there: vehicle (go)",
        " 280 a, 40, arrives at beyond (go, deployed, assumed)",
        " 280 a has closed at beyond (go)",
    ]


@pytest.mark.parametrize(
    ("holds", "tons", "load", "weighs", "loads"),
    [
        (102, None, None, None, [102, 98]),
        (102, None, 90, None, [90, 90, 20]),
        (102, 65, 90, 60, [90, 90, 20]),
        (102, 65, 90, 130, [45, 45, 45, 45, 20]),
        (100, 50, None, 100, [50, 50, 50, 50]),
        (0.5, None, 70, None, [1] * 200),
        (100, 50, 0.5, 20, [1] * 200),
    ],
)
def test_how_much_goes_into_a_vehicle(
    holds: float, tons: float | None, load: float | None, weighs: float | None, loads: list[int]
) -> None:
    """What it holds, what is said of a load, and what it can carry; but never nothing."""
    order = move("go", 0, "a", load=load, tons=weighs)
    told = lifted([unit("a", "200", place="here")], [order], [trucks(1, holds, tons=tons)], end=0)
    assert tale(told) == [
        f"   0 a, load {number} of {strength}, is ready at here (go)" for number, strength in enumerate(loads, start=1)
    ]


def test_what_no_vehicle_can_lift_stays_behind() -> None:
    """Of a load so heavy that not even one can be lifted, one is ready and never leaves; the vehicle goes to others."""
    heavy = evolve(trucks(holds=2), tons=Empirical((5, 61)))
    order = move("go", 0, "a", load=1, tons=60)
    told = lifted([unit("a", "4", place="here")], [order], [heavy], end=600)
    taken = [Sampled(1, 1).draw(heavy.tons or Fixed(0), "tons", "trucks", "go", "a", load) for load in (1, 2, 3, 4)]
    assert taken == [5, 61, 61, 5]
    assert tale(told, Sampled(1, 1)) == [
        "   0 a, load 1 of 1, is ready at here (go)",
        "   0 a, load 2 of 1, is ready at here (go)",
        "   0 a, load 3 of 1, is ready at here (go)",
        "   0 a, load 4 of 1, is ready at here (go)",
        "  10 a, 1, leaves here for there (go, was in garrison, assumed)",
        "  80 a, 1, arrives at there (go, deployed, assumed)",
        " 150 a, load 3, waited 140 at here: vehicle (go)",
        " 150 a, 1, leaves here for there (go, was in garrison, assumed)",
        " 220 a, 1, arrives at there (go, deployed, assumed)",
    ]


def test_what_one_stretch_cannot_lift_does_not_set_out() -> None:
    """A load that the second vehicle of its way cannot lift stays where it is, though the first could take it."""
    lift = [trucks(2, tons=100), trucks(2, tons=50, name="carts", base="there")]
    order = move("go", 0, "a", route=("here", "there", "beyond"), lifts=("trucks", "carts"), load=1, tons=60)
    assert tale(lifted([unit("a", "2", place="here")], [order], lift)) == [
        "   0 a, load 1 of 1, is ready at here (go)",
        "   0 a, load 2 of 1, is ready at here (go)",
    ]


def test_a_move_of_what_stays_behind_can_be_cancelled() -> None:
    """Nothing of it has left; those that wait behind it go on waiting in turn."""
    orders = [
        move("go", 0, "a", load=1, tons=60),
        move("on", 0, "b", load=1),
        cancel("off", 5, "go"),
        evolve(move("up", 6, "a", load=2), depart=Window(by=100)),
    ]
    told = lifted([unit("a", "2", place="here"), unit("b", "3", place="here")], orders, [trucks(tons=50)])
    assert [line for line in tale(told) if "closed" in line] == [
        " 360 b has closed at there (on)",
        " 500 a has closed at there (up)",
    ]


def test_who_says_that_a_load_left() -> None:
    """The run, so it is assumed; where a report says by when it left, that report does, of what leaves by then."""
    announced, seen = cited("abc"), Window(by=100, basis=Basis.OBSERVED)
    orders = [
        evolve(move("go", 0, "a"), grounds=announced),
        evolve(move("on", 0, "b"), depart=evolve(seen, after=50), grounds=announced),
        evolve(move("up", 0, "c"), depart=Window(after=20, basis=Basis.OBSERVED), grounds=announced),
    ]
    units = [unit("a", place="here"), unit("b", "200", place="here"), unit("c", place="here")]
    told = lifted(units, orders, [trucks(3)])
    assert [line for line in tale(told) if "leaves" in line] == [
        "  10 a, 100, leaves here for there (go, was in garrison, assumed)",
        "  30 c, 100, leaves here for there (up, was in garrison, assumed)",
        "  60 b, 100, leaves here for there (on, was in garrison, observed)",
        " 150 b, 100, leaves here for there (on, was in garrison, assumed)",
    ]


def test_a_lift_that_does_not_hold_the_kind() -> None:
    """A scenario that is loaded has none; one that is made by hand is told."""
    told = lifted([unit("a", place="here", kind=Kind.AIRCRAFT)], [move("go", 0, "a")], [trucks()])
    with pytest.raises(ValueError, match="trucks carries no aircraft"):
        played(told)


def test_cancelled_while_it_waits() -> None:
    """Nothing of it leaves; its spots are free, and a vehicle on its way to it turns to others there."""
    units = [unit(name, place="here") for name in ("a", "b")]
    orders = [move("go", 0, "a"), cancel("off", 30, "go"), move("on", 40, "b"), move("again", 500, "a")]
    ports = [port("dock", "here", 1, 30)]
    assert tale(lifted(units, orders, [trucks(base="there")], ports)) == [
        "   0 a, load 1 of 100, is ready at here (go)",
        "  40 b, load 1 of 100, is ready at here (on)",
        "  90 b, load 1, waited 20 at here: vehicle (on)",
        "  90 b, 100, leaves here for there (on, was in garrison, assumed)",
        " 160 b, 100, arrives at there (on, deployed, assumed)",
        " 160 b has closed at there (on)",
        " 500 a, load 1 of 100, is ready at here (again)",
        " 590 a, load 1, waited 60 at here: vehicle (again)",
        " 590 a, 100, leaves here for there (again, was in garrison, assumed)",
        " 660 a, 100, arrives at there (again, deployed, assumed)",
        " 660 a has closed at there (again)",
    ]


def test_cancelled_while_it_is_loaded() -> None:
    """What is on the spot gets off it at once, for what waits behind it."""
    units = [unit(name, place="here") for name in ("a", "b")]
    orders = [move("go", 0, "a"), cancel("off", 20, "go"), move("on", 20, "b", route=("here", "beyond"))]
    told = tale(lifted(units, orders, [trucks()], [port("dock", "here", 1, 30)]))
    assert told[-3:] == [
        "  50 b, 100, leaves here for beyond (on, was in garrison, assumed)",
        " 180 b, 100, arrives at beyond (on, deployed, assumed)",
        " 180 b has closed at beyond (on)",
    ]


def test_before_its_notice_is_over() -> None:
    """A cancelled move is never ready; once any of it has left it is too late."""
    orders = [move("go", 0, "a", notice=50), cancel("off", 49, "go"), move("on", 50, "a"), cancel("late", 60, "on")]
    assert tale(lifted([unit("a", place="here")], orders, [trucks()]))[:3] == [
        "  50 a, load 1 of 100, is ready at here (on)",
        "  60 a, 100, leaves here for there (on, was in garrison, assumed)",
        "  60 a refuses late: part of it has left under on",
    ]


def test_more_vehicles_and_fewer() -> None:
    """Those that come take what waits at once; those too many finish what they do, and are not given out again."""
    changes = [change(1, 50, 3, lift="trucks"), change(2, 70, 0, lift="trucks"), change(3, 400, 1, lift="trucks")]
    told = lifted([unit("a", "500", place="here")], [move("go", 0, "a")], [trucks()], capacity=changes)
    assert [line for line in tale(told) if "arrives" in line or "waited" in line] == [
        "  60 a, load 2, waited 50 at here: vehicle (go)",
        "  60 a, load 3, waited 50 at here: vehicle (go)",
        "  80 a, 100, arrives at there (go, deployed, assumed)",
        " 130 a, 100, arrives at there (go, deployed, assumed)",
        " 130 a, 100, arrives at there (go, deployed, assumed)",
        " 410 a, load 4, waited 400 at here: vehicle (go)",
        " 480 a, 100, arrives at there (go, deployed, assumed)",
        " 550 a, load 5, waited 540 at here: vehicle (go)",
        " 620 a, 100, arrives at there (go, deployed, assumed)",
    ]


def test_where_there_is_never_a_spot() -> None:
    """A load waits for ever, and no vehicle waits with it; at either end."""
    units = [unit(name, place="here") for name in ("a", "b", "c")]
    orders = [move("go", 0, "a", route=("beyond", "there")), move("on", 1, "b", route=("here", "beyond"))]
    told = lifted(units, [*orders, move("up", 2, "c")], [trucks()], [port("dead", "beyond", 0)])
    assert tale(told) == [
        "   0 a, load 1 of 100, is ready at beyond (go)",
        "   1 b, load 1 of 100, is ready at here (on)",
        "   2 c, load 1 of 100, is ready at here (up)",
        "  12 c, 100, leaves here for there (up, was in garrison, assumed)",
        "  82 c, 100, arrives at there (up, deployed, assumed)",
        "  82 c has closed at there (up)",
    ]


def test_what_was_reported_goes_before_lift() -> None:
    """A plain run replays a reported arrival, a transit and parts; by lift, all goes as vehicles can."""
    units = [unit(name, place="here") for name in ("a", "b", "c")]
    orders = [
        evolve(move("go", 0, "a"), arrive=Window(by=30)),
        evolve(move("on", 0, "b"), transit=Transit(40)),
        evolve(move("up", 0, "c"), parts=(part(40, arrives=50), part(60, arrives=60))),
    ]
    told = lifted(units, orders, [trucks(3)])
    closing = [[line for line in tale(told, by_lift=by_lift) if "closed" in line] for by_lift in (False, True)]
    assert closing == [
        [
            "  30 a has closed at there (go)",
            "  40 b has closed at there (on)",
            "  60 c has closed at there (up)",
        ],
        [
            "  80 a has closed at there (go)",
            "  80 b has closed at there (on)",
            "  80 c has closed at there (up)",
        ],
    ]


def test_lift_and_other_moves_in_turn() -> None:
    """A unit goes by lift, or as reported, one after the other; also after cancels in one minute."""
    orders = [
        deploy("k", 0, "a", to="there", after=9),
        cancel("l", 5, "k"),
        move("m", 5, "a"),
        cancel("n", 6, "m"),
        deploy("o", 6, "a", to="there", transit=4),
        recall("p", 20, "a", transit=5),
        alert("q", 30, "a"),
        move("r", 40, "a"),
    ]
    assert tale(lifted([unit("a", place="here")], orders, [trucks(2)])) == [
        "   5 a, load 1 of 100, is ready at here (m)",
        "   6 a, 100, leaves here for there (o, was in garrison, assumed)",
        "  10 a, 100, arrives at there (o, deployed, assumed)",
        "  10 a has closed at there (o)",
        "  20 a, 100, leaves there for here (p, was in deployed, assumed)",
        "  25 a, 100, arrives at here (p, garrison, assumed)",
        "  25 a has closed at here (p)",
        "  30 a, 100 at here, goes from garrison to heightened-alert (q)",
        "  40 a, load 1 of 100, is ready at here (r)",
        "  50 a, 100, leaves here for there (r, was in heightened-alert, assumed)",
        " 120 a, 100, arrives at there (r, deployed, assumed)",
        " 120 a has closed at there (r)",
    ]


def test_loading_that_takes_no_time() -> None:
    """Is done at once, but where and when there is a spot, and the port is open: at either end."""
    ports = [port("dock", "here", 1, 30), port("apron", "there", 1, 0, Hours(120, 130))]
    told = lifted([unit("a", "300", place="here")], [move("go", 0, "a")], [trucks(3)], ports)
    assert [line for line in tale(told) if "ready" not in line] == [
        "  60 a, load 1, waited 30 at there: hours (go)",
        "  60 a, 100, leaves here for there (go, was in garrison, assumed)",
        "  60 a, load 2, waited 30 at here: spot (go)",
        "  60 a, 100, leaves here for there (go, was in garrison, assumed)",
        " 120 a, 100, arrives at there (go, deployed, assumed)",
        " 120 a, 100, arrives at there (go, deployed, assumed)",
        "1500 a, load 3, waited 60 at here: spot (go)",
        "1500 a, load 3, waited 1410 at there: hours (go)",
        "1500 a, 100, leaves here for there (go, was in garrison, assumed)",
        "1560 a, 100, arrives at there (go, deployed, assumed)",
        "1560 a has closed at there (go)",
    ]


def test_loading_that_takes_no_time_where_there_is_no_spot() -> None:
    """It waits for the first that there is, and for ever where there never is one."""
    ports = [port("dock", "here", 0, 0)]
    told = lifted([unit("a", place="here")], [move("go", 5, "a")], [trucks()], ports)
    assert tale(told) == ["   5 a, load 1 of 100, is ready at here (go)"]
    more = evolve(told, capacity=(change(1, 25, 1, at_port="dock"),))
    assert tale(more)[1:3] == [
        "  25 a, load 1, waited 20 at here: spot (go)",
        "  25 a, 100, leaves here for there (go, was in garrison, assumed)",
    ]


class Noted(Medians):
    """Central values, and the names of the counts that were asked for."""

    def __init__(self) -> None:
        self.names: list[tuple[str | int, ...]] = []

    def count(self, variate: Variate, *name: str | int) -> float:
        self.names.append(name)
        return super().count(variate, *name)


def test_what_counts_are_named_by() -> None:
    """What they are of, its id, and when: a lift and a port of one id draw apart, and no place in a list has a part."""
    ports, lift = [port("hub", "here", 2), port("pier", "there", 2)], [trucks(name="hub")]
    order = move("go", 0, "a", lifts=("hub",), load=60)
    changes = [change(1, 60, 2, lift="hub"), change(2, 60, 3, at_port="hub"), change(3, 70, 3, at_port="hub")]
    noted = Noted()
    played(lifted([unit("a", place="here")], [order], lift, ports, changes), noted)
    assert sorted(noted.names, key=str) == [
        ("holds", "hub", "go", "a", 1),
        ("load", "go", "a", 1),
        ("spots", "hub"),
        ("spots", "hub", 60),
        ("spots", "hub", 70),
        ("spots", "pier"),
        ("vehicles", "hub"),
        ("vehicles", "hub", 60),
    ]


def test_what_is_drawn_of_a_load_is_whole() -> None:
    """Of two or three to a vehicle each is drawn; a plain run takes as many as fit the central value."""
    told = lifted([unit("a", "60", place="here")], [move("go", 0, "a")], [trucks()], end=0)
    lift = evolve(told.lift["trucks"], holds=((Kind.TROOPS, Uniform(2, 3)),))
    told = evolve(told, lift=[lift])
    drawn = Counter(event.strength for event in played(told, Sampled(0, 0)) if isinstance(event, LoadReady))
    assert drawn.keys() == {2, 3}
    assert {event.strength for event in played(told) if isinstance(event, LoadReady)} == {2}


@pytest.mark.parametrize("number", range(3))
def test_another_change_leaves_what_is_drawn_as_it_was(number: int) -> None:
    """One that comes after all is over, listed before the others, changes nothing."""
    spots = evolve(change(1, 30, 1, at_port="dock"), amount=Uniform(1, 9))
    lift = trucks(20, 10, ground=Uniform(10, 60))
    told = lifted([unit("a", "200", place="here")], [move("go", 0, "a")], [lift], [port("dock", "here", 1)], [spots])
    other = evolve(told, capacity=(change(1, 9999, 5, lift="trucks"), evolve(spots, id="2")))
    assert played(told, Sampled(0, number)) == played(other, Sampled(0, number))


def test_replications_differ() -> None:
    """What is drawn differs from one replication to the next, and is the same again for the same one."""
    order, lift = move("go", 0, "a"), trucks(1, 20, speed=Uniform(30, 90), ground=Uniform(5, 60))
    told = lifted([unit("a", place="here")], [order], [lift])
    runs = [played(told, Sampled(1, number)) for number in (1, 2, 1)]
    assert runs[0] == runs[2] != runs[1]


def test_a_nearer_vehicle_than_the_first_by_id() -> None:
    """Of one at its base, two hours away, and one that is unloaded an hour away, the second goes."""
    units = [unit(name, place="here") for name in ("a", "b")]
    told = lifted(units, [move("go", 0, "a"), move("on", 200, "b")], [trucks(2, base="beyond")])
    assert [line for line in tale(told) if "leaves" in line] == [
        " 130 a, 100, leaves here for there (go, was in garrison, assumed)",
        " 270 b, 100, leaves here for there (on, was in garrison, assumed)",
    ]


def test_a_cancelled_move_gives_up_both_its_spots() -> None:
    """Also the one at the other end, which it had booked ahead."""
    units = [unit(name, place="here") for name in ("a", "b")]
    orders = [move("go", 0, "a"), cancel("off", 5, "go"), move("on", 6, "b")]
    told = tale(lifted(units, orders, [trucks(2)], [port("apron", "there", 1, 500)]))
    assert told[-3:] == [
        "  16 b, 100, leaves here for there (on, was in garrison, assumed)",
        " 576 b, 100, arrives at there (on, deployed, assumed)",
        " 576 b has closed at there (on)",
    ]


def test_what_cannot_be_unloaded_keeps_no_spot() -> None:
    """Where there never is a spot at the other end, the one to load on is for others."""
    units = [unit(name, place="here") for name in ("a", "b")]
    orders = [move("go", 0, "a", route=("here", "beyond")), move("on", 0, "b")]
    told = tale(lifted(units, orders, [trucks(2)], [port("dead", "beyond", 0), port("dock", "here", 1, 30)]))
    assert told[2] == "  30 b, 100, leaves here for there (on, was in garrison, assumed)"


def test_of_two_lifts_the_load_that_goes_first_has_the_spot() -> None:
    """Whichever lift comes first by id."""
    units = [unit(name, place="here") for name in ("a", "b")]
    orders = [move("go", 0, "a", lifts=("carts",), priority=1), move("on", 0, "b")]
    told = tale(lifted(units, orders, [trucks(name="carts"), trucks()], [port("dock", "here", 1, 30)]))
    assert [line for line in told if "leaves" in line] == [
        "  30 b, 100, leaves here for there (on, was in garrison, assumed)",
        "  60 a, 100, leaves here for there (go, was in garrison, assumed)",
    ]
