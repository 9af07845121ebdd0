"""A comparison for people: what changed and who ordered it, or what differs, and in what the scenarios do."""

from collections.abc import Iterator, Sequence

from sim.posture.difference import Difference
from sim.report.answer import Answer
from sim.report.comparison import Comparison
from sim.report.difference_table import difference_table, signed
from sim.report.labels import Labels
from sim.report.prose import heading, prose
from sim.report.redefinition_table import only_in_one, redefinition_table
from sim.report.table import Style, escaped
from sim.report.text import clean, finished
from sim.report.wording import MARKED, Wording


def comparison_page(comparison: Comparison, names: tuple[str, str], style: Style, room: int) -> str:
    """The page of a comparison, `room` characters wide as far as its tables allow; `names` are those of two runs."""
    if comparison.of_one_run:
        title, head = _title(comparison.first), _head(comparison)
    else:
        title, head = "Two runs compared", [*_heads(comparison, names)]
    sections = [
        [f"# {escaped(title)}"] if style is Style.MARKDOWN else prose([title], style, room),
        prose(head, style, room),
        _changes(comparison, style, room),
        [] if comparison.of_one_run else _definitions(comparison, style, room),
    ]
    if style is not Style.MARKDOWN:
        sections[:2] = [sections[0] + sections[1]]
    return _joined(sections)


def comparison_table(comparison: Comparison, name: str, style: Style, room: int) -> str:
    """One part of the page by itself: its changes or its definitions."""
    return _joined([(_definitions if name == "definitions" else _changes)(comparison, style, room)])


def _joined(sections: Sequence[list[str]]) -> str:
    return finished("\n\n".join("\n".join(lines) for lines in sections if lines) + "\n")


def _title(answer: Answer) -> str:
    return clean(answer.book.opened.title) or "(untitled)"


def _head(comparison: Comparison) -> list[str]:
    """When the run is, and whose letters stand behind the orders."""
    wording, orders = Wording(comparison.first.book), comparison.first.book.orders
    named = {order for change in comparison.difference.changes for order in change.orders}
    sources = {source for order in named for source in orders[order].grounds.sources}
    dates = f"{wording.period()}; a date is the end of that day"
    return [dates, f"Sources: {wording.legend(sources)}"] if sources else [dates]


def _heads(comparison: Comparison, names: tuple[str, str]) -> Iterator[str]:
    """Which run each of two is, and at what time."""
    sides = zip(("First", "Second"), names, (comparison.first, comparison.second), strict=True)
    for which, name, answer in sides:
        at = Wording(answer.book).due(answer.times[0], with_year=True).strip()
        yield f"{which}: {clean(name)}, {at}: {_title(answer)}"


def _changes(comparison: Comparison, style: Style, room: int) -> list[str]:
    difference = comparison.difference
    one, other = (Wording(answer.book) for answer in (comparison.first, comparison.second))
    foot = prose(_foot(comparison), style, room)
    if comparison.of_one_run:
        first, last = one.day(comparison.first.times[0]), other.day(comparison.second.times[0])
        heads, labels = (first, last, "change"), Labels([one], difference.by)
        title = f"What changed from {first} to {last} (the range is that of the change; {MARKED})"
    else:
        heads, labels = ("first", "second", "difference"), Labels([one, other], difference.by)
        title = f"What differs (the range is that of the difference; {MARKED})"
    table = difference_table(difference, labels, heads, _sources(comparison), style, room)
    if not table:
        return foot
    return [*heading(title, style, room), *table, *([""] if foot else []), *foot]


def _sources(comparison: Comparison) -> dict[str, str]:
    """The letters of the sources of every order of one run; two runs may have other sources under the same letters."""
    if not comparison.of_one_run:
        return {}
    wording, orders = Wording(comparison.first.book), comparison.first.book.orders
    named = {order for change in comparison.difference.changes for order in change.orders}
    return {order: wording.lettered(orders[order].grounds.sources) or "assumed" for order in named}


def _foot(comparison: Comparison) -> Iterator[str]:
    """What the changes of one run come to, and how many lines there is nothing to say of."""
    difference, same = comparison.difference, comparison.difference.unchanged
    if not difference.changes:
        yield _nothing(comparison)
    elif comparison.of_one_run:
        yield from _sums(difference)
    if same:
        yield "1 line is the same and left out." if same == 1 else f"{same:,} lines are the same and left out."


def _sums(difference: Difference) -> Iterator[str]:
    """What the changes of each kind add up to: to 0, but for what was mustered in between."""
    sums: dict[str, int] = {}
    for total in difference.totals:
        sums[total.kind] = sums.get(total.kind, 0) + total.strength
    if not any(sums.values()):
        yield f"The changes{' of each kind' if len(sums) > 1 else ''} add up to 0: strength was only moved."
    for kind, change in sums.items():
        if change:
            yield f"The changes of {kind} add up to {signed(change)}: so many were mustered in between."


def _nothing(comparison: Comparison) -> str:
    if not comparison.of_one_run:
        return "The posture is the same in both."
    first, last = (Wording(each.book).day(each.times[0]) for each in (comparison.first, comparison.second))
    return f"Nothing changed from {first} to {last}."


def _definitions(comparison: Comparison, style: Style, room: int) -> list[str]:
    """What the scenarios do not say alike."""
    wordings = Wording(comparison.first.book), Wording(comparison.second.book)
    if not comparison.definitions:
        return prose(["The scenarios say the same."], style, room)
    sentences = prose(only_in_one(comparison.definitions), style, room)
    table = redefinition_table(comparison.definitions, wordings, style, room)
    between = [""] if sentences and table else []
    return [*heading("What the scenarios do not say alike", style, room), *sentences, *between, *table]
