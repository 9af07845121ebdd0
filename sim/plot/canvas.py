"""The canvas: figures of matplotlib, all drawn with the same settings, and what they are as the bytes of a file.

The same picture has the same bytes: no date and no program's name is in it, and no setting of the user's changes it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sim.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS: dict[str, dict[str, Any]] = {
    "png": {"dpi": 200, "metadata": {"Software": None}},
    "svg": {"metadata": {"Date": None, "Creator": None}},
    "pdf": {"metadata": {"Creator": None, "Producer": None, "CreationDate": None}},
}
"""The formats of files, and what saving in each takes."""

INK, FAINT, RULE = "#222222", "#5f5f5f", "#d9d9d9"
"""The colours of what is read first, of what is read after it, and of lines."""


def check_matplotlib(what: str) -> None:
    """Raises UsageError where matplotlib is not installed: it says `what` needs it."""
    try:
        import_module("matplotlib")
    except ModuleNotFoundError as error:
        if error.name != "matplotlib":
            raise
        raise UsageError(
            f"{what} needs the library 'matplotlib', which is not here",
            "install it: pip install 'troop-ledger[plot]'",
        ) from error


@contextmanager
def settings() -> Iterator[None]:
    """Within it, figures are made and saved with these settings, and none of the user's; after it, all is as it was."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(
            {
                "font.family": ["DejaVu Sans"],  # it comes with matplotlib
                "font.size": 7.5,
                "text.parse_math": False,  # a dollar in a title is a dollar
                "text.color": INK,
                "axes.edgecolor": FAINT,
                "axes.labelcolor": INK,
                "axes.linewidth": 0.6,
                "axes.spines.top": False,
                "axes.spines.right": False,
                "xtick.color": FAINT,
                "ytick.color": FAINT,
                "xtick.labelcolor": INK,
                "ytick.labelcolor": INK,
                "xtick.major.width": 0.6,
                "ytick.major.width": 0.6,
                "hatch.linewidth": 0.7,
                "svg.hashsalt": "sim",
                "svg.fonttype": "path",  # it looks the same where the font is not
                "pdf.fonttype": 42,
            }
        )
        yield


def saved(figure: "Figure", form: str, title: str | None = None) -> bytes:
    """A figure as a file of one of the FORMATS, with its title if any. What no font has stands in it as a box."""
    from warnings import catch_warnings, filterwarnings

    data = BytesIO()
    with catch_warnings():
        filterwarnings("ignore", r"(?s)Glyph .* missing from font", UserWarning)
        how, titled = FORMATS[form], {} if title is None else {"Title": title}
        figure.savefig(data, format=form, **how | {"metadata": how["metadata"] | titled})
    return data.getvalue()


def has_glyphs(text: str) -> bool:
    """Whether the font has every character of the lines of a text."""
    from matplotlib.font_manager import findfont, get_font

    known = get_font(findfont("DejaVu Sans")).get_charmap()
    return all(ord(char) in known for line in text.splitlines() for char in line)
