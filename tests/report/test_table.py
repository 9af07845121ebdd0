"""Tables: what is drawn, and how columns give way where there is little room."""

import pytest

from sim.report.table import Style, draw, escaped, fitted, folded, width
from sim.report.text import clean, finished

GRID = [["name", "figure", "remark"], ["one", "1,000", "a long remark"], ["two", ".", ""]]


def test_a_plain_table() -> None:
    """Figures to the right; what looks like a number is left as it is; no line ends in spaces."""
    assert draw(GRID[0], [*GRID[1:], ["012", "1e5", "-"]], {1}, Style.PLAIN) == [
        "name  figure  remark",
        "one    1,000  a long remark",
        "two        .",
        "012      1e5  -",
    ]


def test_a_markdown_table() -> None:
    """What means something in Markdown does not."""
    assert draw(["a|b", "c"], [["*x*", "1"]], {1}, Style.MARKDOWN) == [
        "| a\\|b   |   c |",
        "|:-------|----:|",
        "| \\*x\\*  |   1 |",
    ]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a_b_c New_York", "a_b_c New_York"),
        ("_a_ __b__", "\\_a\\_ \\_\\_b\\_\\_"),
        ("`x` *y* [z](u) <b> ~q~ a|b R&D \\", "\\`x\\` \\*y\\* \\[z\\](u) \\<b\\> \\~q\\~ a\\|b R\\&D \\\\"),
    ],
)
def test_markdown_reads_as_it_was_written(text: str, markdown: str) -> None:
    """An underscore within a word means nothing, and stays."""
    assert escaped(text) == markdown


def test_wide_letters_do_not_shift_columns() -> None:
    """As long as a text is as long as it is wide."""
    rows = [[clean("日本"), "1"], ["Japan", "2"]]
    drawn = [finished(line) for line in draw(["where", "x"], rows, (), Style.PLAIN)]
    assert drawn == ["where  x", "日本   1", "Japan  2"]


def test_a_table_that_fits_stays() -> None:
    assert fitted(GRID, width(GRID), {0: 1, 2: 1}) == GRID


def test_the_widest_column_gives_way_first() -> None:
    """To its longest word; only in lines, and only as far as is needed."""
    grid = fitted(GRID, 25, {0: 1, 2: 1})
    assert grid[1] == ["one", "1,000", "a long\nremark"]
    assert width(grid) == 20


def test_words_break_where_nothing_else_helps() -> None:
    """Down to the least width of each column, and no further."""
    assert fitted(GRID, 15, {0: 3, 2: 4})[1:] == [["one", "1,000", "a\nlong\nrema\nrk"], ["two", ".", ""]]
    assert fitted(GRID, 1, {0: 3, 2: 4}) == fitted(GRID, 15, {0: 3, 2: 4})


def test_columns_that_may_not_give_way() -> None:
    assert fitted([["one two"], ["three four"]], 3, {}) == [["one two"], ["three four"]]


def test_folded() -> None:
    assert folded("a long remark", 6) == "a long\nremark"
    assert folded("a long remark", None) == "a long remark"
    assert folded("", 6) == ""
