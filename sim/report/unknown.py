"""What is asked about and was not known yet: from when on it was, and by whom."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.errors import UnknownError, UsageError

if TYPE_CHECKING:
    from sim.domain.known import Turn
    from sim.domain.scenario import Scenario
    from sim.report.answer import Answer


@contextmanager
def as_known(answer: "Answer", option: str = "--as-known") -> Iterator[None]:
    """Of what an answer does not have, say so where it had only not been published yet. Raises UsageError then.

    `option` is what asks for another time.
    """
    try:
        yield
    except UnknownError as error:
        whole, knowledge = answer.whole, answer.knowledge
        if whole is None or knowledge is None:
            raise
        turn = _turn_after(whole, knowledge.at, error.noun, error.word)
        if turn is None:
            raise
        noun, then = "claim" if error.noun == "question" else error.noun, _time(whole, turn.minute)
        outlets = _outlets(whole, turn, error.noun, error.word)
        raise UsageError(
            f"the {noun} '{error.word}' was {'no longer known' if turn.again else 'not known yet'}"
            f" on {_time(whole, knowledge.at)}",
            f"It became known{' again' if turn.again else ''} on {then}, by {', '.join(outlets)}. "
            f"Leave out {option}, or ask {option} {then}.",
        ) from error


def _turn_after(whole: "Scenario", minute: int, noun: str, word: str) -> "Turn | None":
    """When what a word names became known; None where there is none such."""
    from sim.domain.known import turn_after

    is_there = _TELLS.get(noun)
    if is_there is None or not is_there(whole, word):
        return None
    return turn_after(whole, minute, lambda scenario: is_there(scenario, word))


def _outlets(whole: "Scenario", turn: "Turn", noun: str, word: str) -> list[str]:
    """The outlets that published it: those it rests on, else all that published then."""
    from sim.report.text import clean

    named = _sources_of(whole, noun, word)
    sources = [whole.sources[id] for id in turn.sources if id in named] or [whole.sources[id] for id in turn.sources]
    return list(dict.fromkeys(clean(source.outlet) or source.id for source in sources))


def _has_source(scenario: "Scenario", word: str) -> bool:
    return bool(_sources_named(scenario, word))


def _sources_named(scenario: "Scenario", word: str) -> tuple[str, ...]:
    from sim.posture.selector import sources_named

    return sources_named(scenario.sources, word)


def _has_entry(section: str) -> Callable[["Scenario", str], bool]:
    """Whether a scenario has an entry with an id in a section, or an amendment of one."""

    def has(scenario: "Scenario", word: str) -> bool:
        entries = getattr(scenario, section)
        return word in entries or any(each.id == word and each.entry.id in entries for each in scenario.amendments)

    return has


_TELLS: dict[str, Callable[["Scenario", str], bool]] = {
    "unit": _has_entry("units"),
    "order": _has_entry("orders"),
    "claim": _has_entry("claims"),
    "question": _has_entry("claims"),
    "source": _has_source,
    "side": lambda scenario, word: any(unit.side == word for unit in scenario.units.values()),
}
"""For each noun, whether a scenario has what a word names."""


def _sources_of(scenario: "Scenario", noun: str, word: str) -> set[str]:
    """The sources that the first report of it rests on."""
    match noun:
        case "source":
            return {*_sources_named(scenario, word)}
        case "claim" | "question" if word in scenario.claims:
            return {scenario.claims[word].source}
        case "unit" if word in scenario.units:
            return set(scenario.units[word].grounds.sources)
        case "order" if word in scenario.orders:
            return set(scenario.orders[word].grounds.sources)
        case _:
            return {source for each in scenario.amendments if each.id == word for source in each.sources}


def _time(scenario: "Scenario", minute: int) -> str:
    """A time as the command line takes it."""
    from sim.domain.calendar import Edge

    calendar = scenario.calendar
    date = calendar.local(minute).date().isoformat()
    return date if calendar.parse(date, Edge.LAST) == minute else calendar.log_stamp(minute)
