"""What stays behind, in words: which loads had not left by the end of a run, and what there was none of by then."""

from collections.abc import Collection, Iterable, Iterator

from sim.domain.event import Cause
from sim.domain.vocabulary import Kind
from sim.posture.behind import Behind, Lack, left_behind
from sim.report.answer import Answer
from sim.report.wording import NAMED_MAX, Wording


def behind(answer: Answer, wording: Wording, told: Collection[int] | None = None) -> list[str]:
    """A sentence for each order, side and kind of which loads had not left by the end; of many, of the first.

    They are of all that was ready, or of what is `told` of it, by the positions of the events.
    """
    found: dict[tuple[str, str, Kind, str, int, bool], list[Behind]] = {}
    for each in left_behind(answer.book, answer.timeline):
        if told is None or each.position in told:
            unit = answer.book.units[each.unit]
            alike = (each.order, unit.side, unit.kind, each.place, each.stretch, each.loads is None)
            found.setdefault(alike, []).append(each)
    sentences = [_sentence(wording, order, kind, each) for (order, _, kind, *_), each in found.items()]
    more = len(sentences) - NAMED_MAX
    return sentences if more <= 0 else [*sentences[:NAMED_MAX], f"Nor had loads of {more:,} more."]


def _sentence(wording: Wording, order: str, kind: Kind, found: list[Behind]) -> str:
    first, strength = found[0], sum(each.strength for each in found)
    much = f"{strength:,}" + ("" if kind is Kind.TROOPS else f" {kind}")
    whose = wording.unit(first.unit) if len(found) == 1 else f"{len(found):,} units"
    place = wording.place(first.place)
    if first.loads is None:
        return f"{much} of {whose} were not ready to leave {place} by the end ({order}): notice was not over."
    loads = sum(each.loads or 0 for each in found)
    what = "1 load" if loads == 1 else f"{loads:,} loads"
    why = f": {' and '.join(_lacks(wording, first.lacks))} then" if first.lacks else ""
    carriage = wording.book.orders[order].carriage
    if first.stretch and carriage is not None:
        on = wording.place(carriage.route[first.stretch + 1])
        return f"{what} ({much}) of {whose} had come to {place}, and not on to {on}, by the end ({order}){why}."
    return f"{what} ({much}) of {whose} had not left {place} by the end ({order}){why}."


def _lacks(wording: Wording, lacks: Iterable[Lack]) -> Iterator[str]:
    """What there is none of, in one clause, and which ports are closed."""
    none = {Cause.VEHICLE: "no vehicle of {}", Cause.SPOT: "no spot at {}"}
    found = [(lack, lack.of if lack.cause is Cause.VEHICLE else wording.place(lack.of)) for lack in lacks]
    if missing := [none[lack.cause].format(name) for lack, name in found if lack.cause in none]:
        yield f"there is {' and '.join(missing)}"
    yield from (f"{name} is closed" for lack, name in found if lack.cause is Cause.HOURS)
