"""Reading: a page as a browser takes it apart, and what its lines hold at a minute."""

import gzip
import json
from base64 import b64decode
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from attrs import define, field

Json = dict[str, Any]


@define
class Element:
    """An element of a page: its tag, its attributes, and the text in it before any other begins or ends."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@define(slots=False)
class Elements(HTMLParser):
    """All elements of a page, in the order in which they begin."""

    found: list[Element] = field(factory=list)
    open: Element | None = None
    comments: list[str] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open = Element(tag, dict(attrs))
        self.found.append(self.open)

    def handle_endtag(self, tag: str) -> None:
        self.open = None

    def handle_data(self, data: str) -> None:
        if self.open is not None:
            self.open.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def elements_of(page: bytes) -> list[Element]:
    """The elements of a page. There are no comments in one."""
    elements = Elements()
    elements.feed(page.decode("utf-8"))
    elements.close()
    assert elements.comments == []
    return elements.found


def album_of(page: bytes) -> Json:
    """The album in a page, with all of its pictures unpacked."""
    scripts = {each.attributes.get("id"): each.text for each in elements_of(page) if each.tag == "script"}
    album: Json = json.loads(scripts["album"])
    packed = (scripts[f"picture-{number}"] for number in range(1, len(album["known"])))
    album["pictures"] += [json.loads(gzip.decompress(b64decode(text))) for text in packed]
    return album


def held_at(picture: Json, line: Json, minute: int) -> list[Any] | None:
    """Strength, low, high and basis of what a line of a picture holds at the end of a minute; None for nothing."""
    before = [step for step in line["steps"] if picture["turns"][step[0]] <= minute]
    return before[-1][1:5] if before and before[-1][1] else None


def lines_at(picture: Json, section: str, fields: tuple[str, ...], minute: int) -> dict[tuple[Any, ...], list[Any]]:
    """What the lines of a section hold at a minute, by the values of these fields; none that holds nothing."""
    found = {
        tuple(line[name] for name in ("side", "kind", *fields)): held_at(picture, line, minute)
        for line in picture[section]
    }
    return {key: held for key, held in found.items() if held is not None}


def sentences_of(picture: Json) -> list[str]:
    """The sentences of a picture, as plain text."""
    return ["".join(words) for words in _segments(picture)]


def _segments(picture: Json) -> Iterator[Iterator[str]]:
    for sentence in picture["sentences"]:
        yield (each if isinstance(each, str) else each["text"] for each in sentence)
