"""The claims for a person to read: what is asked, who says what, who cannot be right, and what failed ones come of."""

from collections import Counter
from collections.abc import Iterator, Sequence
from shlex import join

from sim.domain.claim import Noted
from sim.ledger.claims import Judgement, Verdict, correctors_of
from sim.posture.breakdown import breakdown_of
from sim.posture.nearest import nearest_reading
from sim.report.claims_matrix import POSSIBLE, conflicts_in_words, matrix
from sim.report.claims_table import DIFFERS, GIVEN, expected_by, verdict_in_words
from sim.report.failed_claim import failed, nearest_in_words
from sim.report.inquiry import Inquiry, Topic
from sim.report.knowledge import as_known
from sim.report.prose import ROOM_LEAST, Passage, heading, passage, prose, titled, told_in_rows
from sim.report.table import Style
from sim.report.text import clean, finished
from sim.report.undecided import undecided
from sim.report.whence import sources_below, whence
from sim.report.witness import said
from sim.report.wording import Wording, named

EXPLAINED_MAX = 10
"""How many failed claims are broken down."""

REMARKS_MAX = 20
"""How many lines there are about claims that are open, compatible, disputed, withdrawn or in conflict."""

LEGEND = f"'{GIVEN}' given: set the figure; '{POSSIBLE}' compatible; '{DIFFERS}' contradicted"


def claims_page(inquiry: Inquiry, where: Sequence[str], style: Style = Style.PLAIN, room: int = 100) -> str:
    """The page, `room` characters wide as far as its tables allow. `where` is how its scenario or log is named."""
    wording, drawn = inquiry.wording, matrix(inquiry, style, room)
    title = clean(wording.book.opened.title) or "(untitled)"
    cited = {judgement.claim.source for judgement in inquiry.judgements} if inquiry.narrowed else None
    above = "Reported against the ledger" + (f" ({LEGEND})" if drawn.across else "")
    told = [
        *(_in_words(inquiry, style, room) if inquiry.narrowed else ()),
        *_remarks(inquiry, drawn.across),
        *_failures(inquiry, style, room),
    ]
    known = as_known(inquiry.answer, wording, claims=True)
    sections = [
        titled(title, style, room),
        prose([wording.period(), *known, *whence(wording, cited)], style, room),
        prose(_summary(inquiry), style, room),
        [*heading(above, style, room), *drawn.lines] if inquiry.topics else [],
        *(passage(each, style, room) for each in told),
        sources_below(wording, style, room, cited),
        _foot(inquiry, where, style, room),
    ]
    if style is not Style.MARKDOWN:
        sections[:2] = [sections[0] + sections[1]]
    return finished("\n\n".join("\n".join(lines) for lines in sections if lines) + "\n")


def failed_claims(inquiry: Inquiry) -> list[Judgement]:
    """The claims that are contradicted, and not disputed, by id: the first EXPLAINED_MAX of them are broken down."""
    return [
        judgement
        for judgement in inquiry.judgements
        if judgement.verdict is Verdict.CONTRADICTED and not judgement.claim.disputed
    ]


_IN_ORDER = {
    "contradicted": "contradicted",
    "holds (disputed)": "disputed but holding",
    "contradicted (disputed)": "contradicted and disputed",
    "open": "open",
    "open (disputed)": "open and disputed",
    "compatible": "compatible",
    "compatible (disputed)": "compatible and disputed",
    "holds": "holding",
    "given": "given",
    "withdrawn": "withdrawn",
    "noted": "noted as untestable",
}


def _summary(inquiry: Inquiry) -> Iterator[str]:
    """How many claims there are, or are meant, and how they stand; and on what sources cannot all be right."""
    counted = Counter(_standing(judgement) for judgement in inquiry.judgements)
    standing = ", ".join(f"{counted[word]:,} {told}" for word, told in _IN_ORDER.items() if counted[word])
    answering, every = sum(len(topic.asked) for topic in inquiry.topics), len(inquiry.answer.judgements)
    if not every:
        yield "Nobody claims anything."
    elif not inquiry.judgements:
        yield f"None of {_many(every, 'claim')} fits."
    elif inquiry.narrowed:
        yield f"{len(inquiry.judgements):,} of {_many(every, 'claim')}: {standing}."
    else:
        of_them = f", {answering:,} of them" if answering < every else ""
        on = f"{of_them} on {_many(inquiry.topics_all, 'question')}" if answering else ""
        yield f"{_many(every, 'claim')}{on}: {standing}."
    if conflicting := [str(topic.number) for topic in inquiry.topics if topic.conflicts]:
        on = f"{_many(len(conflicting), 'question')}: {', '.join(conflicting)}"
        yield f"Of what answers the same question, not all can be true on {on}."


