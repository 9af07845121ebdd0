"""Ink: what of a page is to be coloured, said in characters of the page itself, so that it is as long as it is wide.

`inked` moves each character of a text into a private area of Unicode, which has a part for each ink; no text of a
user's is ever there, since `clean` takes such characters out. So whatever measures, folds and aligns text need not know
of colours. At the very end `coloured` makes of these characters what a terminal takes for colours, and `uninked` what
they were.
"""

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType

from sim.report.text import FILLER

_AREA, _PART = 0xF0000, 0x3000
"""Where the private area begins, and how many characters each ink has of it: all alphabets, and no wide characters."""


_BARE = {" ", FILLER}


class Ink(Enum):
    """What is coloured. Nothing is told by colour alone: there is always the word, or the mark."""

    HEADING = 0
    WRONG = 1
    RIGHT = 2
    POSSIBLE = 3
    OPEN = 4
    ASSUMED = 5
    ANNOUNCED = 6
    COURSE = 7


_CODES = MappingProxyType(
    {
        Ink.HEADING: "1",
        Ink.WRONG: "1;38;5;166",
        Ink.RIGHT: "38;5;32",
        Ink.POSSIBLE: "38;5;136",
        Ink.OPEN: "38;5;133",
        Ink.ASSUMED: "1;38;5;166",
        Ink.ANNOUNCED: "1;38;5;136",
        Ink.COURSE: "38;5;67",
    }
)
"""What a terminal is told: bold, and colours of the 256 that xterm has and others have from it.

Orange and blue, which almost everybody can tell apart, carry most; all can be read on black and on white.
"""

VERDICTS: Mapping[str, Ink] = MappingProxyType(
    {
        "contradicted": Ink.WRONG,
        "broken": Ink.WRONG,
        "holds": Ink.RIGHT,
        "compatible": Ink.POSSIBLE,
        "open": Ink.OPEN,
    }
)
"""The inks of words that say how something stands."""

SENTENCES: Mapping[str, Ink] = MappingProxyType(
    {
        "Does not add up": Ink.WRONG,
        "Does not hold": Ink.WRONG,
        "It adds up": Ink.RIGHT,
        "possible, since": Ink.POSSIBLE,
        "Open:": Ink.OPEN,
    }
)
"""The same of words in sentences."""

MARKS: Mapping[str, Ink] = MappingProxyType({"!": Ink.ASSUMED, "^": Ink.ANNOUNCED, "*": Ink.WRONG, "~": Ink.POSSIBLE})
"""The inks of marks behind figures and times."""

_RUN = re.compile(r"[\U000F0000-\U0010FFFF]+(?: +[\U000F0000-\U0010FFFF]+)*")


def inked(text: str, ink: Ink) -> str:
    """`text` in one ink, but for spaces, and for characters that are two columns wide, with what fills them up."""
    first = _AREA + ink.value * _PART
    return "".join(char if char in _BARE or ord(char) >= _PART else chr(first + ord(char)) for char in text)


def inked_words(text: str, inks: Mapping[str, Ink]) -> str:
    """`text` with these words, as far as their commas or colons, in their inks, wherever they stand by themselves."""
    words = "|".join(map(re.escape, inks))

    def written(found: re.Match[str]) -> str:
        words, stop, more = re.split("([,:]|$)", found[0], maxsplit=1)
        return inked(words, inks[found[0]]) + stop + more

    return re.sub(rf"(?<!\w)(?:{words})(?!\w)", written, text)


def inked_mark(text: str) -> str:
    """`text` with the mark that it ends with, if that is one, in its ink; each line of it by itself."""
    ends = ((line[:-1], line[-1:]) for line in text.split("\n"))
    return "\n".join(before + (inked(mark, MARKS[mark]) if mark in MARKS else mark) for before, mark in ends)


def uninked(page: str) -> str:
    """The page as it is without colours."""
    return _RUN.sub(lambda run: "".join(_bare(char) for char in run[0]), page)


def coloured(page: str) -> str:
    """The page as a terminal with colours takes it."""
    return _RUN.sub(lambda run: "".join(_stretches(run[0])), page)


def _stretches(run: str) -> Iterable[str]:
    """A run of inked words, each stretch of one ink between its codes."""
    ink, stretch = _ink_of(run[0]), ""
    for char in run:
        if char != " " and _ink_of(char) is not ink:
            yield f"\x1b[{_CODES[ink]}m{stretch}\x1b[0m"
            ink, stretch = _ink_of(char), ""
        stretch += _bare(char)
    yield f"\x1b[{_CODES[ink]}m{stretch}\x1b[0m"


def _ink_of(char: str) -> Ink:
    return Ink((ord(char) - _AREA) // _PART)


def _bare(char: str) -> str:
    return char if char == " " else chr((ord(char) - _AREA) % _PART)
