"""The claims against the ledger: questions down, sources across, and what the ledger says."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from sim.domain.claim import Closed, Count, Separate, Test
from sim.ledger.claims import Judgement, Verdict
from sim.report.answer import Answer
from sim.report.ink import VERDICTS, inked_mark, inked_words
from sim.report.question import Question, questions, reading_of
from sim.report.table import Style, draw, fitted, folded, width
from sim.report.wording import NONE_HERE, Wording, short

GIVEN = "="
"""The mark on what set the ledger's figure, or shares its origin with what did."""

DIFFERS = "*"
"""The mark on what the ledger does not bear out."""

CELL_ROOM = 9
"""How many characters a source's cell takes before it breaks into lines."""

QUESTION_LEAST = 20
"""How many characters a question needs to be readable."""

VERDICT_LEAST, VERDICT_FAIR = 16, 20
"""How many characters a verdict needs, with the letters of those who differ, and how many before questions give way."""


VERDICT_ROOM = 12
"""How many characters the verdict on a single claim takes before it breaks into lines."""


def claims_table(answer: Answer, wording: Wording, style: Style, room: int) -> list[str]:
    """The lines of the table: a matrix where it fits in `room` characters, else a line for each claim."""
    asked = questions(wording, answer.judgements)
    if not asked:
        return []
    letters = _letters(wording, answer.judgements)
    right = range(1, len(letters) + 2)
    rows = [_row(wording, question, letters) for question in asked]
    grid = [["question", *letters, "ledger", "verdict"], *rows]
    if style is not Style.MARKDOWN:
        grid = [[row[0], *(folded(cell, CELL_ROOM) for cell in row[1:-1]), row[-1]] for row in grid]
        verdict = len(letters) + 2
        grid = fitted(fitted(grid, room, {verdict: VERDICT_FAIR}), room, {0: QUESTION_LEAST, verdict: VERDICT_LEAST})
        if width(grid) > room:
            return _listed(wording, asked, style, room)
    return draw(grid[0], _inked(grid[1:]) if style.has_ink else grid[1:], right, style)


def _inked(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Rows with their marks, and the verdict at their end, in ink."""
    return [[row[0], *map(inked_mark, row[1:-1]), inked_words(row[-1], VERDICTS)] for row in rows]


def _letters(wording: Wording, judgements: Iterable[Judgement]) -> list[str]:
    """The letters of the sources of claims that are tested, in order of the sources' ids."""
    tested = {judgement.claim.source for judgement in judgements if judgement.reading is not None}
    return [wording.letters[source] for source in sorted(tested)]


def _row(wording: Wording, question: Question, letters: Sequence[str]) -> list[str]:
    said: dict[str, list[str]] = {}
    for judgement in question.judgements:
        said.setdefault(wording.letters[judgement.claim.source], []).append(said_by(judgement))
    cells = ["; ".join(dict.fromkeys(said[letter])) if letter in said else NONE_HERE for letter in letters]
    ledger = "; ".join(dict.fromkeys(ledger_of(judgement) for judgement in question.judgements))
    return [question.label, *cells, ledger, _verdict(wording, question)]


def said_by(judgement: Judgement) -> str:
    """What one claim says, in the least room, with its mark."""
    mark = DIFFERS if judgement.verdict is Verdict.CONTRADICTED else GIVEN if judgement.given else ""
    return expected_by(judgement.claim.test) + mark


def expected_by(test: Test) -> str:
    """What one claim says, in the least room."""
    match test:
        case Count(_, expected):
            return short(expected)
        case Separate():
            return "none"
        case Closed():
            return "yes"
        case _:
            return "0"


def ledger_of(judgement: Judgement) -> str:
    """What the ledger has to say to one claim."""
    reading = reading_of(judgement)
    if isinstance(judgement.claim.test, Closed):
        return {Verdict.HOLDS: "yes", Verdict.OPEN: "open"}.get(judgement.verdict, "no")
    return f"{reading.strength:,}"


def distance_of(judgement: Judgement) -> int:
    """How far off the ledger is, for a reader: 0 where that is not known yet, or hides how much had arrived."""
    reading = judgement.reading
    if reading is None or reading.there or judgement.verdict is Verdict.OPEN:
        return 0
    return reading.distance


def _verdict(wording: Wording, question: Question) -> str:
    """The verdict on all claims to a question; who stands out, where they differ."""
    verdicts: dict[str, list[str]] = {}
    for judgement in question.judgements:
        verdicts.setdefault(verdict_in_words(judgement), []).append(judgement.claim.source)
    if len(verdicts) == 1:
        return next(iter(verdicts))
    ordered = sorted(verdicts, key=_FROM_MOST_STRIKING.index)
    return ", ".join(f"{wording.lettered(verdicts[verdict])} {verdict}" for verdict in ordered)


_FROM_MOST_STRIKING = (
    "contradicted",
    "contradicted (disputed)",
    "open",
    "open (disputed)",
    "compatible",
    "holds (disputed)",
    "compatible (disputed)",
    "holds",
    "given",
)


def verdict_in_words(judgement: Judgement) -> str:
    """The verdict on one claim, or that it was given; and whether it is disputed."""
    if judgement.given:
        return "given"
    return f"{judgement.verdict} (disputed)" if judgement.claim.disputed else str(judgement.verdict)


def _listed(wording: Wording, asked: Sequence[Question], style: Style, room: int) -> list[str]:
    """The questions, and beside each a line for each claim: for rooms too narrow for a matrix."""
    rows: list[Sequence[str]] = []
    for question in asked:
        label = folded(question.label, max(room * 3 // 10, 12)).split("\n")
        claims = [line for judgement in question.judgements for line in _claim_lines(wording, judgement)]
        rows += [(words or "", *(line or _EMPTY)) for words, line in zip_longest(label, claims)]
    head = ("question", "by", "says", "ledger", "verdict")
    return draw(head, _inked(rows) if style.has_ink else rows, {2, 3}, style)


_EMPTY = ("", "", "", "")


def _claim_lines(wording: Wording, judgement: Judgement) -> list[tuple[str, ...]]:
    """Who says what, what the ledger has, and the verdict, in as many lines as it takes."""
    cells = (
        wording.letters[judgement.claim.source],
        folded(said_by(judgement), CELL_ROOM),
        ledger_of(judgement),
        folded(verdict_in_words(judgement), VERDICT_ROOM),
    )
    return list(zip_longest(*(cell.split("\n") for cell in cells), fillvalue=""))
