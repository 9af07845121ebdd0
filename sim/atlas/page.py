"""The page: an album as one file for a browser, that needs no network and trusts nothing of the scenario."""

import gzip
import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from sim.atlas.album import album
from sim.atlas.form import album_form
from sim.atlas.limit import limited, thinned
from sim.report import page as plain
from sim.report.answer import Answer
from sim.report.json_form import without_controls
from sim.report.text import FILLER, clean, finished
from sim.version import __version__

Json = dict[str, Any]

BYTES_MAX = 2_500_000
"""How large a page is at most."""

PLAIN_MAX = 60_000
"""How many characters of the plain page there are at most, for who has no scripts."""

TITLE_MAX, DESCRIPTION_MAX = 200, 300
"""How many characters of a title or a description are shown outside of the page itself."""

SHARES = (1.0, 0.7, 0.5, 0.35, 0.25, 0.15, 0.0)
"""Shares of the limits that are tried in turn until the page is small enough: with the last, it always is."""

_ESCAPES = str.maketrans(
    {"<": "\\u003c", "\N{LINE SEPARATOR}": "\\u2028", "\N{PARAGRAPH SEPARATOR}": "\\u2029", FILLER: None}
)
"""What could end a script element, or is not in what the page shows; in JSON text it stands in strings alone."""


def page(answer: Answer, command: str, where: Sequence[str], ensemble: Json | None = None) -> bytes:
    """The page of a run with all that was ever published, at most BYTES_MAX long: the same for the same run.

    `command` is the one that makes it, `where` are the words of a command line that name the run, `ensemble` is what
    many runs come to, where that was asked for.
    """
    told = album(answer, where)
    form = album_form(told, command, ensemble)
    around = _around(answer, form)
    room = BYTES_MAX - len(_filled(around, "", ""))
    return _filled(around, *_within(form, told.publications, room))


def _within(form: Json, publications: int, room: int) -> tuple[str, str]:
    """The album's JSON and the blocks of its other pictures, as much of them as there is room for."""
    tried = (limited(form, share) for share in SHARES)
    told = next(each for each in tried if _length(_album_block(each)) <= room)
    most = len(told["pictures"]) - 1
    while True:
        fewer = thinned(told, most)
        if publications > most + 1:
            fewer["left_out"] = [*told["left_out"], _few(publications, most + 1)]
        album, pictures = _album_block(fewer), "\n".join(_picture_blocks(fewer["pictures"][1:]))
        if not most or _length(album) + _length(pictures) <= room:
            return album, pictures
        most //= 2


def _few(publications: int, leaves: int) -> str:
    """A sentence on those times at which something was published that cannot be chosen."""
    can = "only the whole can be chosen" if leaves == 1 else f"{leaves:,} can be chosen, the whole among them"
    return f"Something was published at {publications:,} times; {can}."


def _length(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))


def _album_block(form: Json) -> str:
    return json_block({**form, "pictures": form["pictures"][:1]})


def _picture_blocks(forms: Sequence[Json]) -> Iterator[str]:
    """The pictures but the first, each packed: base64 of gzip of its JSON."""
    for number, form in enumerate(forms, 1):
        packed = gzip.compress(json_block(form).encode("utf-8", "backslashreplace"), mtime=0)
        yield f'<script type="application/gzip" id="picture-{number}">{b64encode(packed).decode("ascii")}</script>'


def json_block(form: Json) -> str:
    """JSON text that no element can be closed with."""
    text = json.dumps(form, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return without_controls(text).translate(_ESCAPES)


def _around(answer: Answer, form: Json) -> dict[str, str]:
    """What stands around the album: what a browser is told of the page, its program, and what is there without it."""
    style, script, world = (asset(name) for name in ("page.css", "page.js", "world.json"))
    title = _shown(answer.book.opened.title, TITLE_MAX) or "(untitled)"
    lead = ["".join(_words(segment) for segment in sentence) for sentence in form["pictures"][0]["sentences"]]
    allowed = f"script-src '{_hash(script)}'; style-src '{_hash(style)}'"
    return {
        "policy": f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'",
        "description": escape(_shown(lead[0], DESCRIPTION_MAX)),
        "version": __version__,
        "title": escape(title),
        "style": style,
        "lead": "\n".join(f"<p>{escape(finished(sentence))}</p>" for sentence in lead),
        "plain": escape(_plain(answer)),
        "world": world.replace("<", "\\u003c"),
        "script": script,
        "licences": asset("LICENSES.txt").replace("</", "<\\/"),
    }


def _plain(answer: Answer) -> str:
    """The page of `run`, as far as there is room for it."""
    text = plain.page(answer)
    if len(text) <= PLAIN_MAX:
        return text
    return text[:PLAIN_MAX].rsplit("\n", 1)[0] + "\n\nand more: python -m sim run has it all"


def _words(segment: Any) -> str:
    return segment if isinstance(segment, str) else str(segment["text"])


def _shown(text: str, most: int) -> str:
    shown = finished(clean(text))
    return shown if len(shown) <= most else shown[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _hash(text: str) -> str:
    """What a content-security policy knows an element by."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode("ascii")


@cache
def asset(name: str) -> str:
    """A file that the page is made with; see `sim/atlas/client` for how it is built."""
    return (files("sim.atlas") / "assets" / name).read_text(encoding="utf-8")


def _filled(around: dict[str, str], album: str, pictures: str) -> bytes:
    template = Template((files("sim.atlas") / "page.html").read_text(encoding="utf-8"))
    filled = template.substitute(around, album=album, pictures=pictures)
    return filled.encode("utf-8", "backslashreplace")
