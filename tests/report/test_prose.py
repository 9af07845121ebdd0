"""Prose: sentences on lines of a page."""

from sim.report.prose import prose
from sim.report.table import Style


def test_a_word_longer_than_a_line() -> None:
    """It is broken, and the line before it ends in no blank, though it is full."""
    assert prose(["12345678901234567890 " + "x" * 25], Style.PLAIN, 21) == [
        "12345678901234567890",
        "  " + "x" * 19,
        "  xxxxxx",
    ]
