"""Text: what users wrote, made fit for a line of a page."""

FILLER = "\N{ZERO WIDTH SPACE}"
"""Follows each character that takes two columns, so that a text is as long as it is wide. `finished` takes it out."""

_WIDE = frozenset("WF")


def clean(text: str) -> str:
    """`text` on one line, as long as it is wide, without characters that could steer a terminal."""
    return text if text.isascii() and text.isprintable() else _spaced(text)


def finished(page: str) -> str:
    """A page as it is to be printed: where a fold parts a wide character from its filler, a line of blanks goes too."""
    if FILLER not in page:
        return page
    return "\n".join(line.replace(FILLER, "").rstrip() for line in page.split("\n"))


def _spaced(text: str) -> str:
    from unicodedata import east_asian_width, normalize  # here, because most texts do not need it

    shown = (
        " " if not char.isprintable() else char + FILLER if east_asian_width(char) in _WIDE else char
        for char in normalize("NFC", text)
    )
    return " ".join("".join(shown).split())