def _standing(judgement: Judgement) -> str:
    return str(judgement.verdict) if judgement.reading is None else verdict_in_words(judgement)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _remarks(inquiry: Inquiry, across: bool) -> Iterator[Passage]:
    """What is in conflict, where the matrix does not say; what is open or only compatible; what is disputed or taken
    back.
    """
    wording = inquiry.wording
    if across:
        in_conflict = [
            f"{topic.number}: {words}" for topic in inquiry.topics for words in conflicts_in_words(wording, topic)
        ]
        yield from _remark("Cannot all be true, as worded", in_conflict)
    answers = [(topic, judgement) for topic in inquiry.topics for judgement in topic.asked]
    open_ = [
        f"{_answer(wording, topic, judgement)}; {undecided(judgement)}."
        for topic, judgement in answers
        if judgement.verdict is Verdict.OPEN
    ]
    yield from _remark("Open: it turns on what was not known yet", open_)
    yield from _remark("Compatible: not the ledger's figure, but within its range", _compatible(inquiry))
    disputed = [
        f"{_answer(wording, topic, judgement)}, {judgement.verdict}. {clean(judgement.claim.disputed).rstrip('.')}."
        for topic, judgement in answers
        if judgement.claim.disputed and judgement.verdict is not Verdict.WITHDRAWN
    ]
    yield from _remark("Disputed by this scenario", disputed)
    yield from _remark("Taken back", list(_withdrawn(inquiry)))


def _withdrawn(inquiry: Inquiry) -> Iterator[str]:
    """What was taken back, by whom: the answers to questions, then what was only noted, in words."""
    answers = [(f"{topic.number}, ", judgement) for topic in inquiry.topics for judgement in topic.asked]
    answers += [("", judgement) for judgement in inquiry.judgements if isinstance(judgement.claim.test, Noted)]
    for number, judgement in answers:
        if judgement.verdict is Verdict.WITHDRAWN:
            by = named(correctors(inquiry.wording, judgement))
            letter, words = _stated(inquiry.wording, judgement)
            said = words if not number else expected_by(judgement.claim.test)
            yield f"{number}{letter}: {said}, by {by}."


def correctors(wording: Wording, judgement: Judgement) -> list[str]:
    """The claims that take one back, each with the letter of whose it is."""
    book = wording.book
    return [f"{id} ({wording.letters[book.claims[id].source]})" for id in correctors_of(book, judgement.claim.id)]


def _compatible(inquiry: Inquiry) -> list[str]:
    """What it takes for each answer that is only compatible to fit; those that say the same share a line."""
    found: dict[tuple[int, str, str], list[str]] = {}
    for topic in inquiry.topics:
        for judgement in topic.asked:
            nearest = nearest_reading(inquiry.wording.book, judgement)
            if judgement.verdict is Verdict.COMPATIBLE and nearest is not None:
                alike = topic.number, expected_by(judgement.claim.test), nearest_in_words(nearest)
                found.setdefault(alike, []).append(judgement.claim.source)
    return [
        f"{number}, {inquiry.wording.lettered(sources)}: {words}. {nearest}"
        for (number, words, nearest), sources in found.items()
    ]


def _remark(title: str, lines: Sequence[str]) -> Iterator[Passage]:
    if lines:
        more = [f"and {len(lines) - REMARKS_MAX:,} more: --format json has all"] if len(lines) > REMARKS_MAX else []
        yield Passage(title, (*lines[:REMARKS_MAX], *more))


