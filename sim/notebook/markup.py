"""Markup: tables and sentences as HTML, everything in them escaped."""

from collections.abc import Collection, Iterable, Sequence
from html import escape
from typing import TypeVar

from attrs import frozen

from sim.report.text import clean, finished

Row = TypeVar("Row")

ROWS_MAX = 40
"""How many rows of a table are shown."""


@frozen
class Table:
    """A table of text: the heads of its columns, the rows that are shown, and which columns are aligned to the right.

    `more` is how many rows there are besides, and `rest` says where they are.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Collection[int] = ()
    more: int = 0
    rest: str = ""


def first(rows: Sequence[Row]) -> tuple[Sequence[Row], int]:
    """As many rows as are shown, and how many more there are."""
    return rows[:ROWS_MAX], max(0, len(rows) - ROWS_MAX)


def block(title: str, *parts: str) -> str:
    """A piece of a page with a title, and parts that are markup already."""
    return f"<div><p><b>{text(title)}</b></p>{''.join(parts)}</div>"


def text(words: str) -> str:
    """Words as they read: in markup, where nothing of them is markup."""
    return escape(finished(clean(words)))


def sentences(told: Iterable[str]) -> str:
    """Each sentence in a line of its own."""
    lines = [text(line) for line in told if line]
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def table(drawn: Table) -> str:
    """A table, and below it how much more there is."""
    aligned = ["right" if column in drawn.right else "left" for column in range(len(drawn.heads))]
    head = "".join(_cell("th", cell, side) for cell, side in zip(drawn.heads, aligned, strict=True))
    body = "".join(
        f"<tr>{''.join(_cell('td', cell, side) for cell, side in zip(row, aligned, strict=True))}</tr>"
        for row in drawn.rows
    )
    below = sentences([f"and {drawn.more:,} more{': ' if drawn.rest else ''}{drawn.rest}"]) if drawn.more else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}"


def _cell(tag: str, words: str, side: str) -> str:
    return f'<{tag} style="text-align: {side}">{text(words)}</{tag}>'
