"""The matrix of claims: questions down, sources across, and the ledger last; or a block for each question."""

from collections.abc import Iterable, Sequence
from itertools import islice

from attrs import frozen

from sim.domain.claim import Closed
from sim.ledger.claims import Judgement, Verdict
from sim.posture.conflict import Saying
from sim.report.claims_table import (
    CELL_ROOM,
    DIFFERS,
    GIVEN,
    distance_of,
    expected_by,
    ledger_of,
    verdict_in_words,
)
from sim.report.ink import VERDICTS, inked_mark, inked_words
from sim.report.inquiry import Inquiry, Topic
from sim.report.prose import prose, wrapped
from sim.report.question import reading_of
from sim.report.table import ROOM_TO_SPARE, Style, draw, fitted, folded, width
from sim.report.undecided import so_far
from sim.report.wording import NAMED_MAX, NONE_HERE, Wording, bounds

POSSIBLE = "?"
"""The mark on what the ledger's figure does not bear out, but its range allows."""

QUESTION_LEAST, QUESTION_FAIR = 22, 60
"""How many characters a question needs to be readable, and how many it takes at most."""

ACROSS_MAX = 12
"""How many sources stand across in Markdown, where every page is wide enough. Of more, letters alone do not say who."""

INDENT = 4
"""How far the lines below a question stand in, in characters."""

_LEAST = {0: CELL_ROOM, 1: 12, 2: 7}


@frozen
class Matrix:
    """The lines drawn, and whether sources stand `across`: if not, verdicts and conflicts are in words there."""

    lines: list[str]
    across: bool


def matrix(inquiry: Inquiry, style: Style, room: int) -> Matrix:
    """The matrix where it fits in `room` characters, else a block for each question."""
    asking = {judgement.claim.source for topic in inquiry.topics for judgement in topic.asked}
    letters = [inquiry.wording.letters[source] for source in sorted(asking)]
    head, right = ["#", "question", *letters, "ledger"], {0, *range(2, len(letters) + 3)}
    if style is Style.MARKDOWN:
        if len(letters) > ACROSS_MAX:
            return Matrix(_listed(inquiry), False)
        rows = [_row(inquiry.wording, topic, letters, " ", "; ") for topic in inquiry.topics]
        return Matrix(draw(head, rows, right, style), True)
    rows = [_row(inquiry.wording, topic, letters, "\n", "\n") for topic in inquiry.topics]
    space = room - width([[number, "", *cells] for number, _, *cells in [head, *rows]])
    if space < QUESTION_LEAST:
        return Matrix(_blocks(inquiry, style, room, room >= ROOM_TO_SPARE and len(letters) > ACROSS_MAX), False)
    for row in rows:
        row[1] = "\n".join(folded(line, min(space, QUESTION_FAIR)) for line in row[1].split("\n"))
    if style.has_ink:
        rows = [[number, question, *map(inked_mark, cells)] for number, question, *cells in rows]
    return Matrix(draw(head, rows, right, style), True)


def conflicts_in_words(wording: Wording, topic: Topic) -> list[str]:
    """What of the answers to a question cannot all be true: "0 (E, disputed) against ~1,000 (D), 1,000 (B C)"."""
    return [
        f"{_saying(wording, conflict.lower)} against {', '.join(_saying(wording, each) for each in conflict.higher)}"
        for conflict in topic.conflicts
    ]


def _saying(wording: Wording, saying: Saying) -> str:
    words = dict.fromkeys(expected_by(claim.test) for claim in saying.claims)
    sure = _letters(wording, (claim.source for claim in saying.claims if not claim.disputed))
    disputed = _letters(wording, (claim.source for claim in saying.claims if claim.disputed))
    who = [*([sure] if sure else []), *([f"{disputed}, disputed"] if disputed else [])]
    return f"{', '.join(words)} ({'; '.join(who)})"


def _letters(wording: Wording, sources: Iterable[str]) -> str:
    """The letters of some sources, and how many more there are."""
    letters = wording.lettered(sources).split()
    more = len(letters) - NAMED_MAX
    return " ".join(letters[:NAMED_MAX]) + (f" and {more:,} more" if more > 0 else "")


def _row(wording: Wording, topic: Topic, letters: Sequence[str], line: str, paragraph: str) -> list[str]:
    """The number, the question, what each source says to it, and what the ledger has."""
    cells: dict[str, dict[str, None]] = {}
    for judgement in topic.asked:
        said = _in_lines(_said(judgement)) if line == "\n" else _in_brackets(_said(judgement))
        cells.setdefault(wording.letters[judgement.claim.source], {})[said] = None
    question = [topic.question.label, *_heard(topic, ", in conflict")]
    ledger = [line.join(each) for each in ledger_in_words(topic)]
    return [
        str(topic.number),
        paragraph.join(question),
        *(f";{line}".join(cells[letter]) if letter in cells else NONE_HERE for letter in letters),
        f";{line}".join(ledger) or NONE_HERE,
    ]


def _in_lines(said: Sequence[str]) -> str:
    return "\n".join(folded(piece, CELL_ROOM) for piece in said)


def _in_brackets(said: Sequence[str]) -> str:
    words, *more = said
    return f"{words} ({', '.join(more)})" if more else words


