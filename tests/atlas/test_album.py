"""Albums: which times can be chosen, and whose letters are whose."""

from hypothesis import given
from hypothesis import strategies as st

from sim.atlas.album import LEAVES_MAX, album, evenly
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.report.answer import Answer
from sim.runs import play
from tests.story import cited, scenario, unit

minutes = st.lists(st.integers(-1000, 1000), unique=True, min_size=1, max_size=40).map(sorted)


def _album_of(told: Scenario) -> list[tuple[int | None, str, tuple[str, ...]]]:
    made = album(Answer(play(told), (told.end,)), ["x.yaml"])
    return [(leaf.at, leaf.label, leaf.published) for leaf in made.leaves]


@given(minutes, st.integers(1, 50))
def test_evenly_chosen(at: list[int], most: int) -> None:
    """Some of the minutes in order, the last among them, and as many as may be; nothing published is forgotten."""
    every = [(minute, (f"s{minute}", f"t{minute}")) for minute in at]
    chosen = evenly(every, most)
    assert len(chosen) == min(most, len(at))
    assert chosen[-1][0] == at[-1]
    assert [minute for minute, _ in chosen] == sorted({minute for minute, _ in chosen} & set(at))
    assert [source for _, sources in chosen for source in sources] == [each for _, two in every for each in two]


def test_a_leaf_for_each_time_of_publication() -> None:
    """By the label of its day; the last time is that by which all had been published."""
    sources = (
        *(Source(f"s{number}", "Somebody", published=number * 1440 - 1) for number in (1, 2, 9)),
        Source("t", "Somebody else", published=2 * 1440 - 1),
    )
    told = scenario([unit("a", grounds=cited("s1")), unit("b", grounds=cited("s9"))], sources=sources, end=3000)
    assert _album_of(told) == [
        (1439, "24 Jan 2022", ("s1",)),
        (2879, "25 Jan 2022", ("s2", "t")),
        (None, "all that was published", ("s9",)),
    ]


def test_nothing_was_published() -> None:
    """There is one leaf, of what was always known."""
    assert _album_of(scenario([unit("a")], sources=())) == [(None, "all that was published", ())]


def test_many_publications() -> None:
    """No more leaves than there may be, and nothing that came out is forgotten."""
    sources = tuple(Source(f"s{number:03}", "Somebody", published=number) for number in range(200))
    leaves = _album_of(scenario([unit("a", grounds=cited("s000"))], sources=sources))
    assert len(leaves) == LEAVES_MAX
    assert sorted(source for _, _, published in leaves for source in published) == [each.id for each in sources]


def test_a_source_has_one_letter_in_all_leaves() -> None:
    """That of the whole; one which nothing rests on in the end has the next."""
    told = scenario(
        [unit("a", grounds=cited("late")), unit("b", grounds=cited("early"))],
        sources=(Source("early", "Early", published=10), Source("late", "Late", published=20)),
    )
    made = album(Answer(play(told), (told.end,)), ["x.yaml"])
    assert made.letters == {"early": "A", "late": "B"}
    assert [leaf.picture.wording.letters for leaf in made.leaves] == [{"early": "A"}, {"early": "A", "late": "B"}]
