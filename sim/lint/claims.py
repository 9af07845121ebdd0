"""Checks of claims: what they say, whom they have it from, and whether two are one."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import assert_never

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Separate
from sim.domain.pointer import Pointer
from sim.domain.question import asked_by
from sim.ledger.claims import NOTHING
from sim.lint.remark import Remark
from sim.lint.subject import Subject


def claim_without_words(subject: Subject) -> Iterator[Remark]:
    """A claim that does not say in words what its source said."""
    for claim in subject.book.claims.values():
        if not claim.says:
            yield Remark(
                Pointer("claims", claim.id),
                f"the claim '{claim.id}' does not say what its source said",
                "Add `says`, in your own words, so that a reader can see what was made of it.",
            )


def not_relayed(subject: Subject) -> Iterator[Remark]:
    """A claim that has something from whom its source does not relay.

    What rests on that source would look as if it had another origin than the claim.
    """
    for claim in subject.book.claims.values():
        per, source = claim.per, claim.source
        if per is not None and per != source and per not in subject.relayed(source):
            yield Remark(
                Pointer("claims", claim.id, "per"),
                f"the claim '{claim.id}' is per '{per}', which '{source}' does not relay",
                f"Add '{per}' to what '{source}' relays, or correct `per`.",
            )


def repeated_claim(subject: Subject) -> Iterator[Remark]:
    """A claim that gives the same answer to the same question as another with the same origins.

    It is remarked where one source says it twice, and where neither claim says whom it has it from. An echo that does
    (`per`) is on record as one, and counts as no further witness: there is nothing to put right.
    """
    answers: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    for judgement in subject.judgements:
        claim = judgement.claim
        answers[_answer(claim), subject.origins(claim.per or claim.source)].append(claim)
    for claims in answers.values():
        first: dict[str, Claim] = {}
        for claim in claims:
            if (other := first.setdefault(claim.source, claim)) is not claim:
                yield Remark(
                    Pointer("claims", claim.id),
                    f"the claim '{claim.id}' says what '{other.id}' says, from the same source",
                    "Take one of the two out, or tell apart what they are about.",
                )
        yield from _echoes(subject, [claim for claim in first.values() if claim.per is None])


def _echoes(subject: Subject, claims: Sequence[Claim]) -> Iterator[Remark]:
    """Remarks on all but one of these claims, which say the same, have the same origins, and do not say from whom."""
    inward = sorted(claims, key=lambda claim: (len(subject.relayed(claim.source)), claim.id))
    for claim in inward[1:]:
        begun = " and ".join(f"'{origin}'" for origin in sorted(subject.origins(claim.source)))
        yield Remark(
            Pointer("claims", claim.id),
            f"the claim '{claim.id}' says what '{inward[0].id}' says, and both go back to {begun}",
            "They count as one witness. Say so with `per`, whom it has it from, or take it out.",
        )


def same_speaker(subject: Subject) -> Iterator[Remark]:
    """Two answers to one question that quote the same speaker, and yet count as two witnesses."""
    quoted: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    for judgement in subject.judgements:
        if judgement.claim.speaker:
            quoted[asked_by(judgement.claim.test), judgement.claim.speaker.casefold()].append(judgement.claim)
    for claims in quoted.values():
        yield from _counted_apart(subject, claims)


def _counted_apart(subject: Subject, claims: Iterable[Claim]) -> Iterator[Remark]:
    first, *others = claims
    begun = subject.origins(first.per or first.source)
    for claim in others:
        if begun.isdisjoint(subject.origins(claim.per or claim.source)):
            yield Remark(
                Pointer("claims", claim.id, "speaker"),
                f"the claims '{first.id}' and '{claim.id}' quote the same speaker, and count as two witnesses",
                "Add that speaker as a source and name it under `per` in both, or tell the speakers apart.",
            )


def _answer(claim: Claim) -> Hashable:
    """What a claim asks, and how it answers."""
    match claim.test:
        case Count(_, expected):
            return asked_by(claim.test), expected.interval
        case Never():
            return asked_by(claim.test), NOTHING.interval
        case Separate() | Closed() | Noted():
            return asked_by(claim.test), None
        case _:
            assert_never(claim.test)
