"""The history of an answer, for a person to read: a line for each time at which it changed, and what changed it."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from sim.domain.claim import Count, Never, Selector, Separate, When
from sim.domain.quantity import Interval
from sim.domain.vocabulary import Kind
from sim.history import Amount, Said, Stage, changes
from sim.ledger import Book
from sim.ledger.claims import Judgement, Verdict
from sim.report.claims_table import verdict_in_words
from sim.report.explanation_page import KNOWN_AS
from sim.report.prose import Passage, passage, prose, told_in_rows
from sim.report.question import label, reading_of, selected
from sim.report.table import Style, escaped
from sim.report.text import clean, finished
from sim.report.undecided import so_far, undecided
from sim.report.wording import NONE_HERE, Wording, bounds, named, spoken

NOT_YET = "not stated yet"
"""What stands for the verdict on a claim that nobody had published yet."""

AT_FIRST = "at first"
"""What stands for the date of what was known before anything was published."""

FIGURE_HEAD = ("as known from", "figure", "published then", "new then")
CLAIM_HEAD = ("as known from", "verdict", "it expects", "ledger", "published then", "new then")

DISPUTED = "disputed:"
"""What stands before the reason of a dispute."""

_HOW_OFTEN = {0: "at none of them", 1: "once", 2: "twice"}

COLUMN_LEAST = 12
"""How many characters a column of words takes at least."""


def figure_page(
    book: Book, at: int, selector: Selector, stages: Sequence[Stage[tuple[Amount, ...]]], style: Style, room: int
) -> str:
    """The page of how many are selected at the minute `at`, as became known. `book` has all that was ever published."""
    wording = Wording(book)
    asked = selected(wording, selector) if selector != Selector(kind=selector.kind) else "all named here"
    title = f"{asked[:1].upper()}{asked[1:]}, {wording.day(at)}: what was known when"
    rows = [
        [_when(wording, stage), _amounts(stage.answer or ()), *_what_came(wording, stage)]
        for stage in changes(tuple(stages))
    ]
    return _page(wording, title, [list(FIGURE_HEAD), *rows], (), stages, style, room)


def claim_page(book: Book, claim: str, stages: Sequence[Stage[Said]], style: Style, room: int) -> str:
    """The page of what a claim came to, as became known. `book` has all that was ever published."""
    wording = Wording(book)
    stated = book.claims[claim]
    says = clean(stated.says).strip()
    title = f"{claim}, {wording.outlet(stated.source)}" + (f": {says}" if says else "") + "; what was known when"
    rows = [
        [_when(wording, stage), *_said(wording, stage.answer), *_what_came(wording, stage)]
        for stage in changes(tuple(stages))
    ]
    reworded = Passage("The claim itself", tuple(_reworded(wording, stages)))
    return _page(wording, title, [list(CLAIM_HEAD), *rows], [reworded] * bool(reworded.sentences), stages, style, room)


def _page(
    wording: Wording,
    title: str,
    grid: list[list[str]],
    below: Sequence[Passage],
    stages: Sequence[Stage[Any]],
    style: Style,
    room: int,
) -> str:
    above = [f"# {escaped(title)}"] if style is Style.MARKDOWN else prose([title], style, room)
    head, *rows = grid
    least = dict.fromkeys(range(1, len(head)), COLUMN_LEAST)
    in_words = partial(_sentence, head)
    table = told_in_rows(Passage("What was known"), grid, (), least, in_words, (), style, room)
    sections = [
        [*above, *prose(_setting(wording, stages, rows), style, room)],
        *(passage(each, style, room) for each in (table, *below)),
    ]
    return finished("\n\n".join("\n".join(lines) for lines in sections) + "\n")


def _setting(wording: Wording, stages: Sequence[Stage[Any]], rows: Sequence[object]) -> Iterator[str]:
    """Of which scenario, how often anything was published and how often that mattered, and who the letters are."""
    yield f"{clean(wording.book.opened.title) or '(untitled)'}; {wording.period()}"
    times = sum(stage.at is not None for stage in stages)
    changed = len(rows) - 1
    often = _HOW_OFTEN.get(changed) or f"{changed:,} times"
    if times:
        yield f"Something was published at {times:,} {'time' if times == 1 else 'times'}; the answer changed {often}"
    else:
        yield "No source says when it was published: all of it counts as always known"
    cited = {source for stage in changes(tuple(stages)) for source in stage.sources if source in wording.letters}
    if cited:
        yield f"Sources: {wording.legend(cited)}"


_IN_WORDS = {
    "it expects": "expects ",
    "ledger": "ledger ",
    "published then": "published by ",
    "new then": "new: ",
}
"""What stands before a cell where there is no column, and its head is missing."""


def _sentence(head: Sequence[str], cells: Sequence[str]) -> str:
    """A row where there is no room for a table: "8 Feb 2022: holds; expects 3,000; ledger 3,000; new: e14"."""
    when, *others = cells
    told = zip(head[1:], others, strict=True)
    return f"{when}: " + "; ".join(f"{_IN_WORDS.get(name, '')}{cell}" for name, cell in told if cell != NONE_HERE)


def _when(wording: Wording, stage: Stage[Any]) -> str:
    return AT_FIRST if stage.at is None else wording.due(stage.at, with_year=True).strip()


def _what_came(wording: Wording, stage: Stage[Any]) -> list[str]:
    """Who published, and which entries came in with that."""
    letters = wording.lettered(source for source in stage.sources if source in wording.letters)
    return [letters or NONE_HERE, _new(stage) or NONE_HERE]


def _new(stage: Stage[Any]) -> str:
    """The entries that came in and bear on the answer, with what became known of earlier ones; and how many others did.

    All are alike where none is known to bear on it.
    """
    details = [f"{detail.entry}: {detail.of}" for detail in stage.details]
    bearing = [*stage.bearing, *details]
    others = len(stage.entries) - len(stage.bearing)
    if not bearing or not others:
        return named([*stage.entries, *details])
    return f"{named(bearing)}; and {others:,} other{'s' * (others != 1)}"


def _amounts(amounts: Sequence[Amount]) -> str:
    return (
        "; ".join(
            f"{_ranged(each.strength, each.interval)}{'' if each.kind is Kind.TROOPS else f' {each.kind}'}"
            + _known(each)
            for each in amounts
        )
        or "0"
    )


def _known(amount: Amount) -> str:
    """How a figure is known; where that is in several ways, how much of it in which."""
    if len(amount.known) == 1:
        return f", {KNOWN_AS[amount.basis]}"
    parts = ", ".join(f"{strength:,} {KNOWN_AS[basis]}" for basis, strength in amount.known)
    return f", of it {parts}" if parts else ""


def _ranged(strength: int, interval: Interval) -> str:
    within = bounds(interval)
    return f"{strength:,}" + (f" ({within})" if within else "")


def _said(wording: Wording, said: Said | None) -> list[str]:
    """The verdict on the claim, what it expected, and what the ledger had."""
    if said is None:
        return [NOT_YET, NONE_HERE, NONE_HERE]
    judgement = said.judgement
    if judgement.reading is None:
        verdict = f"withdrawn by {named(said.correctors)}" if said.correctors else str(judgement.verdict)
        test = said.claim.test
        return [verdict, spoken(test.expected) if isinstance(test, Count) else NONE_HERE, NONE_HERE]
    reading = reading_of(judgement)
    at = f" on {wording.day(reading.at)}" if _picked(judgement) else ""
    ledger = [_ranged(reading.strength, reading.interval) + at, *([so_far(reading)] if reading.there else [])]
    ledger += [undecided(judgement)] if judgement.verdict is Verdict.OPEN else []
    return [verdict_in_words(judgement), spoken(reading.expected), "; ".join(ledger)]


def _picked(judgement: Judgement) -> bool:
    """Whether the moment of a reading is the first of many that the verdict is about."""
    test = judgement.claim.test
    of_many = isinstance(test, Never | Separate) or (isinstance(test, Count) and test.at is When.ALWAYS)
    return of_many and judgement.verdict is not Verdict.HOLDS


def _reworded(wording: Wording, stages: Sequence[Stage[Said]]) -> Iterator[str]:
    """What amendments made of the claim itself: its words, what it asks, whom it is from, and why it is disputed."""
    before: dict[str, str] | None = None
    for stage in stages:
        if stage.answer is None:
            continue
        now = _stated(wording, stage.answer)
        first = {name: text for name, text in now.items() if name == DISPUTED and text}
        told = first if before is None else {name: text for name, text in now.items() if before[name] != text}
        yield from (f"{_when(wording, stage)}: {name} {text or 'no more'}" for name, text in told.items())
        before = now


def _stated(wording: Wording, said: Said) -> dict[str, str]:
    """What there is of a claim besides what it expects."""
    claim = said.claim
    return {
        "it says": clean(claim.says).strip(),
        "it is about": label(wording, claim.test),
        "it is from": "" if claim.per is None else wording.outlet(claim.per),
        DISPUTED: clean(claim.disputed).strip(),
    }
