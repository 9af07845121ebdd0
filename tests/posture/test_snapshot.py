"""Snapshots: the rows of a moment, how they are known, and what they add up to."""

from collections.abc import Callable

import pytest
from attrs import evolve
from hypothesis import given

from sim.domain.order import Part, Window
from sim.domain.quantity import ZERO, Interval, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.unit import Post
from sim.domain.vocabulary import Basis, Kind, Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.posture import Row, Snapshot, Total, snapshot, snapshots
from sim.posture.snapshot import FIELDS, grouped
from tests.story import GUESS, alert, cited, deploy, part, recall, scenario, unit
from tests.strategies import any_scenarios

_GARRISON, _ALERT, _IN_TRANSIT, _DEPLOYED = (
    Readiness.GARRISON,
    Readiness.HEIGHTENED_ALERT,
    Readiness.IN_TRANSIT,
    Readiness.DEPLOYED,
)


def test_a_snapshot() -> None:
    """Rows by unit, place and readiness, none zero; in transit counts as at its destination; totals by kind."""
    units = [
        unit("b", "about 15"),
        unit("a", "about 1000", place="unstated", side="RU"),
        evolve(
            unit("guns", place="rzeszow", kind=Kind.BATTERIES), reported=parse_quantity("dozens"), post=Post(30, GUESS)
        ),
    ]
    go = deploy("go", 50, "b", to="pl", parts=[part(7, grounds=cited("pap")), part(5), part(3, leaves=200)])
    book = Book.replay(simulate(scenario(units, [go, alert("up", 110, "a")])))
    standing = Row("a", "unstated", None, "RU", "unstated", _GARRISON, Kind.TROOPS, 1000, Interval(900, 1100), None)
    guns = Row("guns", "rzeszow", "PL", "US", "rzeszow", _GARRISON, Kind.BATTERIES, 30, Interval(24, 99), None)
    at_home = Row("b", "home", "US", "US", "home", _GARRISON, Kind.TROOPS, 3, Interval(2, 4), None)
    moving = Row("b", "pl", "PL", "US", "home", _IN_TRANSIT, Kind.TROOPS, 12, Interval(10, 14), Basis.ASSUMED)
    there = evolve(moving, readiness=_DEPLOYED)
    totals = (
        Total(Kind.BATTERIES, 30, Interval(24, 99)),
        Total(Kind.TROOPS, 1015, Interval(913, 1117)),
    )
    alerted = evolve(standing, readiness=_ALERT)
    assert snapshots(book, (110, 50, 49, 50)) == (
        Snapshot(110, (alerted, at_home, there, guns), totals),
        Snapshot(50, (standing, at_home, moving, guns), totals),
        Snapshot(49, (standing, evolve(at_home, strength=15, interval=Interval(13, 17)), guns), totals),
        Snapshot(50, (standing, at_home, moving, guns), totals),
    )
    assert snapshot(book, 110) == snapshots(book, (110,))[0]
    assert snapshots(book, ()) == ()


def test_no_units() -> None:
    """Nothing is anywhere."""
    assert snapshot(Book.replay(simulate(scenario([]))), 0) == Snapshot(0, (), ())


_OBSERVED, _ANNOUNCED, _ASSUMED = Basis.OBSERVED, Basis.ANNOUNCED, Basis.ASSUMED


def _known(strength: int, basis: Basis, leaves: int, arrives: int) -> Part:
    window = Window(after=leaves, by=arrives, basis=basis)
    return Part(strength, window, window)


@pytest.mark.parametrize(
    ("bases", "basis"),
    [
        ((_OBSERVED,), _OBSERVED),
        ((_OBSERVED, _ANNOUNCED), _ANNOUNCED),
        ((_ANNOUNCED, _OBSERVED), _ANNOUNCED),
        ((_OBSERVED, _ASSUMED, _ANNOUNCED), _ASSUMED),
        ((_ASSUMED, _OBSERVED, _OBSERVED), _ASSUMED),
        ((_OBSERVED, _OBSERVED), _OBSERVED),
    ],
)
def test_the_weakest_basis_counts(bases: tuple[Basis, ...], basis: Basis) -> None:
    """Strength that came in several ways is as sure as the weakest of them, whichever came first."""
    parts = [_known(10, each, 100, 200 + turn) for turn, each in enumerate(bases)]
    told = scenario([unit("a", str(10 * len(bases)))], [deploy("go", 50, "a", parts=parts)])
    assert {(row.place, row.readiness): row.basis for row in snapshot(Book.replay(simulate(told)), 150).rows} == {
        ("pl", _IN_TRANSIT): basis
    }
    assert {(row.place, row.readiness): row.basis for row in snapshot(Book.replay(simulate(told)), 900).rows} == {
        ("pl", _DEPLOYED): basis
    }


