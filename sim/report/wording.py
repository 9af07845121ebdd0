"""Wording: dates, figures, places and sources as the reader of a report sees them."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from string import ascii_uppercase

from attrs import frozen

from sim.domain.grounds import Grounds
from sim.domain.order import legs_of
from sim.domain.place import country_of, name_of
from sim.domain.quantity import Quantity
from sim.ledger import Book

NONE_HERE = "."
"""What stands in a table where there is nothing."""

NAMES_ROOM = 30
"""How many characters several places' names may take before their countries' codes stand in for them."""


def clean(text: str) -> str:
    """`text` on one line, without characters that could steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def figure(strength: int) -> str:
    """A strength with thousands separated; a dot for none."""
    return f"{strength:,}" if strength else NONE_HERE


_SHORT = (
    ("approximately ", "~"),
    ("more than ", ">"),
    ("less than ", "<"),
    ("at least ", "≥"),
    ("at most ", "≤"),
    ("roughly ", "~"),
    ("exactly ", ""),
    ("around ", "~"),
    ("about ", "~"),
    ("under ", "<"),
    ("up to ", "≤"),
    ("over ", ">"),
    ("some ", "~"),
)


_MANY = {"tens of thousands": "10,000s", "thousands": "1,000s", "hundreds": "100s"}


def short(quantity: Quantity) -> str:
    """A quantity's wording in the least room: "about 1,700" is "~1,700", "thousands" is "1,000s"."""
    words = " ".join(clean(quantity.wording).lower().split())
    for spoken, sign in _SHORT:
        if words.startswith(spoken):
            words = sign + words.removeprefix(spoken)
    if words in _MANY:
        return _MANY[words]
    sign = words.rstrip("0123456789")
    digits = words.removeprefix(sign)
    return f"{sign}{int(digits):,}" if digits and sign in {"", "~", ">", "<", "≥", "≤"} else words


@frozen(slots=False)
class Wording:
    """How the things of one book are worded. Sources that were read have a letter, in byte order of their ids."""

    book: Book

    @cached_property
    def letters(self) -> dict[str, str]:
        """A letter for each source that claims something or that anything rests on."""
        cited = {claim.source for claim in self.book.claims.values()}
        cited.update(*(grounds.sources for grounds in _all_grounds(self.book)))
        return {source: _letter(number) for number, source in enumerate(sorted(cited))}

    def lettered(self, sources: Iterable[str]) -> str:
        """The letters of sources, in order: "A B D"."""
        return " ".join(self.letters[source] for source in sorted(sources))

    def outlet(self, source: str) -> str:
        """What readers call a source."""
        return clean(self.book.sources[source].outlet)

    def place(self, place: str) -> str:
        """What readers call a place."""
        return clean(name_of(self.book.places, place))

    def places(self, places: Iterable[str]) -> str:
        """Several places in little room: by their names where those are short, else by their countries' codes."""
        each = sorted(set(places))
        names = ", ".join(self.place(place) for place in each)
        if len(each) <= 1 or len(names) <= NAMES_ROOM:
            return names
        return ", ".join(dict.fromkeys(clean(country_of(self.book.places, place) or place) for place in each))

    def country(self, code: str) -> str:
        """What readers call a country: the name of the place that is the whole of it, or the code."""
        wholes = (place.name for place in self.book.places.values() if place.within is None and place.country == code)
        return clean(next(wholes, code))

    def date(self, minute: int) -> str:
        """A minute as a local date, with the time of day where it is neither the first nor the last of its day."""
        local = self.book.calendar.local(minute)
        year = f" {local.year:04d}" if self._years > 1 else ""
        clock = "" if local.strftime("%H:%M") in {"00:00", "23:59"} else f" {local:%H:%M}"
        return f"{local.day:>2} {local:%b}{year}{clock}"

    def period(self) -> str:
        """From when to when the run goes: "24 Jan - 28 Feb 2022"."""
        first, last = self.book.calendar.local(0), self.book.calendar.local(self.book.opened.end)
        year = f" {first.year:04d}" if first.year != last.year else ""
        return f"{first.day} {first:%b}{year} - {last.day} {last:%b} {last.year:04d}"

    @cached_property
    def _years(self) -> int:
        first, last = self.book.calendar.local(0), self.book.calendar.local(self.book.opened.end)
        return last.year - first.year + 1


def _all_grounds(book: Book) -> Iterator[Grounds]:
    """All that units, orders and their movements rest on."""
    for unit in book.units.values():
        yield unit.grounds
        if unit.post is not None:
            yield unit.post.grounds
    for order in book.orders.values():
        yield order.grounds
        for leg in legs_of(order) if order.moves else ():
            yield leg.depart_grounds
            yield leg.arrive_grounds


def _letter(number: int) -> str:
    """A to Z, then A2 to Z2, and so on."""
    turn, letter = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[letter] + (str(turn + 1) if turn else "")
