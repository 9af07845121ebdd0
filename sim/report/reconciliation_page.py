"""A reconciliation for people: whether all can be true, what cannot, who agrees, and what the reports allow."""

from collections.abc import Iterator, Sequence
from shlex import join

from sim.reconcile.cluster import Together
from sim.reconcile.effort import Extent
from sim.reconcile.reconciliation import Reconciliation
from sim.report.agreement import agreeing, how_far, relieving
from sim.report.allowed_table import IMPOSSIBLE, OPEN, allowed_table, telling
from sim.report.answer import Answer
from sim.report.contradiction import contradictions_in_words, grounds_of
from sim.report.knowledge import as_known
from sim.report.prose import ROOM_LEAST, Passage, heading, passage, prose
from sim.report.table import Style, escaped
from sim.report.text import clean, finished
from sim.report.whence import sources_below, whence
from sim.report.wording import Wording, named


def reconciliation_page(
    answer: Answer,
    found: Reconciliation,
    command: Sequence[str],
    asked: bool,
    style: Style = Style.PLAIN,
    room: int = 100,
) -> str:
    """The page, `room` characters wide as far as its tables allow.

    `asked` says that somebody asked the questions; else they are the lines of the posture, and those that say nothing
    new are left out. `command` is how a claim of this scenario or log is explained.
    """
    wording = Wording(answer.book)
    title = clean(answer.book.opened.title) or "(untitled)"
    cited = _cited(found)
    told = [
        *agreeing(wording, found.agreements, style, room),
        *relieving(wording, found),
        *_allowed(answer, wording, found, asked, style, room),
    ]
    sections = [
        [f"# {escaped(title)}"] if style is Style.MARKDOWN else prose([title], style, room),
        prose([wording.period(), *as_known(answer, wording, claims=True), *whence(wording, cited)], style, room),
        prose(_summary(answer, found), style, room),
        *_contradictions(answer, wording, found, style, room),
        *(passage(each, style, room) for each in told),
        sources_below(wording, style, room, cited),
        _next(found, command, style),
    ]
    if style is not Style.MARKDOWN:
        sections[:2] = [sections[0] + sections[1]]
    return finished("\n\n".join("\n".join(lines) for lines in sections if lines) + "\n")


def _cited(found: Reconciliation) -> set[str]:
    """The sources that the page names by their letters."""
    told = [*found.contradictions.found, *found.contradictions.beneath]
    cited = {source for each in told for statement in each.statements for source in statement.sources}
    cited.update(source for each in told for figure in each.figures for source in grounds_of(figure).sources)
    cited.update(source for agreement in found.agreements.found for source in agreement.others)
    bounds = [bound for allowance in found.allowances for bound in (allowance.least, allowance.most)]
    cited.update(source for bound in bounds for statement in bound.statements for source in statement.sources)
    return cited


def _summary(answer: Answer, found: Reconciliation) -> Iterator[str]:
    """The answer, in a sentence or two."""
    if found.claims:
        yield from _together(found)
    else:
        yield "No claim can be tested that is not disputed or taken back: there is nothing to hold together."
    disputed = sum(bool(claim.disputed) for claim in answer.book.claims.values())
    if disputed:
        yield f"{disputed:,} disputed {'claim is' if disputed == 1 else 'claims are'} left aside."


def _together(found: Reconciliation) -> Iterator[str]:
    """Whether the claims can all be true."""
    statements, one = len(found.statements), found.claims == 1
    same = f" ({statements:,} statements, for some say the same)" if statements < found.claims else ""
    meant = (
        f"{'1 claim' if one else f'{found.claims:,} claims'} can be tested, and {_are(found.claims)} not disputed{same}"
    )
    match found.together:
        case Together.POSSIBLE:
            yield f"{meant}. {'It can be true.' if one else 'They can all be true together.'}"
        case Together.UNDECIDED:
            whether = "it can be true" if one else "they can all be true together"
            yield f"{meant}. Whether {whether} could not be found out with the effort given."
        case Together.IMPOSSIBLE:
            yield f"{meant}. {'It cannot be true.' if one else 'They cannot all be true together.'}"
            yield _how_many(found, len(found.contradictions.real), len(found.contradictions.rounding))


def _how_many(found: Reconciliation, real: int, rounding: int) -> str:
    """How many contradictions there are, and how many of them rounding explains."""
    differences = f"{rounding:,} rounding {'difference' if rounding == 1 else 'differences'}"
    if found.contradictions.as_round is Together.POSSIBLE:
        they = "it" if found.claims == 1 else "they"
        return f"But with round figures read as rounded {they} can: there {_are(rounding)} {differences}."
    if not real:
        return "Which of them are in the way of others could not be found out with the effort given."
    contradictions = f"{real:,} {'contradiction' if real == 1 else 'contradictions'}"
    return f"There {_are(real)} {contradictions}" + (f", and {differences}." if rounding else ".")


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _contradictions(
    answer: Answer, wording: Wording, found: Reconciliation, style: Style, room: int
) -> Iterator[list[str]]:
    """What cannot all be true, then what cannot to the last digit, and whether that is all."""
    kinds = (
        ("What cannot all be true", found.contradictions.real),
        ("Rounding differences", found.contradictions.rounding),
    )
    for title, contradictions in kinds:
        if contradictions:
            yield [line for line in heading(title, style, room) if line]
            for told in contradictions_in_words(answer, wording, contradictions, style, room):
                lines = passage(told, style, room)
                yield [f"#{lines[0]}", *lines[1:]] if style is Style.MARKDOWN else lines
    if found.contradictions.extent is not Extent.ALL:
        yield prose([how_far(found.contradictions.extent, "contradictions", "smallest")], style, room)


def _allowed(
    answer: Answer, wording: Wording, found: Reconciliation, asked: bool, style: Style, room: int
) -> Iterator[Passage]:
    """The least and the most that the reports allow; of the posture only the lines that adding does not give."""
    shown = [allowance for allowance in found.allowances if asked or telling(allowance)]
    times = {allowance.question.at for allowance in found.allowances}
    when = f", {wording.day(min(times))}" if len(times) == 1 else ""
    title = f"What the reports, taken together, allow{when}"
    same = len(found.allowances) - len(shown)
    sentences = []
    if found.left_out and found.allowances:
        sentences.append(
            f"Without what is in a contradiction: {named([each.claims[0].id for each in found.left_out])}."
        )
    if same:
        lines = "every line" if not shown else "the other line" if same == 1 else f"the other {same:,} lines"
        sentences.append(f"For {lines} of the posture, it is what adding gives.")
    marks = [
        *([f"'{IMPOSSIBLE}' not possible"] if any(not each.fits for each in shown) else []),
        *([f"'{OPEN}' or less wide"] if any(each.extent is not Extent.ALL for each in shown) else []),
    ]
    title += f" ({'; '.join(marks)})" if marks else ""
    if shown:
        yield allowed_table(wording, title, sentences, shown, style, room)
    elif sentences:
        yield Passage(title, tuple(sentences))


def _next(found: Reconciliation, command: Sequence[str], style: Style) -> list[str]:
    """The command that explains what to look at first, to be copied; nothing where nothing is contradicted."""
    claims = [claim for relief in found.reliefs for claim in relief.claims]
    if not claims:
        return []
    question = join([*command, "--claim", claims[0].id])
    return prose(
        [f"Next: {question if question.isprintable() else clean(question)}"], style, len(question) + ROOM_LEAST
    )
