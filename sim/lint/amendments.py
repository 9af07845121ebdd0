"""Checks of what later sources change: amendments, and claims that take others back."""

from collections.abc import Collection, Iterator
from typing import TypeVar, assert_never

from attrs import evolve

from sim.domain.amendment import Amendment
from sim.domain.claim import Claim
from sim.domain.grounds import Grounds
from sim.domain.order import Order, Part
from sim.domain.override import keys_changed, overrides
from sim.domain.pointer import Pointer
from sim.domain.source import Dates
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


def amended_at_once(subject: Subject) -> Iterator[Remark]:
    """Two amendments of one entry, published at the same time, that change the same of it otherwise.

    The one whose id comes later counts, for no better reason, and the other has no effect on that key. A date is the
    last minute of its day.
    """
    scenario = subject.scenario
    dates = Dates(scenario.sources)
    amended: dict[tuple[type[Entry], str], list[tuple[int | None, Amendment]]] = {}
    for amendment in scenario.amendments:
        key = (type(amendment.entry), amendment.entry.id)
        amended.setdefault(key, []).append((dates.first_of(amendment.sources), amendment))
    for (kind, id), amendments in amended.items():
        for each in overrides(subject.book.first_reported(kind)[id], amendments):
            keys = " and ".join(f"`{key}`" for key in each.keys)
            yield Remark(
                Pointer(_SECTIONS[kind], each.amendment, each.keys[0]),
                f"the amendment '{each.amendment}' changes {keys} of '{id}' in vain: '{each.by}', published at the "
                "same time, does so too",
                "Keep the one that you follow and make the other a claim, or give the hours at which they were "
                "published.",
            )


def amends_another(subject: Subject) -> Iterator[Remark]:
    """An amendment with which another outlet changes what a claim says, and not only that it is disputed.

    The claim stays its source's, so that it looks as if that had said so. The one whom it has it from may change it.
    """
    before = dict(subject.scenario.claims)
    for amendment in subject.scenario.amendments:
        claim, (source, *_) = amendment.entry, amendment.sources
        if not isinstance(claim, Claim):
            continue
        keys = [key for key in keys_changed(before[claim.id], claim) if key != "disputed"]
        if keys and not _may_change(subject, source, before[claim.id]):
            yield Remark(
                Pointer("claims", amendment.id, keys[0]),
                f"the amendment '{amendment.id}' changes what '{claim.source}' says in '{claim.id}', "
                f"which is for '{claim.source}' to change",
                f"Make it a claim of '{source}', without `amends`; of '{claim.id}' it can say, under `disputed`, why "
                "it does not fit.",
            )
        before[claim.id] = claim


def corrects_another(subject: Subject) -> Iterator[Remark]:
    """A claim that takes back what another outlet said, which is not the one whom that outlet has it from."""
    claims = subject.book.claims
    for claim in claims.values():
        if claim.corrects is None:
            continue
        corrected = claims[claim.corrects]
        if not _may_change(subject, claim.source, corrected):
            yield Remark(
                Pointer("claims", claim.id, "corrects"),
                f"the claim '{claim.id}' takes back '{corrected.id}', which is for '{corrected.source}' to take back",
                f"Write under `disputed` of '{corrected.id}' why it does not fit, or name another claim.",
            )


def _may_change(subject: Subject, source: str, claim: Claim) -> bool:
    """Whether a claim is for a source to change: for its own, that one's outlet, and those whom it has it from."""
    sources = subject.scenario.sources
    begun = {claim.source, *subject.relayed(claim.source)}
    if claim.per is not None:
        begun |= {claim.per, *subject.relayed(claim.per)}
    return source in begun or sources[source].outlet.casefold() == sources[claim.source].outlet.casefold()


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
