"""What stays behind, in words: which loads had not left by the end of a run, and what there was none of by then."""

from collections.abc import Collection, Iterator

from sim.domain.lift import Carriage
from sim.domain.variate import Variate, median
from sim.domain.vocabulary import Kind
from sim.ledger.book import Book
from sim.posture.behind import Behind, left_behind
from sim.report.answer import Answer
from sim.report.text import clean
from sim.report.wording import NAMED_MAX, Wording


def behind(answer: Answer, wording: Wording, told: Collection[int] | None = None) -> list[str]:
    """A sentence for each order, side and kind of which loads had not left by the end; of many, of the first.

    They are of all that was ready, or of what is `told` of it, by the positions of the events.
    """
    found: dict[tuple[str, str, Kind], list[Behind]] = {}
    for each in left_behind(answer.book, answer.timeline):
        if told is None or each.position in told:
            unit = answer.book.units[each.unit]
            found.setdefault((each.order, unit.side, unit.kind), []).append(each)
    sentences = [_sentence(wording, order, kind, each) for (order, _, kind), each in found.items()]
    more = len(sentences) - NAMED_MAX
    return sentences if more <= 0 else [*sentences[:NAMED_MAX], f"Nor had loads of {more:,} more."]


def _sentence(wording: Wording, order: str, kind: Kind, found: list[Behind]) -> str:
    loads, strength = sum(each.loads for each in found), sum(each.strength for each in found)
    what = "1 load" if loads == 1 else f"{loads:,} loads"
    much = f"{strength:,}" + ("" if kind is Kind.TROOPS else f" {kind}")
    carriage = wording.book.orders[order].carriage
    lacks = [] if carriage is None else list(_lacks(wording, carriage))
    why = f": there is no {' and no '.join(lacks)} then" if lacks else ""
    whose = clean(wording.book.units[found[0].unit].name) if len(found) == 1 else f"{len(found):,} units"
    return f"{what} ({much}) of {whose} had not left {wording.place(found[0].place)} by the end ({order}){why}."


def _lacks(wording: Wording, carriage: Carriage) -> Iterator[str]:
    """What there is none of at the end, that a load needs to leave."""
    book, lift = wording.book, wording.book.lift.get(carriage.lifts[0])
    if lift is None:
        return
    if _none(_latest(book, lift.id, None, lift.vehicles)):
        yield f"vehicle of {lift.id}"
    for port in book.ports.values():
        stands = not _none(lift.ground if port.ground is None else port.ground)
        if port.place in carriage.route[:2] and stands and _none(_latest(book, None, port.id, port.spots)):
            yield f"spot at {wording.place(port.place)}"


def _latest(book: Book, lift: str | None, port: str | None, first: Variate) -> Variate:
    """How many vehicles of a lift, or spots of a port, there are at the end."""
    changed = [
        change.amount
        for change in book.capacity.values()
        if (change.lift, change.port) == (lift, port) and change.at <= book.opened.end
    ]
    return changed[-1] if changed else first


def _none(amount: Variate) -> bool:
    """Whether a run takes it for 0."""
    return median(amount) < 0.5
