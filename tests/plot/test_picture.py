"""Pictures: files that are the same for the same run, and words for those who do not see them."""

import sys
from collections.abc import Callable
from xml.etree import ElementTree

import matplotlib
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.claim import Selector
from sim.domain.scenario import Scenario
from sim.errors import UsageError
from sim.plot.closure import Prediction
from sim.plot.picture import Picture, closure_picture, posture_picture
from sim.report.answer import Answer
from sim.runs import play_and_keep
from tests.story import alert, deploy, scenario, unit
from tests.strategies import scenarios

ALL = Selector(kind=())
SHARES = (5, 25, 50, 75, 95)
BEGIN = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}

Draw = Callable[[Answer, str], Picture]


def answer(told: Scenario) -> Answer:
    book, kept = play_and_keep(told)
    return Answer(book, (told.end,), kept)


def posture(of: Answer, form: str) -> Picture:
    return posture_picture(of, form, ALL)


GOING = scenario([unit("a", "about 100"), unit("b", "300 to 500")], [deploy("go", 60, "a", "b", transit=600)])


@pytest.mark.parametrize("form", BEGIN)
@pytest.mark.parametrize("draw", [posture, closure_picture])
def test_the_same_run_gives_the_same_bytes(draw: Draw, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the reader's own settings of matplotlib are; they are left as they were."""
    first = draw(answer(GOING), form)
    monkeypatch.setitem(matplotlib.rcParams, "font.size", 30.0)
    monkeypatch.setitem(matplotlib.rcParams, "svg.hashsalt", None)
    assert draw(answer(GOING), form) == first
    assert matplotlib.rcParams["font.size"] == 30.0
    assert first.data.startswith(BEGIN[form])


def test_what_it_says() -> None:
    """The posture at the start and at the end, with range and basis, whose forces these are, and as of when."""
    assert posture(answer(GOING), "svg").words.splitlines() == [
        "A story. Strength by place, 24 Jan - 30 Jan 2022, UTC.",
        "Troops, US, 24 Jan and 30 Jan 22:40: Home 500, then 0; on the way up to 500 (390-610), on an assumption "
        "between; Poland 0, then 500 (390-610), on an assumption.",
        "Only forces this scenario names.",
    ]


def test_how_orders_closed_in_words() -> None:
    """Each order with when it closed, and when in half of the runs, or how far it came."""
    told = scenario(
        [unit("a"), unit("b", "40"), unit("c")], [deploy("go", 60, "a"), deploy("late", 9000, "b", transit=5000)]
    )
    predicted = {
        "go": Prediction(1000, 960, {5: 90, 25: 100, 50: 200, 75: 300, 95: None}),
        "late": Prediction(1000, 0, dict.fromkeys((5, 25, 50, 75, 95))),
    }
    assert closure_picture(answer(told), "svg", runs=1000, predicted=predicted).words.splitlines() == [
        "A story. How orders closed, and when in 1,000 runs, 24 Jan - 30 Jan 2022, UTC.",
        "a, ordered 24 Jan: 100 to Poland, closed 24 Jan 02:00, on an assumption; in half of the runs by 24 Jan 03:20; "
        "by the end in 960 of 1,000 runs.",
        "b, ordered 30 Jan: of 40 to Poland, 0 % arrive by the end; in none of 1,000 runs by the end.",
        "Only forces this scenario names.",
    ]


def test_nothing_to_draw() -> None:
    """It is said, and nothing is drawn."""
    still = answer(scenario([unit("a")], [alert("wake", 10, "a")]))
    with pytest.raises(UsageError, match="no such order moves anything"):
        closure_picture(still, "svg")
    with pytest.raises(UsageError, match="nobody is ever there"):
        posture_picture(still, "svg", Selector(place=("de",)))


def test_many_orders() -> None:
    """As many as there is room for; how many more there are is said."""
    units = [unit(f"u{number:02}") for number in range(30)]
    orders = [deploy(f"o{number:02}", 60 + number, f"u{number:02}") for number in range(30)]
    words = closure_picture(answer(scenario(units, orders)), "svg").words
    assert words.count("to Poland") == 24
    assert "6 more orders are not drawn." in words


def test_what_the_font_does_not_have() -> None:
    """Is known, so that it can be said."""
    assert posture(answer(GOING), "svg").legible
    assert not posture(answer(evolve(GOING, title="波兰")), "png").legible


def test_titles_are_no_formulas_and_no_markup() -> None:
    """What a scenario says is drawn as it stands: no text of it is text of the file, but for its title, escaped."""
    told = evolve(GOING, title="$\\frac{1}{2}$ <script>alert(1)</script> --> & \\")
    data = posture(answer(told), "svg").data.decode()
    root = ElementTree.fromstring(data)
    assert [element.tag for element in root.iter() if "script" in element.tag] == []
    assert "<script" not in data


@settings(max_examples=10)
@given(scenarios(), st.sampled_from(["posture", "closure"]))
def test_a_picture_can_always_be_drawn(told: Scenario, what: str) -> None:
    """Of whatever scenario, in which there is anything to draw."""
    try:
        picture = posture(answer(told), "svg") if what == "posture" else closure_picture(answer(told), "svg")
    except UsageError as error:
        assert "nothing to draw" in str(error)
    else:
        ElementTree.fromstring(picture.data)
        assert all(line.isprintable() for line in picture.words.splitlines())


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is named, with what installs it; what matplotlib itself lacks is another matter."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"pip install 'troop-ledger\[plot\]'"):
        posture(answer(GOING), "svg")
