"""The headline: what was announced, whether it adds up, and who disagrees, in sentences made from the run."""

from sim.domain.claim import Closed, Count, Separate
from sim.domain.quantity import Interval
from sim.domain.vocabulary import Readiness
from sim.ledger.claims import Judgement, Reading, Verdict
from sim.posture.breakdown import breakdown
from sim.report.answer import Answer
from sim.report.question import Question, label, questions
from sim.report.wording import Wording, clean

PARTS_MAX = 6
"""How many parts of a figure a sentence names."""


def headline(answer: Answer, wording: Wording) -> list[str]:
    """The sentences, the answer first: the announced total, what fails, what is only possible, what is disputed."""
    sentences = _total(answer, wording)
    undisputed = [judgement for judgement in answer.judgements if not judgement.claim.disputed]
    failed = [judgement for judgement in undisputed if judgement.verdict is Verdict.CONTRADICTED]
    sentences += [_contradicted(answer, wording, judgement) for judgement in failed]
    for question in questions(wording, undisputed):
        sentences += _possible(wording, question)
    sentences += [_disputed(wording, judgement) for judgement in answer.judgements if judgement.claim.disputed]
    return sentences


def _total(answer: Answer, wording: Wording) -> list[str]:
    """Whether the announced total adds up: the question most sources answer about a count several units make up.

    Nothing where a source contradicts it: that is said instead.
    """
    for question in questions(wording, answer.judgements):
        if not _is_total(question):
            continue
        undisputed = [judgement for judgement in question.judgements if not judgement.claim.disputed]
        exact = [judgement for judgement in undisputed if _agrees_exactly(judgement)]
        if any(judgement.verdict is Verdict.CONTRADICTED for judgement in undisputed):
            return []
        if exact:
            by = wording.lettered({judgement.claim.source for judgement in exact})
            return [f"{_sum(answer, wording, exact[0])} It adds up ({by})."]
    return []


def _agrees_exactly(judgement: Judgement) -> bool:
    """Whether a claim names the very number that the ledger counts."""
    reading = _reading(judgement)
    return reading.expected.nominal == reading.strength


def _is_total(question: Question) -> bool:
    first = question.judgements[0]
    return isinstance(first.claim.test, Count) and len(_reading(first).units) > 1


def _sum(answer: Answer, wording: Wording, judgement: Judgement) -> str:
    """The announced figure, and the parts of it by place: "3,000 announced = 1,700 Poland + ... (2,700-3,300)."."""
    reading = _reading(judgement)
    return f"{reading.strength:,} announced = {_parts(answer, wording, judgement)}{_range(reading)}."


def _parts(answer: Answer, wording: Wording, judgement: Judgement) -> str:
    """What the ledger counts, the largest part first: by place, or by unit where all of it is at one."""
    by_place: dict[str, int] = {}
    by_unit: dict[str, int] = {}
    for share in breakdown(answer.book, judgement.claim, _reading(judgement)):
        on_its_way = share.account.readiness is Readiness.IN_TRANSIT
        place = ("en route to " if on_its_way else "") + wording.place(share.account.place)
        by_place[place] = by_place.get(place, 0) + share.strength
        unit = clean(answer.book.units[share.account.unit].name)
        by_unit[unit] = by_unit.get(unit, 0) + share.strength
    ordered = sorted((by_place if len(by_place) > 1 else by_unit).items(), key=lambda part: -part[1])
    shown = [f"{strength:,} {name}" for name, strength in ordered[:PARTS_MAX]]
    return " + ".join(shown + ([f"{len(ordered) - PARTS_MAX} more"] if len(ordered) > PARTS_MAX else []))


def _range(reading: Reading) -> str:
    interval: Interval = reading.interval
    return "" if interval.low == interval.high else f" ({interval})"


def _possible(wording: Wording, question: Question) -> list[str]:
    """A sentence for each wording that the ledger's figure does not bear out, but its interval allows."""
    said: dict[str, list[Judgement]] = {}
    for judgement in question.judgements:
        if judgement.verdict is Verdict.COMPATIBLE:
            said.setdefault(clean(_reading(judgement).expected.wording), []).append(judgement)
    sentences = []
    for words, judgements in said.items():
        who = "; ".join(_who(wording, judgement) for judgement in judgements)
        reading = _reading(judgements[0])
        ledger = f"the ledger's {reading.strength:,} stands for {reading.interval}"
        sentences.append(f'"{words}" ({who}) for {question.label}: possible, since {ledger}.')
    return sentences


def _contradicted(answer: Answer, wording: Wording, judgement: Judgement) -> str:
    reading, who = _reading(judgement), _who(wording, judgement)
    what = label(wording, judgement.claim.test)
    match judgement.claim.test:
        case Closed():
            missing = ", ".join(reading.missing) or "no unit is selected"
            return f"Does not hold: {who} has it {what}; not so: {missing}."
        case Separate():
            both = ", ".join(unit for unit, _ in reading.units)
            return f"Does not hold: {who} has nobody in {what}; the ledger has {both}."
        case _:
            parts = _parts(answer, wording, judgement)
            ledger = f"{reading.strength:,}" + (f" = {parts}" if len(reading.units) > 1 else "") + _range(reading)
            said = f"{clean(reading.expected.wording)} ({what})"
            off = f"{reading.distance:,} too {'few' if reading.strength < reading.expected.low else 'many'}"
            return f"Does not add up: {who} says {said}; the ledger has {ledger}: {off}."


def _disputed(wording: Wording, judgement: Judgement) -> str:
    claim = judgement.claim
    said = clean(claim.says) or label(wording, claim.test)
    return f"Disputed: {_who(wording, judgement)}: {said.rstrip('.')}. {clean(claim.disputed).rstrip('.')}."


def _who(wording: Wording, judgement: Judgement) -> str:
    """The source's letter, and whom it has it from."""
    claim = judgement.claim
    letter = wording.letters[claim.source]
    return letter if claim.per is None else f"{letter}, from {wording.outlet(claim.per)}"


def _reading(judgement: Judgement) -> Reading:
    assert judgement.reading is not None, "only testable claims are put into a headline"
    return judgement.reading
