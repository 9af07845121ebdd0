"""What a picture of the posture is made of: layers, their order, and what they come to."""

import pytest
from hypothesis import given

from sim.domain.claim import Selector
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Kind
from sim.errors import UsageError
from sim.plot.layer import Layer, Panel
from sim.plot.posture import LAYERS_MAX, posture_panels
from sim.posture.held import NOTHING
from sim.posture.selector import selector_of
from sim.report.wording import Wording
from sim.runs import play
from tests.story import alert, deploy, scenario, unit
from tests.strategies import scenarios

ALL = Selector(kind=())


def panels(told: Scenario, selector: Selector = ALL, by: tuple[str, ...] = ("place",)) -> tuple[Panel, ...]:
    return posture_panels(Wording(play(told)), selector, by)


def drawn(panel: Panel) -> list[tuple[str, list[tuple[int, int]]]]:
    """The layers from the lowest up: what each holds from which minute on."""
    return [(layer.name, [(at, held.strength) for at, held in layer.steps]) for layer in panel.layers]


def test_what_grows_is_below_what_shrinks() -> None:
    """What never changes is lowest; then what grows, what is on the way, and what shrinks."""
    units = [unit("stays", "500", place="de"), unit("goes", "100"), unit("remains", "30")]
    (panel,) = panels(scenario(units, [deploy("go", 60, "goes", transit=30)]))
    assert drawn(panel) == [
        ("Germany", [(0, 500)]),
        ("Poland", [(90, 100)]),
        ("on the way", [(60, 100), (90, 0)]),
        ("Home", [(0, 130), (60, 30)]),
    ]
    assert [(at, held.strength) for at, held in panel.total.steps] == [(0, 630), (60, 630)]


def test_a_panel_for_each_side_and_kind() -> None:
    """The side with most units first: kinds are never added."""
    units = [unit("a", side="RU"), unit("b"), unit("c", kind=Kind.VEHICLES)]
    assert [(panel.side, panel.kind) for panel in panels(scenario(units))] == [
        ("US", Kind.TROOPS),
        ("US", Kind.VEHICLES),
        ("RU", Kind.TROOPS),
    ]


def test_only_what_is_asked_for() -> None:
    """At a place and what lies within; grouped by the fields that are named, in words."""
    told = scenario([unit("a"), unit("b", place="rzeszow"), unit("c", place="pl")], [alert("wake", 60, "b")])
    book = play(told)
    (panel,) = panels(told, selector_of(book, place="pl"), ("unit", "readiness"))
    assert drawn(panel) == [
        ("c, garrison", [(0, 100)]),
        ("b, heightened alert", [(60, 100)]),
        ("b, garrison", [(0, 100), (60, 0)]),
    ]
    assert panels(told, selector_of(book, place="de")) == ()
    with pytest.raises(UsageError, match="there is no field 'weather'"):
        panels(told, ALL, ("weather",))


def test_many_groups() -> None:
    """Those that never hold much are one layer, with the range of their sum."""
    units = [unit(f"u{number:02}", f"about {100 * (number + 1)}") for number in range(12)]
    (panel,) = panels(scenario(units), ALL, ("unit",))
    assert len(panel.layers) == LAYERS_MAX
    (others,) = (layer for layer in panel.layers if layer.name == "5 others")
    assert (others.last.strength, str(others.last.interval)) == (1500, "1,350-1,650")
    assert [layer.name for layer in panel.layers if layer is not others] == [f"u{n:02}" for n in range(11, 4, -1)]


@given(scenarios())
def test_layers_add_up(told: Scenario) -> None:
    """At every minute at which anything changes, all layers of a panel come to its total."""
    for panel in panels(told):
        minutes = {at for layer in (*panel.layers, panel.total) for at, _ in layer.steps}
        assert minutes
        for minute in minutes:
            assert sum(layer.at(minute).strength for layer in panel.layers) == panel.total.at(minute).strength


def test_an_empty_layer() -> None:
    """It holds nothing at any time."""
    empty = Layer("", ())
    assert (empty.peak, empty.swing, empty.last, empty.at(7), empty.bases) == (0, 0, NOTHING, NOTHING, set())
