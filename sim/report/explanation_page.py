"""An explanation for a person to read: the figure first, then all it is made of and what that rests on."""

from collections.abc import Iterator, Sequence
from shlex import join

from sim.domain.claim import Claim, Closed, Count
from sim.domain.vocabulary import Basis
from sim.posture.explanation import Explanation
from sim.posture.figure import Figure
from sim.posture.manner import manners_of
from sim.report.accounts import accounts
from sim.report.answer import Answer
from sim.report.cause import causes_in_words
from sim.report.knowledge import as_known
from sim.report.means import means_in_words
from sim.report.prose import ROOM_LEAST, Passage, passage, prose, titled
from sim.report.question import closed_by, reading_of
from sim.report.stance import stance
from sim.report.story import stories
from sim.report.subject import subject
from sim.report.table import Style
from sim.report.text import clean, finished
from sim.report.witness import most_telling, said, witnesses
from sim.report.wording import Wording, bounds


def explanation_page(
    answer: Answer, explanation: Explanation, command: Sequence[str], style: Style = Style.PLAIN, room: int = 100
) -> str:
    """The page, `room` characters wide as far as its tables allow. `command` is how such questions are asked."""
    wording = Wording(answer.book)
    passages = [
        *_claim(wording, explanation),
        *(told for figure in explanation.figures for told in _figure(wording, explanation, figure, style, room)),
        *causes_in_words(wording, explanation.causes),
        *means_in_words(wording, explanation.means),
        *witnesses(wording, explanation, style, room),
    ]
    sections = [
        [
            *titled(_answer(wording, explanation), style, room),
            *([""] if style is Style.MARKDOWN else []),
            *prose([*as_known(answer, wording), *_setting(wording, explanation)], style, room),
        ],
        *(passage(told, style, room) for told in passages),
        _next(wording, explanation, command, style),
    ]
    return finished("\n\n".join("\n".join(lines) for lines in sections if lines) + "\n")


def _answer(wording: Wording, explanation: Explanation) -> str:
    """What was asked, and the figure: "In Poland, 28 Feb: 1,700 troops (1,530-1,870), as announced"."""
    asked = subject(wording, explanation)
    figures = "; ".join(_in_words(figure) for figure in explanation.figures)
    test = None if explanation.judgement is None else explanation.judgement.claim.test
    if isinstance(test, Closed) and closed_by(wording, test):
        return f"{asked}: {figures}"  # it says when already
    return f"{asked}, {wording.day(explanation.at)}: {figures}"


KNOWN_AS = {
    Basis.OBSERVED: "as observed",
    Basis.ANNOUNCED: "as announced",
    Basis.ASSUMED: "assumed !",
    None: "not moved since the start",
}


def _in_words(figure: Figure) -> str:
    """The figure with its interval and basis; where it is known in several ways, how much in which.

    What left in part, or stays, of an account that was filled in several ways is "in part" known in the weakest.
    """
    interval = bounds(figure.interval)
    amount = f"{figure.strength:,} {figure.kind}" + (f" ({interval})" if interval else "")
    known = [("in part " * each.in_part + KNOWN_AS[each.basis], each.strength) for each in manners_of(figure)]
    if len(known) <= 1:
        return ", ".join([amount, *(how for how, _ in known)])
    return f"{amount}, of it " + ", ".join(f"{strength:,} {how}" for how, strength in known)


def _setting(wording: Wording, explanation: Explanation) -> Iterator[str]:
    yield f"{clean(wording.book.opened.title) or '(untitled)'}; {wording.period()}"
    yield "'!' is assumed: no source gives it; '+' came into the figure, '-' left it; log: position in the log"
    if explanation.exactly:
        yield "Counted exactly: without what lies within the places asked about, or is part of the units"


def _claim(wording: Wording, explanation: Explanation) -> Iterator[Passage]:
    """What a claim expects, whose it is, and how it stands; nothing where none was asked about."""
    judgement = explanation.judgement
    if judgement is None:
        return
    claim = judgement.claim
    lines = (f"Said by {whose(wording, claim)}.", *stance(wording, judgement, _left_out(explanation)))
    yield Passage(f"{claim.id}: {said(wording, judgement)}", lines)


def whose(wording: Wording, claim: Claim) -> str:
    """Who says it: letter and outlet, whom they have it from, and who was speaking."""
    names = [f"{wording.letters[claim.source]} {wording.outlet(claim.source)}"]
    if claim.per is not None:
        names.append(f"from {wording.outlet(claim.per)}")
    if claim.speaker:
        names.append(clean(claim.speaker))
    return ", ".join(names)


def _figure(wording: Wording, explanation: Explanation, figure: Figure, style: Style, room: int) -> Iterator[Passage]:
    """The accounts of a figure, and the story of its units; of several figures each says its kind."""
    several = len(explanation.figures) > 1
    yield accounts(wording, figure, explanation.at, f" ({figure.kind})" if several else "", style, room)
    yield from stories(wording, figure, style, room)


def _next(wording: Wording, explanation: Explanation, command: Sequence[str], style: Style) -> list[str]:
    """The command for the next question, on one line, to be copied; nothing where there is no more to ask.

    It is about a unit that is left out of a figure too small, or the largest of several; else about what is claimed.
    """
    rows = [row for figure in explanation.figures for row in figure.all_rows]
    units = list(dict.fromkeys(row.unit for row in sorted(rows, key=lambda row: -row.strength)))
    units = [*_left_out(explanation), *units]
    at, telling = wording.asked(explanation.at), most_telling(explanation)
    if len(units) > 1 or (units and not any(figure.strength for figure in explanation.figures)):
        more = ["--at", at, "--unit", units[0]]
    elif telling:
        more = ["--claim", telling[0].claim.id]
    else:
        return []
    question = join([*command, *more])
    return prose(
        [f"Next: {question if question.isprintable() else clean(question)}"], style, len(question) + ROOM_LEAST
    )


def _left_out(explanation: Explanation) -> list[str]:
    """Of a claim that expects more than the ledger has: those given the same orders that are not in the figure."""
    judgement = explanation.judgement
    if judgement is None or not isinstance(judgement.claim.test, Count):
        return []
    if reading_of(judgement).strength >= reading_of(judgement).expected.low:
        return []
    return list(dict.fromkeys(unit for cause in explanation.causes if cause.moved for unit in cause.others))
