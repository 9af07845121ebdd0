"""Wording: dates, figures, places and sources as the reader of a report sees them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from string import ascii_uppercase

from attrs import field, frozen

from sim.domain.calendar import Edge
from sim.domain.grounds import Grounds
from sim.domain.order import legs_of
from sim.domain.place import NOT_STATED, UNSTATED, country_of, name_of
from sim.domain.quantity import Interval, Quantity
from sim.domain.source import Source
from sim.domain.vocabulary import Basis, Readiness
from sim.ledger import Book
from sim.report.text import clean

NONE_HERE = "."
"""What stands in a table where there is nothing."""

ASSUMED = "assumed"
"""What stands for the sources of what has none."""

NAMES_ROOM = 30
"""How many characters several places' names may take before their countries' codes stand in for them."""


NAMED_MAX = 6
"""How many of many things a sentence names."""


MARKS = {Basis.ASSUMED: "!", Basis.ANNOUNCED: "^", Basis.OBSERVED: "", None: ""}
"""What a figure ends with, by how it is known to have come there: nothing where it was seen to, or has not moved."""

MARKED = "'!' moved on an assumption, '^' only announced"
"""What the marks of figures mean."""


def figure(strength: int, basis: Basis | None = None) -> str:
    """A strength with thousands separated, and the mark of its basis; a dot for none."""
    return (f"{strength:,}" if strength else NONE_HERE) + MARKS[basis]


_SHORT = {
    "approximately": "~",
    "more than": ">",
    "less than": "<",
    "at least": ">=",
    "at most": "<=",
    "roughly": "~",
    "exactly": "",
    "around": "~",
    "about": "~",
    "under": "<",
    "up to": "<=",
    "over": ">",
    "some": "~",
}
_MANY = {"tens of thousands": "10,000s", "thousands": "1,000s", "hundreds": "100s"}
_HEDGED = re.compile(rf"({'|'.join(_SHORT)}) (?=\d)")
_DIGITS = re.compile(r"(?<![\d,])\d{4,}")


def spoken(quantity: Quantity) -> str:
    """A quantity in the report's words, with thousands separated."""
    return _DIGITS.sub(lambda digits: f"{int(digits[0]):,}", clean(quantity.wording))


def short(quantity: Quantity) -> str:
    """A quantity's wording in the least room: "about 1,700" is "~1,700", "thousands" is "1,000s"."""
    words = " ".join(spoken(quantity).lower().split())
    return _MANY.get(words) or _HEDGED.sub(lambda hedge: _SHORT[hedge[1]], words)


def named(names: Sequence[str], joint: str = ", ") -> str:
    """Some names, and how many more there are."""
    more = len(names) - NAMED_MAX
    return joint.join(names) if more <= 0 else joint.join([*names[:NAMED_MAX], f"{more:,} more"])


def bounds(interval: Interval) -> str:
    """An interval in print; nothing for a single number."""
    return "" if interval.low == interval.high else str(interval)