def _said(judgement: Judgement) -> list[str]:
    """What one claim says with its mark, how far it is off, and what became of it."""
    marks = {Verdict.CONTRADICTED: DIFFERS, Verdict.COMPATIBLE: POSSIBLE}
    said = [expected_by(judgement.claim.test) + (GIVEN if judgement.given else marks.get(judgement.verdict, ""))]
    if distance := distance_of(judgement):
        said.append(f"{distance:,} off")
    said += ["open"] if judgement.verdict is Verdict.OPEN else []
    if judgement.verdict is Verdict.WITHDRAWN:
        return [*said, "withdrawn"]
    return said + (["disputed"] if judgement.claim.disputed else [])


def _heard(topic: Topic, in_conflict: str) -> list[str]:
    """From how many sources and origins the answers are, where there are several, and that they are in conflict."""
    if topic.sources < 2 and not topic.conflicts:
        return []
    sources = f"{topic.sources} source{'s' * (topic.sources != 1)}"
    heard = f"{sources}, {topic.origins} origin{'s' * (topic.origins != 1)}"
    return [heard + (in_conflict if topic.conflicts else "")]


def ledger_in_words(topic: Topic) -> list[list[str]]:
    """What the ledger has, and its range, or how much was there of what has not closed.

    It is that for what was asked about, or for the question where that was taken back.
    """
    read = [judgement for judgement in topic.asked if judgement.reading is not None] or topic.question.judgements
    return [list(each) for each in dict.fromkeys(_ledger(judgement) for judgement in read)]


def ledger_on(judgement: Judgement) -> str | None:
    """What the ledger has to say to one claim, with its range, or with how much was there; None for what is not tested.

    That is "3,000 (2,700-3,300)", and of what has not closed "no; 365 of 3,000 were there".
    """
    return None if judgement.reading is None else " ".join(_ledger(judgement))


def _ledger(judgement: Judgement) -> tuple[str, ...]:
    """The same in the pieces between which a line may break."""
    reading = reading_of(judgement)
    if isinstance(judgement.claim.test, Closed):
        how_many, were, there = so_far(reading).partition(" were ")
        return (f"{ledger_of(judgement)};", how_many, f"were {there}") if were else (ledger_of(judgement),)
    interval = bounds(reading.interval)
    return (ledger_of(judgement), *([f"({interval})"] if interval else []))


def _grouped(inquiry: Inquiry, topic: Topic, named: bool) -> list[list[str]]:
    """What is said to a question, how that stands, and who says it: a row for all who say the same.

    One who says it alone is `named` beside the letter, where that is asked for.
    """
    wording = inquiry.wording
    said: dict[tuple[str, str], set[str]] = {}
    for judgement in sorted(topic.asked, key=lambda judgement: judgement.claim.source):
        off = f", {distance:,} off" if (distance := distance_of(judgement)) else ""
        stands = verdict_in_words(judgement) + off
        said.setdefault((expected_by(judgement.claim.test), stands), set()).add(judgement.claim.source)
    return [
        [words, stands, wording.legend(sources) if named and len(sources) == 1 else wording.lettered(sources)]
        for (words, stands), sources in said.items()
    ]


def _listed(inquiry: Inquiry) -> list[str]:
    """A Markdown table with a row for all who say the same."""
    rows = []
    for topic in inquiry.topics:
        ledger = "; ".join(" ".join(each) for each in ledger_in_words(topic)) or NONE_HERE
        question = "; ".join([topic.question.label, *_heard(topic, ", in conflict")])
        rows += [[str(topic.number), question, *said, ledger] for said in _grouped(inquiry, topic, True)]
    return draw(["#", "question", "says", "verdict", "by", "ledger"], rows, {0, 5}, Style.MARKDOWN)


def _blocks(inquiry: Inquiry, style: Style, room: int, named: bool) -> list[str]:
    """Each question on a line, and below it what the ledger has, what is in conflict, and who says what."""
    rows = [_grouped(inquiry, topic, named) for topic in inquiry.topics]
    grid = fitted([["says", "verdict", "by"], *(row for each in rows for row in each)], room - INDENT, _LEAST)
    heights = iter([max(cell.count("\n") + 1 for cell in cells) for cells in grid])
    if style.has_ink:
        grid = [[says, inked_words(verdict, VERDICTS), by] for says, verdict, by in grid]
    drawn = iter(draw(grid[0], grid[1:], (), style))
    lines = [" " * INDENT + text for text in islice(drawn, next(heights))]
    for topic, each in zip(inquiry.topics, rows, strict=True):
        ledger = "; ".join(" ".join(found) for found in ledger_in_words(topic)) or NONE_HERE
        notes = ["; ".join([f"ledger {ledger}", *_heard(topic, "")])]
        notes += [f"in conflict: {words}" for words in conflicts_in_words(inquiry.wording, topic)]
        number = f"{topic.number:>{INDENT - 2}}  "
        lines += ["", *wrapped(topic.question.label, room, " " * INDENT, number)]
        lines += prose([" " * INDENT + note for note in notes], style, room)
        lines += [f"{' ' * INDENT}{text}" for _ in each for text in islice(drawn, next(heights))]
    return lines
