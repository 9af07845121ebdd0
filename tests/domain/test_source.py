"""Sources: where news began."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given

from sim.domain.scenario import Scenario
from sim.domain.source import Dates, Source, origins, public_from
from tests.strategies import any_scenarios

SOURCES = {
    source.id: source
    for source in (
        Source("briefing", "Briefing"),
        Source("officials", "Officials"),
        Source("cnn", "CNN", relays=("briefing",)),
        Source("beast", "Daily Beast", relays=("officials", "wsj")),
        Source("wsj", "WSJ"),
        Source("blog", "Blog", relays=("beast", "cnn")),
        Source("left", "Left", relays=("right",)),
        Source("right", "Right", relays=("left", "briefing")),
    )
}


@pytest.mark.parametrize(
    ("source", "begun"),
    [
        ("briefing", {"briefing"}),
        ("cnn", {"briefing"}),
        ("beast", {"officials", "wsj"}),
        ("blog", {"officials", "wsj", "briefing"}),
        ("left", {"briefing"}),
        ("right", {"briefing"}),
    ],
)
def test_origins(source: str, begun: set[str]) -> None:
    """What is relayed is followed to what relays nothing, which is its own origin; a circle ends where it closes."""
    assert origins(SOURCES, source) == begun


DATED = {
    source.id: source
    for source in (
        Source("early", "Early", published=10),
        Source("late", "Late", published=20, relays=("latest",)),
        Source("latest", "Latest", published=30),
        Source("letter", "Letter"),
        Source("echo", "Echo", relays=("early", "late", "letter")),
        Source("blog", "Blog", relays=("echo", "letter")),
        Source("rumour", "Rumour", relays=("letter", "nobody")),
        Source("left", "Left", relays=("right",)),
        Source("right", "Right", relays=("early", "left")),
    )
}


@pytest.mark.parametrize(
    ("source", "since"),
    [
        ("early", 10),
        ("late", 20),
        ("letter", None),
        ("echo", 20),
        ("blog", 20),
        ("rumour", None),
        ("left", 10),
        ("right", 10),
    ],
)
def test_from_when_on_a_source_is_public(source: str, since: int | None) -> None:
    """From its date on, or that of the latest that it relays; never later for what that one relays in its turn."""
    assert public_from(DATED, source) == since
    dates = Dates(DATED)
    assert [dates.of(id) for id in DATED] == [public_from(DATED, id) for id in DATED]


@pytest.mark.parametrize(
    ("named", "since"), [(("late", "latest"), 20), (("latest",), 30), (("late", "letter"), None), ((), None)]
)
def test_the_first_of_some_sources(named: tuple[str, ...], since: int | None) -> None:
    """What rests on several is known from the first of them on; with one that always was, or on none, always."""
    assert Dates(DATED).first_of(named) == since


def test_a_source_that_there_is_not() -> None:
    """To ask for it is an error."""
    with pytest.raises(KeyError):
        Dates(DATED).of("nobody")


class Watched(dict[str, Source]):
    """Sources that count how often each is looked up."""

    def __init__(self, sources: dict[str, Source]) -> None:
        super().__init__(sources)
        self.looked_up: Counter[str] = Counter()

    def __getitem__(self, id: str) -> Source:
        self.looked_up[id] += 1
        return super().__getitem__(id)


def test_each_source_is_followed_once() -> None:
    """Of a long chain without dates, each is looked at a few times, in whatever order they are asked for."""
    ids = [f"s{number:04}" for number in range(3000)]
    chain = {id: Source(id, id, relays=(other,)) for id, other in pairwise(ids)}
    sources = Watched({**chain, ids[-1]: Source(ids[-1], ids[-1], published=7)})
    dates = Dates(sources)
    assert {dates.of(id) for id in [*ids[1500:], *ids]} == {7}
    assert max(sources.looked_up.values()) <= 4


@given(any_scenarios())
def test_dates_of_any_scenario(scenario: Scenario) -> None:
    """All together are those of each by itself."""
    dates = Dates(scenario.sources)
    assert [dates.of(id) for id in scenario.sources] == [public_from(scenario.sources, id) for id in scenario.sources]