def test_an_empty_account_forgets() -> None:
    """What comes once all has left is known as it came, and what is left behind has not moved."""
    parts = [_known(40, _ASSUMED, 100, 200), _known(60, _OBSERVED, 200, 300)]
    again = [_known(100, _OBSERVED, 1000, 1100)]
    orders = [
        deploy("o1", 50, "a", parts=parts),
        recall("o2", 400, "a", parts=[_known(100, _ANNOUNCED, 400, 500)]),
        alert("o3", 600, "a"),
        deploy("o4", 1000, "a", parts=again),
    ]
    book = Book.replay(simulate(scenario([unit("a")], orders)))

    def known(at: int) -> list[tuple[str, str, int, str | None]]:
        return [(row.place, row.readiness, row.strength, row.basis) for row in snapshot(book, at).rows]

    assert known(50) == [("home", "garrison", 100, None)]
    assert known(100) == [("home", "garrison", 60, None), ("pl", "in-transit", 40, "assumed")]
    assert known(200) == [("pl", "deployed", 40, "assumed"), ("pl", "in-transit", 60, "observed")]
    assert known(300) == [("pl", "deployed", 100, "assumed")]
    assert known(400) == [("home", "in-transit", 100, "announced")]
    assert known(500) == [("home", "garrison", 100, "announced")]
    assert known(600) == [("home", "heightened-alert", 100, "announced")]
    assert known(1100) == [("pl", "deployed", 100, "observed")]


def test_what_a_posture_is_grouped_by() -> None:
    """Every field of section 10's `--by`; what has no country is under an empty one."""
    row = Row("a", "pl", None, "US", "home", _DEPLOYED, Kind.TROOPS, 5, Interval(5, 5), None)
    assert {name: value(row) for name, value in FIELDS.items()} == {
        "place": "pl",
        "country": "",
        "unit": "a",
        "side": "US",
        "readiness": "deployed",
        "origin": "home",
    }
    assert FIELDS["country"](evolve(row, country="PL")) == "PL"


def test_grouping_sums_a_unit_before_its_interval() -> None:
    """7 and 8 of about 15 are 13 to 17, and not what each would be by itself; units are added end to end."""
    told = scenario(
        [unit("a", "about 15"), unit("b", "about 15"), unit("c", "at least 9", place="de")],
        [deploy("go", 50, "a", parts=[part(7), part(8, leaves=900)])],
    )
    rows = snapshot(Book.replay(simulate(told)), 500).rows
    assert grouped(told.units, rows, lambda row: (row.place,)) == {
        ("home",): (23, Interval(19, 27)),
        ("pl",): (7, Interval(6, 8)),
        ("de",): (9, Interval(9, None)),
    }
    assert grouped(told.units, rows, lambda row: ()) == {(): (39, Interval(35, None))}
    assert grouped(told.units, rows[:3], lambda row: (row.side, row.origin)) == {("US", "home"): (30, Interval(26, 34))}
    assert grouped(told.units, (), lambda row: ()) == {}


@given(any_scenarios())
def test_rows_and_totals(told: Scenario) -> None:
    """Rows are sorted and none is zero; however they are grouped, every unit is there whole, once."""
    book = Book.replay(simulate(told))
    units = book.units.values()
    for taken in snapshots(book, (0, told.end // 2, told.end)):
        keys = [(row.unit, row.place, row.readiness) for row in taken.rows]
        assert keys == sorted(set(keys))
        assert all(row.strength > 0 for row in taken.rows)
        assert {total.kind: total.strength for total in taken.totals} == {
            kind: sum(unit.strength for unit in units if unit.kind is kind) for kind in {unit.kind for unit in units}
        }
        for total in taken.totals:
            whole = [unit.reported.interval for unit in units if unit.kind is total.kind]
            assert total.interval == sum(whole, ZERO)
        for name, field in FIELDS.items():
            groups = _grouped_by(told, taken, field)
            assert sum(groups.values()) == sum(row.strength for row in taken.rows)
            assert set(groups) == {field(row) for row in taken.rows}, name


def _grouped_by(told: Scenario, taken: Snapshot, field: Callable[[Row], str]) -> dict[str, int]:
    groups = grouped(told.units, taken.rows, lambda row: (field(row),))
    return {name: strength for (name,), (strength, _) in groups.items()}
