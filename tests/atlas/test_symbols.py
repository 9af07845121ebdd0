"""Symbols: every unit has a code, and nobody is called hostile but by an author."""

from attrs import evolve
from hypothesis import given

from sim.atlas.symbols import identity_of, symbols
from sim.domain.scenario import Scenario
from sim.domain.unit import Unit
from sim.domain.vocabulary import Kind
from tests.story import unit
from tests.strategies import any_scenarios

INFANTRY = "10031000181211000001"
HOSTILE_ARMOUR = "10061000151205000000"


def _coded(*units: Unit) -> dict[str, str]:
    return symbols({each.id: each for each in units})


def test_the_plainest_symbol_of_each_kind() -> None:
    """A land unit, something in the air, a vehicle, and a land unit of the size of a battery: of the own side."""
    assert _coded(*(unit(kind, kind=kind) for kind in Kind)) == {
        "troops": "10031000000000000000",
        "aircraft": "10030100001100000000",
        "vehicles": "10031500001200000000",
        "batteries": "10031000150000000000",
    }


def test_an_own_symbol_is_kept() -> None:
    """Its first 20 digits are; whoever planned it, its status is that of what is there."""
    given_ = evolve(unit("a"), symbol=INFANTRY + "8400000000")
    planned = evolve(unit("b"), symbol=INFANTRY[:6] + "1" + INFANTRY[7:])
    assert _coded(given_, planned) == {"a": INFANTRY, "b": INFANTRY}


def test_a_side_is_what_most_of_its_own_symbols_say() -> None:
    """Others are neutral, whatever they are called; so is a side whose symbols say two things as often."""
    armour = evolve(unit("x", side="Red"), symbol=HOSTILE_ARMOUR)
    green = [evolve(unit("g", side="Green"), symbol=HOSTILE_ARMOUR), evolve(unit("h", side="Green"), symbol=INFANTRY)]
    coded = _coded(armour, unit("y", side="Red"), *green, unit("i", side="Green"), unit("z", side="Blue"), unit("u"))
    assert {id: identity_of(code) for id, code in coded.items()} == {
        **{"x": "hostile", "y": "hostile", "g": "hostile", "h": "friend"},
        **{"i": "neutral", "z": "neutral", "u": "friend"},
    }


def test_an_identity_that_the_standard_does_not_have() -> None:
    """It is unknown."""
    assert identity_of("10091000001100000000") == "unknown"


@given(any_scenarios())
def test_no_side_is_hostile_by_itself(told: Scenario) -> None:
    """Without symbols, whatever the sides are called; and each code has 20 digits."""
    plain = {id: evolve(each, symbol="") for id, each in told.units.items()}
    coded = symbols(plain)
    assert coded.keys() == plain.keys()
    for id, code in coded.items():
        assert len(code) == 20 and code.isdigit()
        assert identity_of(code) == ("friend" if plain[id].side == "US" else "neutral")
