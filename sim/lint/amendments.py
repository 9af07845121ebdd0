"""Checks of what later sources change: amendments, and claims that take others back."""

from collections.abc import Collection, Iterator
from typing import TypeVar, assert_never

from attrs import evolve

from sim.domain.claim import Claim
from sim.domain.grounds import Grounds
from sim.domain.order import Order, Part
from sim.domain.pointer import Pointer
from sim.domain.unit import Unit
from sim.lint.remark import Remark
from sim.lint.subject import Subject

M = TypeVar("M", Order, Part)

Entry = Unit | Order | Claim

_SECTIONS: dict[type[Entry], str] = {Unit: "units", Order: "orders", Claim: "claims"}


def amends_nothing(subject: Subject) -> Iterator[Remark]:
    """An amendment after which an entry reads as before, whatever more it may rest on."""
    scenario = subject.scenario
    now: dict[tuple[type[Entry], str], Entry] = {}
    for section in (scenario.units, scenario.orders, scenario.claims):
        now |= {(type(entry), entry.id): entry for entry in section.values()}
    for amendment in scenario.amendments:
        entry = amendment.entry
        key = (type(entry), entry.id)
        before, now[key] = now[key], entry
        reasons = {_reason(before), _reason(entry)}
        if _as_it_reads(before, reasons) == _as_it_reads(entry, reasons) and _reason(before) == _reason(entry):
            yield Remark(
                Pointer(_SECTIONS[type(entry)], amendment.id, "amends"),
                f"the amendment '{amendment.id}' changes nothing of '{entry.id}'",
                "Take it out, or write down as a claim that its source says the same.",
            )


def corrects_another(subject: Subject) -> Iterator[Remark]:
    """A claim that takes back what another outlet said, which is not the one whom that outlet has it from."""
    sources, claims = subject.scenario.sources, subject.book.claims
    for claim in claims.values():
        if claim.corrects is None:
            continue
        corrected = claims[claim.corrects]
        outlets = (sources[source].outlet.casefold() for source in (claim.source, corrected.source))
        begun = {corrected.source, *subject.relayed(corrected.source)}
        if corrected.per is not None:
            begun |= {corrected.per, *subject.relayed(corrected.per)}
        if len(set(outlets)) > 1 and claim.source not in begun:
            yield Remark(
                Pointer("claims", claim.id, "corrects"),
                f"the claim '{claim.id}' takes back '{corrected.id}', which is for '{corrected.source}' to take back",
                f"Write under `disputed` of '{corrected.id}' why it does not fit, or name another claim.",
            )


def _reason(entry: Entry) -> str:
    """Why an entry is assumed, or is as it is; empty for a claim."""
    return "" if isinstance(entry, Claim) else entry.grounds.because


def _as_it_reads(entry: Entry, reasons: Collection[str]) -> Entry:
    """An entry without the sources of anything, and without reasons that are the entry's own."""
    match entry:
        case Claim():
            return entry
        case Unit():
            post = entry.post and evolve(entry.post, grounds=_unsourced(entry.post.grounds, reasons))
            return evolve(entry, grounds=_unsourced(entry.grounds, reasons), post=post)
        case Order():
            parts = tuple(_part(part, reasons) for part in entry.parts)
            return evolve(_moved(entry, reasons), parts=parts)
        case _:
            assert_never(entry)


def _part(part: Part, reasons: Collection[str]) -> Part:
    return evolve(_moved(part, reasons), post_grounds=_unsourced(part.post_grounds, reasons))


def _moved(movement: M, reasons: Collection[str]) -> M:
    depart, arrive, transit = movement.depart, movement.arrive, movement.transit
    return evolve(
        movement,
        depart=evolve(depart, grounds=_unsourced(depart.grounds, reasons)),
        arrive=evolve(arrive, grounds=_unsourced(arrive.grounds, reasons)),
        transit=transit and evolve(transit, grounds=_unsourced(transit.grounds, reasons)),
        grounds=_unsourced(movement.grounds, reasons),
    )


def _unsourced(grounds: Grounds, reasons: Collection[str]) -> Grounds:
    return Grounds((), "" if grounds.because in reasons else grounds.because)
