"""How the posture is drawn: what can be told apart without colour, and what lies over what was not seen."""

from itertools import pairwise

import pytest

from sim.domain.quantity import Interval
from sim.domain.vocabulary import Basis
from sim.plot.layer import Layer
from sim.plot.mount import upright
from sim.plot.posture_figure import PALETTE, colours, pieces
from sim.posture.held import Held


def lightness(colour: str) -> float:
    """How light a colour is on a grey print, up to 255 (ITU-R BT.601)."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("layers", range(1, len(PALETTE) + 1))
def test_layers_are_told_apart_in_grey(layers: int) -> None:
    """Each is lighter than the one below it, by more than a twelfth of all there is."""
    chosen = colours(layers)
    assert len(chosen) == layers
    for below, above in pairwise(chosen):
        assert lightness(above) - lightness(below) > 256 / 12


def held(strength: int, basis: Basis | None = None) -> Held:
    return Held(strength, Interval(strength, strength), basis)


def test_parts_of_a_layer() -> None:
    """What was seen to come or has not moved lies below what was announced, and that below what is assumed."""
    shares = ((Basis.ASSUMED, 1), (Basis.ANNOUNCED, 2), (Basis.OBSERVED, 4), (None, 8))
    mixed = Held(15, Interval(15, 15), Basis.ASSUMED, shares)
    layer = Layer("layer", ((0, held(8)), (10, mixed), (20, held(3, Basis.ANNOUNCED))))
    assert [[(at, each.strength) for at, each in part.steps] for part in layer.parts] == [
        [(0, 8), (10, 12), (20, 0)],
        [(0, 0), (10, 2), (20, 3)],
        [(0, 0), (10, 1), (20, 0)],
    ]
    assert layer.bases == {Basis.ASSUMED, Basis.ANNOUNCED, Basis.OBSERVED}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Poland: 500^ (450-550)", "Poland: 500^ (450-550)"),
        ("\u05e2\u05d9\u05e8: 500^", "\u200e\u2068\u05e2\u05d9\u05e8\u2069: 500^"),
        ("\u05e2 504 (\u05d9), 40", "\u200e\u2068\u05e2 504 (\u05d9)\u2069, 40"),
        ("to (\u05e2) 40 (35-45)", "\u200eto (\u2068\u05e2\u2069) 40 (35-45)"),
        ("\u05e2 200, then 0; \u05d9 3!", "\u200e\u2068\u05e2\u2069 200, then 0; \u2068\u05d9\u2069 3!"),
    ],
)
def test_figures_beside_names_that_are_written_to_the_left(text: str, told: str) -> None:
    """They stay where they are: each name is set by itself, with the numbers in it."""
    assert upright(text) == told


def test_pieces() -> None:
    """A layer is drawn anew where it is known in another way, or begins again; it stands on what is below it."""
    below = Layer("below", ((0, held(5)), (40, held(7))))
    layer = Layer("layer", ((10, held(1)), (20, held(2, Basis.ASSUMED)), (30, held(0)), (50, held(3))))
    assert [(piece.minutes, piece.bottom, piece.top, piece.basis) for piece in pieces([below, layer], 60)] == [
        ((10, 20), (5, 5), (6, 6), None),
        ((20, 30), (5, 5), (7, 7), Basis.ASSUMED),
        ((50, 60), (7, 7), (10, 10), None),
    ]
