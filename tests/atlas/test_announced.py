"""What was announced: in the time that its orders take, however many there are of one day."""

import pytest

from sim.atlas.announced import announced
from sim.domain.order import Order
from sim.report.answer import Answer
from sim.runs import play
from tests.story import cancel, cited, deploy, scenario, unit


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
