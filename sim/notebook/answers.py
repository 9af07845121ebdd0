"""What a book comes to, as tables: its page, what happened, how claims stand, and what a figure is made of."""

from collections.abc import Collection

from sim.domain.claim import Noted
from sim.ledger import Book
from sim.ledger.claims import Judgement
from sim.notebook.markup import Table, block, first, sentences, table
from sim.posture.explanation import Explanation
from sim.posture.figure import Figure
from sim.posture.told import Timeline, Verdicts
from sim.report.answer import Answer, times_or_end
from sim.report.claims_table import expected_by, ledger_of, verdict_in_words
from sim.report.headline import headline
from sim.report.page import caution
from sim.report.posture_table import DEFAULT_FIELDS, posture_cells
from sim.report.question import label
from sim.report.timeline_table import timeline_cells
from sim.report.wording import MARKED, Wording, bounds, figure


def book(value: Book) -> str:
    """What the run comes to: its headline, and who is where at the times that its scenario asks for."""
    if not value.events:
        return block("A book with no events")
    answer = Answer(value, times_or_end(value.opened.snapshots, value.opened.end))
    wording = Wording(value)
    (heads, *rows), labels = posture_cells(answer, wording, DEFAULT_FIELDS)
    shown, more = first(rows)
    drawn = table(Table(heads, shown, range(labels, len(heads)), more, "snapshot(), series() have all"))
    return block(
        value.opened.title,
        sentences([wording.period(), caution(answer, wording)]),
        sentences(headline(answer, wording)),
        drawn,
        sentences([f"The range is that of the last figure; {MARKED}."]),
    )


def timeline(value: Timeline) -> str:
    """What was ordered, left and arrived, one line for what happened alike at one time."""
    answer, wording = Answer(value.book, ()), Wording(value.book)
    cells = timeline_cells(answer, wording)
    rows, more = first(cells[1:])
    drawn = Table(cells[0], rows, {len(cells[0]) - 3}, more, "iterate over it for all")
    return block("Timeline", table(drawn), sentences(["'!' rests on an assumption", _legend(wording)]))


def verdicts(value: Verdicts) -> str:
    """Who says what, what the ledger has, and how the one stands against the other."""
    wording = Wording(value.book)
    shown, more = first(value.judgements)
    heads = ["claim", "by", "about", "says", "ledger", "range", "verdict"]
    rows = [_verdict(wording, judgement) for judgement in shown]
    drawn = Table(heads, rows, {3, 4, 5}, more, "iterate over it for all")
    return block("Claims", table(drawn), sentences([_legend(wording)]))


def _verdict(wording: Wording, judgement: Judgement) -> list[str]:
    claim, reading = judgement.claim, judgement.reading
    by = wording.letters[claim.source]
    if reading is None:
        about = claim.says or (claim.test.why if isinstance(claim.test, Noted) else "")
        return [claim.id, by, about, "", "", "", str(judgement.verdict)]
    return [
        claim.id,
        by,
        label(wording, claim.test),
        expected_by(claim.test),
        ledger_of(judgement),
        bounds(reading.interval),
        verdict_in_words(judgement),
    ]


def explanation(value: Explanation) -> str:
    """What a figure is made of, which orders brought that about, and the sources behind it."""
    orders = [cause.order for cause in value.causes]
    called = {source.id: source.outlet or source.id for source in (*value.sources, *value.relayed)}
    causes = [
        [order.id, order.action, order.to or "", ", ".join(called.get(each, each) for each in order.grounds.sources)]
        for order in orders
    ]
    sources = [[source.id, source.outlet, source.title, source.url] for source in value.sources]
    return block(
        "Explanation",
        *map(_figure, value.figures),
        _if_any(["order", "action", "to", "sources"], causes, "causes has all"),
        _if_any(["source", "outlet", "title", "address"], sources, "sources has all"),
    )


def _figure(value: Figure) -> str:
    rows = [
        [row.unit, row.place, row.readiness.replace("-", " "), figure(row.strength, row.basis), bounds(row.interval)]
        for row in value.rows
    ]
    span = f" ({bounds(value.interval)})" if bounds(value.interval) else ""
    told = sentences([f"{value.strength:,} {value.kind}{span}{', made of:' if rows else ''}"])
    return told + _if_any(["unit", "place", "readiness", "strength", "range"], rows, "figures has all", {3, 4})


def _if_any(heads: list[str], rows: list[list[str]], rest: str, right: Collection[int] = ()) -> str:
    """A table of these rows; nothing where there are none."""
    shown, more = first(rows)
    return table(Table(heads, shown, right, more, rest)) if rows else ""


def _legend(wording: Wording) -> str:
    """What the letters of sources stand for; HTML keeps no two spaces, so commas part them."""
    called = wording.told_apart(wording.letters)
    return "; ".join(f"{wording.letters[source]} {called[source]}" for source in sorted(called))
