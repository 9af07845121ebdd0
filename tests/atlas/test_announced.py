"""What was announced: in the time that its orders take, however many there are of one day."""

from pathlib import Path

import pytest

from sim.atlas.announced import announced
from sim.domain.event import OrderIssued
from sim.domain.order import Order
from sim.loader import load
from sim.report.answer import Answer
from sim.runs import play
from tests.story import cancel, cited, deploy, scenario, unit

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def test_orders_of_one_day_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a thousand each would be with all before it."""
    ids = [f"u{number:04}" for number in range(1000)]
    told = scenario([unit(id) for id in ids], [deploy(f"go-{id}", 60, id, grounds=cited("pap")) for id in ids])
    answer = Answer(play(told), (told.end,))
    compared = 0

    def counting(*_: object) -> bool:
        nonlocal compared
        compared += 1
        return False

    monkeypatch.setattr(Order, "__eq__", counting)
    (one,) = announced(answer)
    assert (one.strength, len(one.units), one.by_place) == (100_000, 1000, (("pl", 100_000),))
    assert compared == 0


@pytest.mark.parametrize("name", ["feb2022", "eastern-flank-2022"])
def test_who_announced_what(name: str) -> None:
    """Who is named is a source of each order as it was given, as the timeline has it: not of what came of it."""
    told = load(SCENARIOS / f"{name}.yaml")
    answer = Answer(play(told), (told.end,))
    given = {each.order: {*each.grounds.sources} for each in answer.timeline if each.event == OrderIssued.tag}
    every = announced(answer)
    assert any(len(each.orders) > 1 and each.agreed for each in every)
    for each in every:
        together = set.intersection if each.agreed else set.union
        assert {*each.sources} == together(*(given[order] for order in each.orders))


def test_only_those_told_by_an_order_can_be_told_not_to_go() -> None:
    """Of two announcements of one day, units and orders of each are its own."""
    told = scenario(
        [unit("a"), unit("b"), unit("c")],
        [
            deploy("first", 60, "a", "b", after=120, grounds=cited("pap")),
            deploy("second", 61, "c", after=120, grounds=cited("pap")),
            cancel("stop", 90, "first"),
        ],
    )
    (one,) = announced(Answer(play(told), (told.end,)))
    assert (one.strength, one.cancelled) == (300, 200)
