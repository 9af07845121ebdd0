"""Subjects: what the figure of an explanation counts, in a few words."""

from collections.abc import Iterator

from attrs import evolve

from sim.domain.claim import Closed, Noted, Selector, Separate
from sim.domain.vocabulary import Kind
from sim.posture.explanation import Explanation
from sim.report.question import label, selected
from sim.report.text import clean
from sim.report.wording import Wording


def subject(wording: Wording, explanation: Explanation) -> str:
    """What was asked, without its time and kind, as a sentence begins: "Deployed in Poland"."""
    asked = _asked(wording, explanation)
    names = tuple(clean(name) for name in _names(wording, explanation))
    return asked if asked.startswith(names) else f"{asked[:1].upper()}{asked[1:]}"


def _asked(wording: Wording, explanation: Explanation) -> str:
    if explanation.judgement is not None:
        test = explanation.judgement.claim.test
        if isinstance(test, Closed | Noted | Separate):
            return label(wording, test)
    (selector,) = explanation.selectors
    asked = evolve(selector, kind=(Kind.TROOPS,))  # the figure says its kind
    return "all named here" if asked == Selector() else selected(wording, asked)


def _names(wording: Wording, explanation: Explanation) -> Iterator[str]:
    """What is written as its owner writes it, also where a sentence begins; of a unit not known yet, its id."""
    units = wording.book.units
    for selector in explanation.selectors:
        yield from selector.side
        yield from (wording.unit(unit) if unit in units else unit for unit in selector.units)
