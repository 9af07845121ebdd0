"""Selectors in a reader's words, checked against a book: what it does not know is said, with the nearest it knows."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from sim.domain.claim import Claim, Selector
from sim.domain.order import Order
from sim.domain.place import NOT_STATED, UNSTATED, country_of
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.vocabulary import Kind, Readiness
from sim.errors import UnknownError, UsageError, nearest
from sim.ledger.book import Book

Words = str | Iterable[str]
"""One or several values; each may be several with commas between them."""

LISTED_MAX = 12
"""How many words a remedy lists."""

FRAGMENT_LEAST = 3
"""From how many characters on an unknown word is looked for inside names."""

_Word = TypeVar("_Word", bound=StrEnum)


def selector_of(
    book: Book,
    *,
    unit: Words = (),
    order: Words = (),
    place: Words = (),
    origin: Words = (),
    country: Words = (),
    readiness: Words = (),
    side: Words = (),
    kind: Words = (),
) -> Selector:
    """The selector that these words make; of any kind where none is named.

    `unstated` is also the country of places whose country is not known. Raises UsageError for what the book does not
    have.
    """
    places = {id: place.name for id, place in book.places.items()} | {UNSTATED: NOT_STATED}
    return Selector(
        units=_known("unit", unit, {id: unit.name for id, unit in book.units.items()}, _amending(book, Unit)),
        orders=_known("order", order, dict.fromkeys(book.orders, ""), _amending(book, Order)),
        place=_known("place", place, places),
        origin=_known("place", origin, places),
        country=_countries(book, country),
        readiness=words_of("readiness", readiness, Readiness),
        side=_known("side", side, {unit.side: "" for unit in book.units.values()}),
        kind=words_of("kind", kind, Kind),
    )


def claim_of(book: Book, claim: str) -> Claim:
    """The claim with this id. Raises UsageError where there is none."""
    return book.claims[_checked("claim", claim, dict.fromkeys(book.claims, ""), _amending(book, Claim))]


def sources_of(book: Book, words: Words, letters: Mapping[str, str]) -> tuple[str, ...]:
    """The sources that words are, in byte order: each an id, a letter that stands for one, or an outlet in any case of
    letters, which may have several. Raises UsageError for others.
    """
    outlets = {id: source.outlet for id, source in book.sources.items()}
    found: set[str] = set()
    for whole in [words] if isinstance(words, str) else words:
        # a comma may be part of an outlet
        for word in [whole] if sources_named(book.sources, whole) else _split(whole, outlets):
            if word in letters:
                found.add(letters[word])
            else:
                found.update(sources_named(book.sources, word) or [_checked("source", word, outlets)])
    return tuple(sorted(found))


def sources_named(sources: Mapping[str, Source], word: str) -> tuple[str, ...]:
    """The ids of the sources that a word is: that with this id, else all of this outlet, in any case of letters."""
    if word in sources:
        return (word,)
    return tuple(id for id, source in sources.items() if source.outlet.casefold() == word.casefold())


def _countries(book: Book, words: Words) -> tuple[str, ...]:
    """The codes of countries that words are; an empty one where they say `unstated`, unless a country is called that.

    A code has the name of the outermost place that has it.
    """
    names: dict[str, str] = {}
    for place in book.places.values():
        code = country_of(book.places, place.id)
        if code is not None and (code not in names or place.within is None):
            names[code] = place.name
    unknown = {} if UNSTATED in names else {UNSTATED: ""}
    found = _known("country", words, names | dict.fromkeys(unknown, NOT_STATED))
    return tuple(sorted(unknown.get(code, code) for code in found))


def words_of(noun: str, words: Words, known: type[_Word]) -> tuple[_Word, ...]:
    """The members of a closed set that words name, with spaces or hyphens, in any case."""
    members = {member.value: member.value.replace("-", " ") for member in known}
    folded = [word.strip().lower().replace(" ", "-") for word in _split(words, members)]
    return tuple(known(word) for word in _known(noun, folded, members))


def _amending(book: Book, of: type) -> dict[str, str]:
    """The ids of amendments of units, orders or claims (`of` is their type), each with that of what it amends."""
    return {id: amendment.entry.id for (type_, id), amendment in book.amendments.items() if type_ is of}


def _known(
    noun: str, words: Words, names: Mapping[str, str], amending: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, ...]:
    """The ids that words are, in byte order; `names` are those of the ids there are. Raises UsageError for others."""
    return tuple(sorted({_checked(noun, word, names, amending) for word in _split(words, names)}))


def _checked(noun: str, word: str, names: Mapping[str, str], amending: Mapping[str, str] = MappingProxyType({})) -> str:
    if word in amending and word not in names:
        raise UsageError(f"'{word}' amends the {noun} '{amending[word]}'", f"Ask for {amending[word]}.")
    if word not in names:
        raise UnknownError(f"there is no {noun} '{word}'", _remedy(word, names), noun, word)
    return word


def _split(words: Words, known: Mapping[str, str]) -> Iterable[str]:
    """The words one by one; a comma is part of a word that is known with it."""
    for word in [words] if isinstance(words, str) else words:
        if word in known:
            yield word
        else:
            yield from (part.strip() for part in word.split(","))


def _remedy(word: str, names: Mapping[str, str]) -> str:
    """What may have been meant: by name, by likeness, or by a piece of a name; or else what there is."""
    spoken: dict[str, str] = {}
    for id, name in names.items():
        spoken.setdefault(id.casefold(), id)
        spoken.setdefault(name.casefold() or id, id)
    folded = word.casefold()
    like = folded if folded in spoken else nearest(folded, spoken)
    if like is None and len(word) >= FRAGMENT_LEAST:
        like = next((name for name in spoken if folded in name), None)
    if like is not None:
        id = spoken[like]
        name = f" ({names[id]})" if names[id] not in ("", id) else ""
        return f"Did you mean '{id}'{name}?"
    if not names:
        return "There is none."
    return f"There are: {', '.join(names)}." if len(names) <= LISTED_MAX else f"There are {len(names):,}."
