"""The album: the picture of all that is known, and one as known on each day on which something was published."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import frozen

from sim.atlas.picture import Picture, picture
from sim.domain.known import knowledge, known, publications
from sim.domain.scenario import Scenario
from sim.domain.source import Dates
from sim.report.answer import Answer
from sim.report.wording import Wording
from sim.runs import play

LEAVES_MAX = 60
"""How many leaves an album has at most: of more publications, some evenly among them are chosen."""

ENTRIES_MAX = 50_000
"""How many units, orders and claims all leaves have together at most: each leaf is a run of its own."""


@frozen
class Leaf:
    """What was known at the end of the minute `at`, None for all that was ever published.

    `published` are the ids of the sources that came out since the leaf before.
    """

    at: int | None
    label: str
    published: tuple[str, ...]
    picture: Picture


@frozen(slots=False)
class Album:
    """Leaves, oldest first; the last is of all that was ever published.

    `letters` are those of the sources in any of them; `wording` is that of the last. `publications` is at how many
    times something was published, each of which could be a leaf.
    """

    answer: Answer
    wording: Wording
    letters: dict[str, str]
    leaves: tuple[Leaf, ...]
    publications: int

    @cached_property
    def dates(self) -> Dates:
        """From when on each source counts as published."""
        return Dates(self.answer.book.sources)


Published = tuple[int, tuple[str, ...]]
"""A minute, and the ids of the sources that came out by then and were not out before."""


def album(answer: Answer, where: Sequence[str]) -> Album:
    """The album of a run with all that was ever published. `where` are the words of a command line that name it."""
    wording = Wording(answer.book)
    scenario, seed = answer.book.scenario, answer.book.opened.seed
    published = publications(scenario)
    *earlier, (_, last) = evenly(published, _leaves_max(scenario)) or [(0, ())]
    leaves, letters = [], dict(wording.letters)
    for at, sources in earlier:
        book = play(known(scenario, at), seed)
        then = Answer(book, answer.times, None, None, knowledge(scenario, at), scenario)
        read = Wording(book, dict(letters))
        letters.update(read.letters)
        label = wording.due(at, with_year=True).strip()
        leaves.append(Leaf(at, label, sources, picture(then, read, [*where, "--as-known", wording.asked(at)])))
    leaves.append(Leaf(None, "all that was published", last, picture(answer, wording, where)))
    return Album(answer, wording, letters, tuple(leaves), len(published))


def evenly(published: Sequence[Published], most: int) -> list[Published]:
    """At most so many (1 or more) of some publications, evenly chosen, the last among them.

    What came out at those that are left out counts for the next that is not.
    """
    chosen = {len(published) * number // most - 1 for number in range(1, most + 1)}
    return list(_gathered(published, chosen if len(published) > most else set(range(len(published)))))


def _gathered(published: Sequence[Published], chosen: set[int]) -> Iterator[Published]:
    waiting: list[str] = []
    for number, (at, sources) in enumerate(published):
        waiting += sources
        if number in chosen:
            yield at, tuple(waiting)
            waiting = []


def _leaves_max(scenario: Scenario) -> int:
    entries = len(scenario.units) + len(scenario.orders) + len(scenario.claims)
    return max(1, min(LEAVES_MAX, ENTRIES_MAX // max(1, entries)))
