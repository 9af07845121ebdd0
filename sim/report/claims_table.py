"""The claims against the ledger: questions down, sources across, and what the ledger says."""

from collections.abc import Iterable, Sequence

from sim.domain.claim import Closed, Count, Separate
from sim.ledger.claims import Judgement, Verdict
from sim.report.answer import Answer
from sim.report.question import Question, questions
from sim.report.table import Style, draw, folded, width
from sim.report.wording import NONE_HERE, Wording, short

GIVEN = "="
"""The mark on what set the ledger's figure, or shares its origin with what did."""

DIFFERS = "*"
"""The mark on what the ledger does not bear out."""

CELL_ROOM = 9
"""How many characters a source's cell takes before it breaks into lines."""

LABELS_ROOM_MIN = 36
"""How many characters questions and verdicts need together for a matrix to be readable."""


def claims_table(answer: Answer, wording: Wording, style: Style, room: int) -> list[str]:
    """The lines of the table: a matrix where it fits in `room` characters, else a line for each claim."""
    asked = questions(wording, answer.judgements)
    if not asked:
        return []
    letters = list(dict.fromkeys(_letters(wording, (judgement for each in asked for judgement in each.judgements))))
    header = ["question", *letters, "ledger", "verdict"]
    rows = [_row(wording, question, letters) for question in asked]
    if style is Style.PLAIN:
        folded_rows = _folded([header, *rows], room)
        if folded_rows is None:
            return _listed(wording, asked, room)
        header, *rows = folded_rows
    return draw(header, rows, [False, *([True] * len(letters)), True, False], style)


def _letters(wording: Wording, judgements: Iterable[Judgement]) -> list[str]:
    """The letters of the sources of claims, in order of the sources' ids."""
    return [wording.letters[source] for source in sorted({judgement.claim.source for judgement in judgements})]


def _folded(grid: Sequence[Sequence[str]], room: int) -> list[list[str]] | None:
    """The cells broken into lines so that the matrix fits; None where it cannot be made to."""
    figures = [[folded(cell, CELL_ROOM) for cell in row[1:-1]] for row in grid]
    left = room - width(figures) - 4
    if left < LABELS_ROOM_MIN:
        return None
    for_verdicts = max(16, left * 2 // 5)
    return [
        [folded(row[0], left - for_verdicts), *cells, folded(row[-1], for_verdicts)]
        for row, cells in zip(grid, figures, strict=True)
    ]


def _row(wording: Wording, question: Question, letters: Sequence[str]) -> list[str]:
    said: dict[str, list[str]] = {}
    for judgement in question.judgements:
        said.setdefault(wording.letters[judgement.claim.source], []).append(_said(judgement))
    cells = ["; ".join(dict.fromkeys(said[letter])) if letter in said else NONE_HERE for letter in letters]
    return [question.label, *cells, _ledger(question.judgements[0]), _verdict(wording, question)]


def _said(judgement: Judgement) -> str:
    """What one claim says, in the least room, with its mark."""
    match judgement.claim.test:
        case Count(_, expected):
            words = short(expected)
        case Separate():
            words = "none"
        case Closed():
            words = "yes"
        case _:
            words = "0"
    mark = DIFFERS if judgement.verdict is Verdict.CONTRADICTED else GIVEN if judgement.given else ""
    return words + mark


def _ledger(judgement: Judgement) -> str:
    reading = judgement.reading
    if reading is None:
        return NONE_HERE
    if isinstance(judgement.claim.test, Closed):
        return "yes" if judgement.verdict is Verdict.HOLDS else "no"
    return f"{reading.strength:,}"


def _verdict(wording: Wording, question: Question) -> str:
    """The verdict on all claims to a question; who stands out, where they differ."""
    verdicts: dict[str, list[str]] = {}
    for judgement in question.judgements:
        letter = wording.letters[judgement.claim.source]
        verdicts.setdefault(_in_words(judgement), []).append(letter)
    if len(verdicts) == 1:
        return next(iter(verdicts))
    ordered = sorted(verdicts, key=_OFTEN.index)
    return ", ".join(f"{' '.join(sorted(set(verdicts[verdict])))} {verdict}" for verdict in ordered)


_OFTEN = (
    "contradicted",
    "contradicted (disputed)",
    "compatible",
    "holds (disputed)",
    "compatible (disputed)",
    "holds",
    "given",
)


def _in_words(judgement: Judgement) -> str:
    if judgement.given and judgement.verdict is not Verdict.CONTRADICTED:
        return "given"
    return f"{judgement.verdict} (disputed)" if judgement.claim.disputed else str(judgement.verdict)


def _listed(wording: Wording, asked: Sequence[Question], room: int) -> list[str]:
    """A line for each claim, for rooms too narrow for a matrix."""
    rows = [
        [
            wording.letters[judgement.claim.source],
            folded(judgement.claim.id, max(room * 2 // 5, 12)),
            folded(_said(judgement), CELL_ROOM),
            _ledger(judgement),
            folded(_in_words(judgement), 12),
        ]
        for question in asked
        for judgement in question.judgements
    ]
    return draw(["by", "claim", "says", "ledger", "verdict"], rows, [False, False, True, True, False], Style.PLAIN)
