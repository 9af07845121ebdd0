"""Nothing that a scenario may say is left out of the reference."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.domain.lift import Mode
from sim.domain.vocabulary import Action, Basis, Kind, Readiness
from sim.loader.shape import HEADER, SECTIONS, Shape

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "scenario-format.md").read_text(encoding="utf-8")


def _chapter(heading: str) -> str:
    match = re.search(rf"(?ms)^## {heading}$(.*?)(?=^## |\Z)", PAGE)
    assert match, f"the page has a chapter '{heading}'"
    return match[1]


def _names(shape: Shape) -> Iterator[str]:
    for name, field in shape.items():
        yield name
        yield from _names(field.keys)


def _missing(chapter: str, names: set[str]) -> list[str]:
    return sorted(name for name in names if f"`{name}`" not in chapter)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_key_is_documented(section: str) -> None:
    """The chapter of a section names every key of its entries, and every key inside those."""
    further = {
        "units": ["Strengths"],
        "orders": ["Strengths", "Loads", "Distributions"],
        "claims": ["Selectors"],
        "lift": ["Loads", "Distributions"],
        "ports": ["Distributions"],
    }
    chapter = "".join(map(_chapter, [section.capitalize(), *further.get(section, [])]))
    assert _missing(chapter, set(_names(SECTIONS[section].keys))) == []


def test_every_key_of_the_top_level_is_documented() -> None:
    assert _missing(_chapter("Top level"), {*HEADER, *SECTIONS}) == []


def test_every_key_of_a_change_is_documented() -> None:
    """And what its figures may be."""
    assert _missing(_chapter("Capacity") + _chapter("Distributions"), set(_names(HEADER["capacity"].keys))) == []


@pytest.mark.parametrize("words", [Action, Basis, Kind, Mode], ids=lambda words: words.__name__)
def test_every_word_is_documented(words: type[Action | Basis | Kind | Mode]) -> None:
    """Every word of a closed set stands in the page."""
    assert _missing(PAGE, {word.value for word in words}) == []


def test_every_readiness_is_documented() -> None:
    """A unit may start in any readiness but in transit, and a selector may name that one too."""
    assert _missing(_chapter("Units") + _chapter("Selectors"), {word.value for word in Readiness}) == []
