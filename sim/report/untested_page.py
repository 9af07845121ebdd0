"""A claim that is held against nothing, for a person to read: who says it, and who took it back or why that is so."""

from collections.abc import Iterator

from sim.domain.claim import Count, Noted
from sim.ledger.claims import Verdict
from sim.posture.explanation import Explanation
from sim.report.answer import Answer
from sim.report.cause import amended_by
from sim.report.explanation_page import whose
from sim.report.knowledge import as_known
from sim.report.prose import Passage, passage, prose
from sim.report.question import label
from sim.report.table import Style, escaped
from sim.report.text import clean, finished
from sim.report.witness import cited, said
from sim.report.wording import Wording, named, spoken


def untested_page(answer: Answer, explanation: Explanation, style: Style = Style.PLAIN, room: int = 100) -> str:
    """The page, `room` characters wide as far as it can be. The explanation is of a claim without a reading."""
    wording = Wording(answer.book)
    title = _title(explanation)
    above = [f"# {escaped(title)}", ""] if style is Style.MARKDOWN else prose([title], style, room)
    setting = f"{clean(wording.book.opened.title) or '(untitled)'}; {wording.period()}"
    judgement = explanation.judgement
    assert judgement is not None, "it is a claim that was asked about"
    told = Passage(f"{judgement.claim.id}: {said(wording, judgement)}", tuple(_sentences(wording, explanation)))
    sections = [
        [*above, *prose([*as_known(answer, wording), setting], style, room)],
        *(passage(each, style, room) for each in (told, *cited(wording, explanation))),
    ]
    return finished("\n\n".join("\n".join(lines) for lines in sections) + "\n")


def _title(explanation: Explanation) -> str:
    judgement = explanation.judgement
    assert judgement is not None, "it is a claim that was asked about"
    if judgement.verdict is not Verdict.WITHDRAWN:
        return f"{judgement.claim.id}: noted, and held against nothing"
    by = named([each.claim.id for each in explanation.claims])
    return f"{judgement.claim.id}: taken back by {by}, and held against nothing"


def _sentences(wording: Wording, explanation: Explanation) -> Iterator[str]:
    """Who says it, what it asks, who took it back and in what words, and what amended it."""
    judgement = explanation.judgement
    assert judgement is not None, "it is a claim that was asked about"
    claim, book = judgement.claim, wording.book
    yield f"Said by {whose(wording, claim)}{_when(wording, claim.source)}."
    match claim.test:
        case Noted(why):
            yield f"Not tested: {clean(why).rstrip('.')}."
        case Count(_, expected):
            yield f"It expected {spoken(expected)} ({label(wording, claim.test)})."
        case test:
            yield f"It was about this: {label(wording, test)}."
    for each in explanation.claims:
        who = f"{each.claim.id}, {whose(wording, each.claim)}{_when(wording, each.claim.source)}"
        test = each.claim.test
        asked = f"{spoken(test.expected)} ({label(wording, test)})" if isinstance(test, Count) else said(wording, each)
        yield f"Taken back by {who}: {said(wording, each) if each.claim.says else asked}."
    yield from (line.strip().replace("amended", "Amended", 1) for line in amended_by(wording, book.claims[claim.id]))


def _when(wording: Wording, source: str) -> str:
    published = wording.published(wording.book.sources[source])
    return f", {published}" if published else ", undated"