def _answer(wording: Wording, topic: Topic, judgement: Judgement) -> str:
    """Which question, who, and what: "2, E: 0"."""
    return f"{topic.number}, {wording.letters[judgement.claim.source]}: {expected_by(judgement.claim.test)}"


def _in_words(inquiry: Inquiry, style: Style, room: int) -> Iterator[Passage]:
    """The claims asked about in words of their own, with those who have them from others; then what is only noted."""
    wording = inquiry.wording
    tested = [
        [str(topic.number), *_stated(wording, judgement), _standing(judgement)]
        for topic in inquiry.topics
        for judgement in sorted(topic.asked, key=lambda judgement: judgement.claim.source)
    ]
    if tested:
        grid = [["#", "by", "says", "verdict"], *tested]
        yield told_in_rows(Passage("In words"), grid, {0}, {2: 20, 3: 12}, _statement, (), style, room)
    noted = [
        [*_stated(wording, judgement), clean(judgement.claim.test.why)]
        for judgement in inquiry.judgements
        if isinstance(judgement.claim.test, Noted) and judgement.verdict is Verdict.NOTED
    ]
    if noted:
        grid = [["by", "says", "why it is not tested"], *noted]
        yield told_in_rows(Passage("Noted"), grid, (), {1: 20, 2: 20}, _note, (), style, room)


def _failures(inquiry: Inquiry, style: Style, room: int) -> Iterator[Passage]:
    """The first failed claims, broken down, and how many more there are."""
    failures = failed_claims(inquiry)
    for judgement in failures[:EXPLAINED_MAX]:
        yield from failed(inquiry.wording, breakdown_of(inquiry.wording.book, judgement), style, room)
    if len(failures) > EXPLAINED_MAX:
        yield Passage(f"and {len(failures) - EXPLAINED_MAX:,} more contradicted: --question breaks one down")


def _stated(wording: Wording, judgement: Judgement) -> tuple[str, str]:
    """Who says it, and what, with the claim's id, who was speaking, and whom it is from."""
    claim = judgement.claim
    whose = [clean(claim.speaker)] if claim.speaker else []
    whose += [f"from {wording.outlet(claim.per)}"] if claim.per is not None else []
    words = claim.id if isinstance(claim.test, Noted) and not claim.says else f"{claim.id}: {said(wording, judgement)}"
    return wording.letters[claim.source], words + (f" ({', '.join(whose)})" if whose else "")


def _statement(cells: list[str]) -> str:
    number, by, words, verdict = cells
    return f"{number}, {by}: {words}: {verdict}"


def _note(cells: list[str]) -> str:
    by, words, why = cells
    return f"{by}: {words}. Not tested: {why}"


def _foot(inquiry: Inquiry, where: Sequence[str], style: Style, room: int) -> list[str]:
    """How many statements there are that no question is about, and the next question to ask, to be copied."""
    noted = sum(judgement.verdict is Verdict.NOTED for judgement in inquiry.answer.judgements)
    lines = [] if inquiry.narrowed or not noted else [f"{_many(noted, 'claim')} noted as untestable: --verdict noted"]
    question = _next(inquiry, where)
    return [
        *prose(lines, style, room),
        *prose([f"Next: {question}"] if question else [], style, len(question) + ROOM_LEAST),
    ]


_FROM_WORST = (Verdict.CONTRADICTED, Verdict.OPEN, Verdict.COMPATIBLE, Verdict.HOLDS)


def _next(inquiry: Inquiry, where: Sequence[str]) -> str:
    """The command for the next question; empty where there is no more to ask."""
    failures = failed_claims(inquiry)
    tested = [judgement for topic in inquiry.topics for judgement in topic.asked if judgement.reading is not None]
    conflicting = [topic for topic in inquiry.topics if topic.conflicts]
    if failures or (inquiry.narrowed and tested):
        least = min(failures or tested, key=lambda judgement: _FROM_WORST.index(judgement.verdict))
        asked = ["explain", *where, "--claim", least.claim.id]
    elif inquiry.topics and not inquiry.narrowed:
        asked = ["claims", *where, "--question", str((conflicting or inquiry.topics)[0].number)]
    else:
        return ""
    question = join(["python", "-m", "sim", *asked])
    return question if question.isprintable() else clean(question)
