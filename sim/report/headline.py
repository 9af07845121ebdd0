"""The headline: what was announced, whether it adds up, and who disagrees, in sentences made from the run."""

from collections.abc import Sequence
from typing import Literal

from attrs import evolve, frozen

from sim.domain.claim import Closed, Count, Separate
from sim.domain.quantity import Interval
from sim.domain.vocabulary import Readiness
from sim.ledger.claims import Judgement, Reading, Verdict, separate_origins
from sim.posture.counted import rows_claimed
from sim.report.answer import Answer
from sim.report.question import ALWAYS, Question, label, questions, reading_of
from sim.report.text import clean
from sim.report.undecided import so_far, undecided
from sim.report.wording import Wording, bounds, named, spoken

SENTENCES_MAX = 10
"""How many claims of one verdict a headline has sentences for."""


@frozen
class Part:
    """A part of a figure: where it is, or bound for, in words, or what unit it is; the id of that place or unit."""

    name: str
    noun: Literal["place", "unit"]
    id: str
    strength: int
    on_its_way: bool = False


def headline(answer: Answer, wording: Wording) -> list[str]:
    """The sentences, the answer first: the announced total, what fails, what is only possible, what is disputed."""
    undisputed = [judgement for judgement in answer.judgements if not judgement.claim.disputed]
    standing = [judgement for judgement in answer.judgements if judgement.verdict is not Verdict.WITHDRAWN]
    disputed = [judgement for judgement in standing if judgement.claim.disputed]
    failed = [judgement for judgement in undisputed if judgement.verdict is Verdict.CONTRADICTED]
    open_ = [judgement for judgement in undisputed if judgement.verdict is Verdict.OPEN]
    possible = [sentence for question in questions(wording, undisputed) for sentence in _possible(wording, question)]
    return [
        *_total(answer, wording),
        *(_contradicted(answer, wording, judgement) for judgement in failed[:SENTENCES_MAX]),
        *_more(failed, "claims are contradicted"),
        *(_open(wording, judgement) for judgement in open_[:SENTENCES_MAX]),
        *_more(open_, "claims are open"),
        *possible[:SENTENCES_MAX],
        *_more(possible, "wordings are possible"),
        *(_disputed(wording, judgement) for judgement in disputed[:SENTENCES_MAX]),
        *_more(disputed, "claims are disputed"),
    ]


def _more(each: Sequence[object], are: str) -> list[str]:
    """A sentence on those that have none."""
    return [f"{len(each) - SENTENCES_MAX:,} more {are}."] if len(each) > SENTENCES_MAX else []


def _total(answer: Answer, wording: Wording) -> list[str]:
    """Whether the announced total adds up; nothing where there is none."""
    exact = total_of(answer, wording)
    if not exact:
        return []
    by = wording.lettered({judgement.claim.source for judgement in exact})
    return [f"{_sum(answer, wording, exact[0])} It adds up ({by}: {whence_in_words(answer, exact)})."]


def total_of(answer: Answer, wording: Wording) -> list[Judgement]:
    """The claims that name the announced total, where it adds up: the very number that the ledger has.

    They answer the question that most sources answer about a count which several units make up. There are none where a
    source contradicts it: that is said instead.
    """
    for question in questions(wording, answer.judgements):
        if not _is_total(question):
            continue
        undisputed = [judgement for judgement in question.judgements if not judgement.claim.disputed]
        exact = [judgement for judgement in undisputed if _agrees_exactly(judgement)]
        if any(judgement.verdict is Verdict.CONTRADICTED for judgement in undisputed):
            return []
        if exact:
            return exact
    return []


def whence_in_words(answer: Answer, judgements: Sequence[Judgement]) -> str:
    """From how many origins claims are."""
    apart = separate_origins(answer.book, [judgement.claim for judgement in judgements])
    return "one origin" if apart == 1 else f"{apart} separate origins"


def _agrees_exactly(judgement: Judgement) -> bool:
    """Whether a claim names the very number that the ledger counts."""
    reading = reading_of(judgement)
    return reading.expected.nominal == reading.strength


def _is_total(question: Question) -> bool:
    first = question.judgements[0]
    return isinstance(first.claim.test, Count) and len(reading_of(first).units) > 1


def _sum(answer: Answer, wording: Wording, judgement: Judgement) -> str:
    """The announced figure, and the parts of it by place: "3,000 announced = 1,700 Poland + ... (2,700-3,300)."."""
    reading = reading_of(judgement)
    return f"{reading.strength:,} announced = {_parts(answer, wording, judgement)}{_range(reading)}."


