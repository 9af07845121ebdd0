"""What users wrote, made fit for a page."""

import pytest

from sim.report.table import Style, draw, folded
from sim.report.text import clean, finished


@pytest.mark.parametrize("text", ["", "plain", "Rzeszów", 'say "so"', "a  b"])
def test_ordinary_text_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a [31mb"),
        ("one\ntwo\r\nthree\tfour", "one two three four"),
        ("\x9b31m", "31m"),
        ("a\u202eb\u200bc\ufeff", "a b c"),
        ("\u200d", ""),
        ("e\u0301", "é"),
    ],
)
def test_what_could_steer_a_terminal_becomes_a_space(text: str, shown: str) -> None:
    """Control characters, changes of direction, what is not seen; an accent joins its letter."""
    assert finished(clean(text)) == shown


def test_wide_letters_count_for_two() -> None:
    """Until the page is finished, a text is as long as it is wide."""
    assert len(clean("日本 A")) == 6
    assert finished(clean("日本 A")) == "日本 A"


def test_a_fold_within_a_wide_letter() -> None:
    """A cell one column wide parts the letter from what makes it count for two: no blanks are left behind."""
    drawn = draw(["a"], [[folded(clean("日日"), 1)]], (), Style.PLAIN)
    assert finished("\n".join(f"  {line}" for line in drawn)) == "  a\n  日\n\n  日\n"
