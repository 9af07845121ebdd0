"""The terminal: whether standard output is one, and what it can show besides plain text."""

import os
import sys
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from sim.report.table import Style

COLORS = ("auto", "always", "never")
"""What --color may be."""


@frozen
class Terminal:
    """What standard output shows: colours, and the bars that sparklines are made of."""

    colours: bool
    bars: bool

    def style(self, form: str) -> "Style":
        """How a page is drawn for it that is asked for in this form: `table` or `markdown`."""
        from sim.report.table import Style

        style = Style(form)
        if style is not Style.PLAIN:
            return style
        if self.bars:
            return Style.TERMINAL
        return Style.INKED if self.colours else style

    def write(self, page: str, style: "Style") -> None:
        """Write a page that is drawn in this style."""
        if style.has_ink:
            from sim.report.ink import coloured, uninked

            page = coloured(page) if self.colours else uninked(page)
        sys.stdout.write(page)


def terminal(color: str) -> Terminal:
    """What standard output can show, and is to.

    `color` is what --color says. Where that is `auto`, colours go to terminals that have them, unless NO_COLOR
    (no-color.org) is set, TERM is dumb, or CLICOLOR is 0; FORCE_COLOR or CLICOLOR_FORCE asks for them elsewhere too
    (bixense.com/clicolors, force-color.org). Bars are no colours: they are for terminals, or where colours are asked
    for, and only where the encoding has them.
    """
    is_one = sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and _takes_codes()
    forced = color == "always" or (color == "auto" and _forced())
    colours = forced or (color == "auto" and is_one and not _refused())
    return Terminal(colours, (is_one or forced) and _has_bars())


def _refused() -> bool:
    """Whether the environment wants no colours."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("CLICOLOR") == "0"


def _forced() -> bool:
    """Whether the environment wants colours wherever the output goes; NO_COLOR is stronger."""
    forced = (os.environ.get(name) for name in ("FORCE_COLOR", "CLICOLOR_FORCE"))
    return not os.environ.get("NO_COLOR") and any(value not in {None, "", "0"} for value in forced)


def _has_bars() -> bool:
    """Whether the encoding of standard output has what sparklines are made of."""
    from sim.report.sparkline import BARS

    try:
        BARS.encode(sys.stdout.encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def _takes_codes() -> bool:
    """Whether the terminal understands codes for colours: on Windows it has to be asked to."""
    if sys.platform == "win32":
        import ctypes

        kernel, output, understands = ctypes.windll.kernel32, -11, 0x0004
        handle, mode = kernel.GetStdHandle(output), ctypes.c_ulong()
        known = kernel.GetConsoleMode(handle, ctypes.byref(mode))
        return bool(known and kernel.SetConsoleMode(handle, mode.value | understands))
    return True
