"""The timeline by itself: all that happened, or what of it was asked for, and who says so."""

from collections.abc import Iterator, Sequence

from sim.posture.excerpt import Scope, Told
from sim.report.answer import Answer
from sim.report.behind import behind
from sim.report.knowledge import as_known
from sim.report.prose import heading, prose, titled
from sim.report.table import Style
from sim.report.text import clean, finished
from sim.report.timeline_table import TITLE, timeline_table
from sim.report.wording import Wording


def timeline_page(answer: Answer, scope: Scope, told: Sequence[Told], style: Style, room: int) -> str:
    """The page of what is `told` within a scope, `room` characters wide as far as its table allows."""
    wording = Wording(answer.book)
    title = clean(answer.book.opened.title) or "(untitled)"
    table = timeline_table(answer, wording, style, room, None, told)
    sources = {source for happening, _ in told for source in happening.grounds.sources}
    head = [wording.period(), *as_known(answer, wording), *([f"Sources: {wording.legend(sources)}"] if sources else [])]
    sections = [
        titled(title, style, room),
        prose(head, style, room),
        [*heading(TITLE, style, room), *table] if table else [],
        prose(behind(answer, wording, {happening.position for happening, _ in told}), style, room),
        prose(_how_many(wording, scope, len(told), len(answer.timeline)), style, room),
    ]
    if style is not Style.MARKDOWN:
        sections[:2] = [sections[0] + sections[1]]
    return finished("\n\n".join("\n".join(lines) for lines in sections if lines) + "\n")


def _how_many(wording: Wording, scope: Scope, told: int, of: int) -> list[str]:
    """How many of how many events are told, and what was asked for."""
    if scope == Scope():
        return [] if of else ["Nothing happens."]
    events = "1 event" if of == 1 else f"{of:,} events"
    asked = ", ".join(_asked(wording, scope))
    return [f"{told:,} of {events} (alike ones share a line): {asked}." if told else f"None of {events}: {asked}."]


def _asked(wording: Wording, scope: Scope) -> Iterator[str]:
    """What was asked for, in the words of the command line."""
    for noun, ids in (("unit", scope.units), ("place", scope.places), ("order", scope.orders)):
        if ids:
            yield f"{noun} {' or '.join(ids)}"
    if scope.since is not None:
        yield f"since {wording.date(scope.since).strip()}"
    if scope.until is not None:
        yield f"until {wording.day(scope.until)}"