@frozen(slots=False)
class Wording:
    """How the things of one book are worded. Sources that were read have a letter, in byte order of their ids.

    Those that have one already in `lettered_as` keep it, so that several books can be read side by side.
    """

    book: Book
    lettered_as: Mapping[str, str] = field(factory=dict)

    @cached_property
    def letters(self) -> dict[str, str]:
        """A letter for each source that claims something or that anything rests on, lift and ports among it."""
        cited = {claim.source for claim in self.book.claims.values()}
        cited.update(*(grounds.sources for grounds in _all_grounds(self.book)))
        others = enumerate(sorted(cited - self.lettered_as.keys()), len(self.lettered_as))
        letters = {**self.lettered_as, **{source: _letter(number) for number, source in others}}
        return {source: letters[source] for source in sorted(cited)}

    @cached_property
    def sides(self) -> set[str]:
        """The sides that there are."""
        return {unit.side for unit in self.book.units.values()}

    def lettered(self, sources: Iterable[str]) -> str:
        """The letters of sources, each once and in order: "A B D"."""
        return " ".join(self.letters[source] for source in sorted(set(sources)))

    def legend(self, sources: Iterable[str]) -> str:
        """What the letters of sources stand for: "A ABC News  B CNN"."""
        called = self.told_apart(sources)
        return "  ".join(f"{self.letters[source]} {called[source]}" for source in sorted(called))

    def told_apart(self, sources: Iterable[str]) -> dict[str, str]:
        """What readers call these sources: with their dates where an outlet has several, here or among those that have
        a letter; or, where these are alike, with titles.
        """
        each = sorted(set(sources))
        outlets = Counter(map(self.outlet, {*self.letters, *each}))
        dated = {source: self._with_date(source) for source in each if outlets[self.outlet(source)] > 1}
        alike = Counter(dated.values())
        titled = {source: self._with_title(source) for source, name in dated.items() if alike[name] > 1}
        return {source: titled.get(source) or dated.get(source) or self.outlet(source) for source in each}

    def outlet(self, source: str) -> str:
        """What readers call a source."""
        return clean(self.book.sources[source].outlet) or source

    def _with_date(self, source: str) -> str:
        published = self.published(self.book.sources[source], with_year=False)
        return self.outlet(source) + (f" ({published})" if published else "")

    def _with_title(self, source: str) -> str:
        title = clean(self.book.sources[source].title)
        return f"{self.outlet(source)} ({title or source})"

    def place(self, place: str) -> str:
        """What readers call a place; where others have the same name, with its id."""
        name = clean(name_of(self.book.places, place)) or place
        return f"{name} ({place})" if name in self._shared_places else name

    def unit(self, unit: str) -> str:
        """What readers call a unit; where others have the same name, with its id."""
        name = clean(self.book.units[unit].name) or unit
        return f"{name} ({unit})" if name in self._shared_units else name

    @cached_property
    def _shared_places(self) -> set[str]:
        """The names that several places have."""
        return _shared(clean(place.name) for place in self.book.places.values())

    @cached_property
    def _shared_units(self) -> set[str]:
        """The names that several units have."""
        return _shared(clean(unit.name) for unit in self.book.units.values())

    def bound_for(self, place: str) -> str:
        """What readers call being on the way to a place."""
        return "en route" if place == UNSTATED else f"en route to {self.place(place)}"

    def whereabouts(self, place: str, readiness: Readiness) -> str:
        """What readers call being at a place, or on the way to it."""
        return self.bound_for(place) if readiness is Readiness.IN_TRANSIT else self.place(place)

    def standing(self, place: str, readiness: Readiness) -> str:
        """What readers call an account of a unit: where it is and how ready, or whither it is on its way."""
        if readiness is Readiness.IN_TRANSIT:
            return self.bound_for(place)
        return f"{self.place(place)}, {readiness.replace('-', ' ')}"

    def places(self, places: Iterable[str]) -> str:
        """Several places in little room: by their names where those are short, else by their countries' codes."""
        each = sorted(set(places))
        names = ", ".join(dict.fromkeys(self.place(place) for place in each))
        if len(each) <= 1 or len(names) <= NAMES_ROOM:
            return names
        return named(list(dict.fromkeys(clean(country_of(self.book.places, place) or place) for place in each)))

    def destinations(self, places: Iterable[str]) -> str:
        """Where something goes: "to Poland, Romania"; nothing where it goes nowhere."""
        names = self.places(places)
        return f"to {names.replace(NOT_STATED, 'a place not stated')}" if names else ""

    def country(self, code: str) -> str:
        """What readers call a country: the name of the place whose id is its code, or the code."""
        place = self.book.places.get(code.lower())
        return clean(code if place is None or place.country != code else place.name) or NOT_STATED

    def date(self, minute: int, *, with_year: bool = False) -> str:
        """The local date of what begins, with the time of day where it is not the first minute.

        It has its year where the run is in several, or where one `with_year` is asked for.
        """
        return self._dated(minute, "00:00", with_year)

    def minute(self, minute: int) -> str:
        """The local date and the time of day of what is known to the minute, whichever minute it is; see `date`."""
        return self._dated(minute, "", with_year=False)

    def due(self, minute: int, *, with_year: bool = False) -> str:
        """The local date of what is due, with the time of day where it is not the last minute; see `date`."""
        return self._dated(minute, "23:59", with_year)

    def published(self, source: Source, *, with_year: bool = True) -> str:
        """When a source was published, for the middle of a sentence: its date, as `due` has it, or the month if that is
        all that is known; nothing for a source without a date.
        """
        if source.published is None:
            return ""
        if source.by_month:
            local = self.book.calendar.local(source.published)
            return f"{local:%b} {local.year:04d}"
        return self.due(source.published, with_year=with_year).strip()

    def day(self, minute: int) -> str:
        """The local date of what is asked, as `due` has it, for the middle of a sentence."""
        return self.due(minute).strip()

    def local_day(self, minute: int, *, with_year: bool = False) -> str:
        """The local date that a minute is in, without a time of day; with its year as `date` has it."""
        local = self.book.calendar.local(minute)
        return f"{local.day} {local:%b}" + (f" {local.year:04d}" if with_year or self._years > 1 else "")

    def asked(self, minute: int) -> str:
        """A time as the command line takes it: "start", "end", a date whose last minute it is, or else a time."""
        calendar, end = self.book.calendar, self.book.opened.end
        if minute in {0, end}:
            return "end" if minute else "start"
        date = calendar.local(minute).date().isoformat()
        return date if calendar.parse(date, Edge.LAST) == minute else calendar.log_stamp(minute)

    def period(self) -> str:
        """From when to when the run goes, and by whose clocks: "24 Jan - 28 Feb 2022, Europe/Warsaw time"."""
        first, last = self.book.calendar.local(0), self.book.calendar.local(self.book.opened.end)
        year = f" {first.year:04d}" if first.year != last.year else ""
        zone = self.book.opened.timezone + ("" if self.book.opened.timezone == "UTC" else " time")
        return f"{first.day} {first:%b}{year} - {last.day} {last:%b} {last.year:04d}, {zone}"

    def _dated(self, minute: int, without_clock: str, with_year: bool) -> str:
        local = self.book.calendar.local(minute)
        year = f" {local.year:04d}" if with_year or self._years > 1 else ""
        clock = f"{local:%H:%M}"
        return f"{local.day:>2} {local:%b}{year}" + ("" if clock == without_clock else f" {clock}")

    @cached_property
    def _years(self) -> int:
        first, last = self.book.calendar.local(0), self.book.calendar.local(self.book.opened.end)
        return last.year - first.year + 1


def _shared(names: Iterable[str]) -> set[str]:
    """The names that there are several times."""
    return {name for name, many in Counter(names).items() if many > 1 and name}


def _all_grounds(book: Book) -> Iterator[Grounds]:
    """All that units, orders, their movements, and what they go by rest on."""
    for unit in book.units.values():
        yield unit.grounds
        if unit.post is not None:
            yield unit.post.grounds
    for amendment in book.amendments.values():
        yield Grounds(amendment.sources)
    for order in book.orders.values():
        yield order.grounds
        yield from (part.post_grounds for part in order.parts)
        for leg in legs_of(order) if order.moves else ():
            yield leg.depart_grounds
            yield leg.arrive_grounds
    yield from (lift.grounds for lift in book.lift.values())
    yield from (port.grounds for port in book.ports.values())
    yield from (change.grounds for change in book.capacity.values())


def _letter(number: int) -> str:
    """A to Z, then A2 to Z2, and so on."""
    turn, letter = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[letter] + (str(turn + 1) if turn else "")
