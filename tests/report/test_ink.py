"""What is coloured on a page, and that nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.scenario import Scenario
from sim.report.ink import MARKS, SENTENCES, VERDICTS, Ink, coloured, inked, inked_mark, inked_words, uninked
from sim.report.page import page, table_page
from sim.report.table import Style
from sim.report.text import clean
from tests.report.asked import answer
from tests.report.test_laws import columns
from tests.strategies import scenarios

TABLES = ("posture", "timeline", "claims", "invariants")


@pytest.mark.parametrize(
    ("inks", "shown"),
    [
        ([("Posture over time", Ink.HEADING)], "\x1b[1mPosture over time\x1b[0m"),
        ([("1,700", None), ("^", Ink.ANNOUNCED)], "1,700\x1b[1;38;5;136m^\x1b[0m"),
        ([("!", Ink.ASSUMED), (" ", None), ("^", Ink.ANNOUNCED)], "\x1b[1;38;5;166m! \x1b[0m\x1b[1;38;5;136m^\x1b[0m"),
        ([("Rzeszów-Jasionka", Ink.RIGHT), (".", None)], "\x1b[38;5;32mRzeszów-Jasionka\x1b[0m."),
        ([("波 a 兰", Ink.HEADING)], "波 \x1b[1ma\x1b[0m 兰"),
    ],
)
def test_what_a_terminal_is_told(inks: list[tuple[str, Ink | None]], shown: str) -> None:
    """Codes stand around each stretch of one ink; blanks within it belong to it; wide letters stay as they are."""
    assert coloured("".join(text if ink is None else inked(text, ink) for text, ink in inks)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("C compatible, A B holds", "C \x1b[38;5;136mcompatible\x1b[0m, A B \x1b[38;5;32mholds\x1b[0m"),
        ("contradicted (disputed)", "\x1b[1;38;5;166mcontradicted\x1b[0m (disputed)"),
        ("reopened, household", "reopened, household"),
    ],
)
def test_verdicts(text: str, shown: str) -> None:
    """A word that says how something stands is in ink where it stands by itself."""
    assert coloured(inked_words(text, VERDICTS)) == shown


def test_sentences() -> None:
    """Of words with a comma or a colon, what stands before it."""
    assert coloured(inked_words("Open: A says 3; possible, since B", SENTENCES)) == (
        "\x1b[38;5;133mOpen\x1b[0m: A says 3; \x1b[38;5;136mpossible\x1b[0m, since B"
    )


def test_marks() -> None:
    """Each line's mark at its end, and no other."""
    assert coloured(inked_mark("!1,700!\n900\n~3,000~")) == (
        "!1,700\x1b[1;38;5;166m!\x1b[0m\n900\n~3,000\x1b[38;5;136m~\x1b[0m"
    )
    assert inked_mark("") == ""


@given(st.text(), st.sampled_from(Ink))
def test_ink_takes_no_room_and_can_be_taken_off(written: str, ink: Ink) -> None:
    """Whatever a user wrote, once it is cleaned, is as long in ink and the same without."""
    text = clean(written)
    assert len(inked(text, ink)) == len(text)
    assert uninked(inked(text, ink)) == text


@given(st.text())
def test_nobody_can_write_in_ink(written: str) -> None:
    """A text of a user's is coloured by nothing that stands in it."""
    assert coloured(clean(written)) == clean(written)


@given(scenarios(), st.integers(1, 200))
def test_only_colours_are_added(told: Scenario, room: int) -> None:
    """Without its inks the page is the plain page, to the byte, and so is each table."""
    asked = answer(told)
    assert uninked(page(asked, (), Style.INKED, room)) == page(asked, (), Style.PLAIN, room)
    for table in TABLES:
        assert uninked(table_page(asked, table, (), Style.INKED, room)) == table_page(
            asked, table, (), Style.PLAIN, room
        )


@given(scenarios(), st.integers(60, 200))
def test_sparklines_fit_the_room(told: Scenario, room: int) -> None:
    """A page for a terminal is no wider than the terminal, and has only sparklines more than the plain page."""
    plain, shown = (table_page(answer(told), "posture", (), style, room) for style in (Style.PLAIN, Style.TERMINAL))
    lines = uninked(shown).splitlines()
    assert [line for line in lines if columns(line) > room] == []
    for line, other in zip(lines, plain.splitlines(), strict=True):
        assert line.startswith(other)


def test_every_mark_and_verdict_has_a_colour() -> None:
    """Orange and blue for what counts most; no two verdicts look alike."""
    assert {MARKS["!"], MARKS["^"]} == {Ink.ASSUMED, Ink.ANNOUNCED}
    assert len({coloured(inked("x", ink)) for ink in set(VERDICTS.values())}) == len(set(VERDICTS.values()))
