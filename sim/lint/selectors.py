"""Checks of selectors: whether they can mean anything in this scenario, whatever its orders command."""

from collections.abc import Collection, Iterable, Iterator

from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, selectors_of
from sim.domain.place import country_of
from sim.domain.pointer import Pointer
from sim.domain.vocabulary import Kind
from sim.errors import nearest
from sim.lint.remark import Remark
from sim.lint.subject import Subject

_LISTED_MAX = 12
"""How many words a remedy lists."""


def selects_nothing(subject: Subject) -> Iterator[Remark]:
    """A claim about a side or country that nothing has, or about units or places of which none can fit.

    A count of it is 0, and a `never` or `separate` holds, whatever the orders command.
    """
    book = subject.book
    sides = {unit.side for unit in book.units.values()}
    countries = {country_of(book.places, place) or "" for place in book.place_ids}
    for judgement in subject.judgements:
        for selector, pointer in _selectors(judgement.claim):
            unknown = [
                *_unknown(pointer, "side", selector.side, sides, "no unit is of the side"),
                *_unknown(pointer, "country", selector.country, countries, "no place is in the country"),
            ]
            yield from unknown or _unfit(subject, selector, pointer)


def _selectors(claim: Claim) -> Iterator[tuple[Selector, Pointer]]:
    """The selectors of a claim, each with what its keys begin with as the key of a pointer."""
    match claim.test:
        case Separate():
            for number, selector in enumerate(selectors_of(claim.test)):
                yield selector, Pointer("claims", claim.id, inside=("separate", number))
        case Count(selector) | Never(selector) | Closed(selector):
            yield selector, Pointer("claims", claim.id, type(claim.test).__name__.lower())
        case Noted():
            return  # it asks about nothing


def _unknown(
    pointer: Pointer, key: str, values: Iterable[str], known: Collection[str], message: str
) -> Iterator[Remark]:
    for value in values:
        if value not in known:
            near, some = nearest(value, known), sorted(filter(None, known))[:_LISTED_MAX]
            yield Remark(
                evolve(pointer, key=f"{pointer.key}_{key}".lstrip("_"), value=value),
                f"{message} '{value}', which the claim '{pointer.id}' asks about",
                f"Did you mean '{near}'?"
                if near
                else f"Correct it, or define what has it; there are: {', '.join(some)}.",
            )


def _unfit(subject: Subject, selector: Selector, pointer: Pointer) -> Iterator[Remark]:
    units, slots = subject.sieve.units(selector), subject.sieve.slots(selector)
    if units and slots:
        return
    what = "place" if units else "unit"
    message = f"no {what} fits all that the claim '{pointer.id}' asks about"
    remedy = "Correct it: as it is, it means nobody, whatever the orders command."
    if not units and (kinds := _kinds(subject, evolve(selector, kind=()))):
        message = f"the claim '{pointer.id}' asks about {_joined(selector.kind)}, of units that are {_joined(kinds)}"
        remedy = f"Write `kind: {kinds[0]}` beside them; `kind` is troops where nothing is said."
    yield Remark(pointer, message, remedy)


def _kinds(subject: Subject, selector: Selector) -> list[Kind]:
    """The kinds of the units that a selector means."""
    roster = subject.book.roster
    return sorted({roster[unit].kind for unit in subject.sieve.units(selector)})


def _joined(kinds: Iterable[Kind]) -> str:
    return " and ".join(kinds)