def _parts(answer: Answer, wording: Wording, judgement: Judgement) -> str:
    """What the ledger counts, the largest part first."""
    parts = parts_of(answer, wording, judgement)
    return named([f"{part.strength:,} {part.name}" for part in parts], " + ")


def parts_of(answer: Answer, wording: Wording, judgement: Judgement) -> list[Part]:
    """What the ledger counts, the largest part first: by place, or by unit where all of it is at one."""
    by_place: dict[str, Part] = {}
    by_unit: dict[str, Part] = {}
    for row in rows_claimed(answer.book, judgement.claim, reading_of(judgement)):
        on_its_way, place = row.readiness is Readiness.IN_TRANSIT, wording.whereabouts(row.place, row.readiness)
        _count(by_place, Part(place, "place", row.place, row.strength, on_its_way))
        _count(by_unit, Part(wording.unit(row.unit), "unit", row.unit, row.strength))
    return sorted((by_place if len(by_place) > 1 else by_unit).values(), key=lambda part: -part.strength)


def _count(parts: dict[str, Part], part: Part) -> None:
    before = parts.get(part.name)
    parts[part.name] = part if before is None else evolve(before, strength=before.strength + part.strength)


def _range(reading: Reading) -> str:
    return f" ({interval})" if (interval := bounds(reading.interval)) else ""


def _possible(wording: Wording, question: Question) -> list[str]:
    """A sentence for each wording that the ledger's figure does not bear out, but its interval allows."""
    said: dict[tuple[str, int, Interval], list[Judgement]] = {}
    for judgement in question.judgements:
        if judgement.verdict is Verdict.COMPATIBLE:
            reading = reading_of(judgement)
            said.setdefault((spoken(reading.expected), reading.strength, reading.interval), []).append(judgement)
    return [
        f'"{words}" ({"; ".join(_who(wording, judgement) for judgement in judgements)}) for {question.label}: '
        f"possible, since the ledger's {strength:,} stands for {interval}."
        for (words, strength, interval), judgements in said.items()
    ]


def _contradicted(answer: Answer, wording: Wording, judgement: Judgement) -> str:
    reading, who = reading_of(judgement), _who(wording, judgement)
    who += "," if judgement.claim.per is not None else ""
    what = label(wording, judgement.claim.test)
    match judgement.claim.test:
        case Closed():
            open_ = named(reading.missing) or "no unit is meant"
            there = so_far(reading)
            return f"Does not hold: {who} says {what}. Not closed: {open_}" + (f"; {there}." if there else ".")
        case Separate():
            units = named([unit for unit, _ in reading.units])
            since = wording.date(reading.at).strip()
            return f"Does not hold: {who} says nobody is {what}; the ledger has {units}, from {since} on."
        case _:
            ledger = f"{reading.strength:,}{_made_of(answer, wording, judgement)}{_range(reading)}"
            off = f"{reading.distance:,} too {'few' if reading.strength < reading.expected.low else 'many'}"
            when = f" on {wording.day(reading.at)}" if what.endswith(ALWAYS) else ""
            said = f"{spoken(reading.expected)} ({what})"
            return f"Does not add up: {who} says {said}; the ledger has {ledger}{when}: {off}."


def _open(wording: Wording, judgement: Judgement) -> str:
    """What nobody could know: what is said, and what it turns on."""
    reading, what, who = reading_of(judgement), label(wording, judgement.claim.test), _who(wording, judgement)
    who += "," if judgement.claim.per is not None else ""
    if isinstance(judgement.claim.test, Closed):
        return f"Open: {who} says {what}; {undecided(judgement)}."
    said, ledger = f"{spoken(reading.expected)} ({what})", f"{reading.strength:,}{_range(reading)}"
    return f"Open: {who} says {said}; the ledger has {ledger}; {undecided(judgement)}."


def _made_of(answer: Answer, wording: Wording, judgement: Judgement) -> str:
    """The parts of a figure that has several."""
    return f" = {_parts(answer, wording, judgement)}" if len(reading_of(judgement).units) > 1 else ""


def _disputed(wording: Wording, judgement: Judgement) -> str:
    claim = judgement.claim
    said = clean(claim.says) or label(wording, claim.test)
    return f"Disputed: {_who(wording, judgement)}: {said.rstrip('.')}. {clean(claim.disputed).rstrip('.')}."


def _who(wording: Wording, judgement: Judgement) -> str:
    """The source's letter, and whom it has it from."""
    claim = judgement.claim
    letter = wording.letters[claim.source]
    return letter if claim.per is None else f"{letter}, from {wording.outlet(claim.per)}"
