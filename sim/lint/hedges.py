"""Checks of hedges: an "about" that a report has, and that the scenario lost."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from fractions import Fraction
from operator import attrgetter

from attrs import field, frozen

from sim.domain.claim import Claim, Count
from sim.domain.order import Order, Part
from sim.domain.pointer import Pointer
from sim.domain.quantity import Interval, QuantityError, parse_quantity
from sim.domain.unit import Unit
from sim.lint.remark import Remark
from sim.lint.subject import Subject, grounds_of, reading_of

_NUMBER = re.compile(r"(?<![\w,.-])(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?![\w,.-]\w)", re.ASCII)
_AROUND_WORDS = "()[]\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK},;:"


def about_posted_as_exact(subject: Subject) -> Iterator[Remark]:
    """A unit, or a part of an order, that is an exact number where a source it rests on has it hedged: "about 300".

    That is: the source has a claim that counts that unit alone and gives that number with a hedge, and no other source
    that it rests on gives it without.
    """
    book = subject.book
    counts = _counts(subject)
    for (unit_id, number), counted in counts.items():
        unit = book.units[unit_id]
        if number == unit.strength and unit.post is None and _is_exact(unit.reported.interval):
            pointer = Pointer("units", _giving(subject, unit, "reported"), unit.kind)
            yield from counted.remarks(pointer, f"the unit '{unit_id}'", unit.kind, unit.grounds.sources)
    for order in book.orders.values():
        for at, part in enumerate(order.parts):
            found = counts.get((order.units[0], part.strength))
            if found and (part.reported is None or _is_exact(part.reported.interval)):
                pointer = Pointer("orders", _giving(subject, order, "parts"), "strength", inside=("parts", at))
                yield from found.remarks(pointer, "this part", "strength", _sources_of(order, part))


def about_claimed_as_exact(subject: Subject) -> Iterator[Remark]:
    """A count that expects an exact number where its own `says` has it hedged."""
    for judgement in subject.judgements:
        claim, test = judgement.claim, judgement.claim.test
        if isinstance(test, Count) and _is_exact(test.expected.interval):
            hedged = _hedged(claim.says, test.expected.low, subject.scenario.about)
            if hedged is not None:
                yield Remark(
                    Pointer("claims", claim.id, "is"),
                    f"the claim '{claim.id}' expects exactly {test.expected.low:,}, and its `says` has '{hedged}'",
                    f"Write `is: {hedged.replace(',', '')}`, or correct `says`.",
                )


@frozen
class _Counted:
    """Who gives a number for a unit alone: with a hedge, each in a claim, and without."""

    hedged: dict[str, Claim] = field(factory=dict)
    exact: set[str] = field(factory=set)

    def remarks(self, pointer: Pointer, what: str, key: str, sources: Collection[str]) -> Iterator[Remark]:
        """The remark on an exact number that rests on `sources`, where one of them has it hedged and none exact."""
        claims = [claim for source, claim in self.hedged.items() if source in sources]
        if claims and self.exact.isdisjoint(sources):
            test = claims[0].test
            assert isinstance(test, Count), "only counts give numbers"
            wording = test.expected.wording
            yield Remark(
                pointer,
                f"{what} is an exact number, which the claim '{claims[0].id}' of its source does not give as one",
                f"Write it as the report does: `{key}: {wording.replace(',', '')}`.",
                wording,
                f"{test.expected.nominal}",
            )


def _counts(subject: Subject) -> dict[tuple[str, int], _Counted]:
    """Of each unit and number that claims have for it alone, who gives it how."""
    found: defaultdict[tuple[str, int], _Counted] = defaultdict(_Counted)
    for judgement in subject.judgements:
        claim, test, units = judgement.claim, judgement.claim.test, reading_of(judgement).units
        if isinstance(test, Count) and len(units) == 1 and test.expected.nominal == units[0][1]:
            if _is_exact(test.expected.interval):
                found[units[0]].exact.add(claim.source)
            else:
                found[units[0]].hedged.setdefault(claim.source, claim)
    return found


def _giving(subject: Subject, entry: Unit | Order, key: str) -> str:
    """The id under which a key of a unit or an order stands as it reads now: its own, or that of an amendment."""
    said = attrgetter(key)
    id, now = entry.id, subject.book.first_reported(type(entry)).get(entry.id, entry)
    for _, amendment in subject.book.amendments_of(entry):
        if said(amendment.entry) != said(now):
            id = amendment.id
        now = amendment.entry
    return id


def _sources_of(order: Order, part: Part) -> set[str]:
    """The ids of all sources that a part rests on, its movement included."""
    own = Order(order.id, order.at, order.action, grounds=order.grounds, parts=(part,))
    return {source for grounds in grounds_of(own) for source in grounds.sources}


def _hedged(says: str, number: int, about: Fraction) -> str | None:
    """How a sentence gives a number, where it never gives it without a hedge; None where it does, or not at all."""
    found = None
    for match in _NUMBER.finditer(says):
        if int(match[0].replace(",", "")) == number:
            before = [word.strip(_AROUND_WORDS) for word in says[: match.start()].lower().split()[-2:]]
            phrases = (" ".join([*before[first:], match[0]]) for first in range(len(before)))
            found = next((phrase for phrase in phrases if _is_hedged(phrase, about)), None)
            if found is None:
                return None
    return found


def _is_hedged(phrase: str, about: Fraction) -> bool:
    try:
        return not _is_exact(parse_quantity(phrase, about).interval)
    except QuantityError:
        return False


def _is_exact(interval: Interval) -> bool:
    return interval.low == interval.high
