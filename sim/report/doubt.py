"""Doubts: what a scenario is allowed to say, but probably does not mean."""

from sim.domain.claim import selectors_of
from sim.domain.place import country_of
from sim.report.answer import Answer
from sim.report.text import clean
from sim.report.wording import named


def doubts(answer: Answer) -> list[str]:
    """A sentence for each country and side that a claim names and nothing has: none is then ever counted there.

    As known by some time there are none: what is named may only not have been reported yet.
    """
    if answer.knowledge is not None:
        return []
    book = answer.book
    countries = {country_of(book.places, place) for place in book.places}
    sides = {unit.side for unit in book.units.values()}
    claims: dict[str, dict[str, None]] = {}  # each claim once, in the order of the book
    for claim in book.claims.values():
        for selector in selectors_of(claim.test):
            unknown = [f"no place is in the country '{code}'" for code in selector.country if code not in countries]
            unknown += [f"no unit is of the side '{side}'" for side in selector.side if side not in sides]
            for what in unknown:
                claims.setdefault(clean(what), {})[claim.id] = None
    return [f"Check the spelling: {what}, which {_who_asks([*ids])}." for what, ids in claims.items()]


def _who_asks(claims: list[str]) -> str:
    return f"{named(claims)} {'asks' if len(claims) == 1 else 'ask'} about"
