"""Causes in words: the orders behind a figure, with their windows, and what each rests on."""

from collections.abc import Iterator, Sequence

from sim.domain.calendar import format_duration
from sim.domain.claim import Claim
from sim.domain.grounds import Grounds
from sim.domain.lift import Carriage
from sim.domain.order import Leg, Order, Part, goes_by_lift, legs_of
from sim.domain.override import overrides
from sim.domain.unit import Unit
from sim.domain.variate import Variate
from sim.domain.vocabulary import Action, Basis
from sim.posture.cause import Cause
from sim.report.prose import Passage
from sim.report.spread import as_written, lasting
from sim.report.text import clean
from sim.report.wording import ASSUMED, Wording, named, spoken

CAUSES_MAX = 10
"""How many orders a page shows, and how many legs and refusals of each."""


def causes_in_words(wording: Wording, causes: Sequence[Cause]) -> Iterator[Passage]:
    """The orders, those that moved something first; nothing where there is none."""
    if causes:
        ordered = sorted(causes, key=lambda cause: not cause.moved)
        lines = [line for cause in ordered[:CAUSES_MAX] for line in _cause(wording, cause)]
        if len(causes) > CAUSES_MAX:
            lines.append(f"and {len(causes) - CAUSES_MAX:,} more orders: --format json has all")
        yield Passage("Orders", tuple(lines))


def because(grounds: Grounds) -> list[str]:
    """Why something is assumed, in full, as a line below what it is about."""
    return [f"  ! {clean(grounds.because)}"] if grounds.because else []


def on_whose_word(wording: Wording, grounds: Grounds) -> str:
    """The letters of the sources, or that it is assumed."""
    return wording.lettered(grounds.sources) or f"{ASSUMED} !"


def amended_by(wording: Wording, entry: Unit | Order | Claim) -> Iterator[str]:
    """What later sources changed of an entry, and from when on that was known; nothing where none did.

    Of those that were known from the same minute on, it says which of them overrides another, and in what.
    """
    book = wording.book
    amendments = book.amendments_of(entry)
    if not amendments:
        return
    overridden: dict[str, str] = {}
    for each in overrides(book.first_reported(type(entry))[entry.id], amendments):
        by = f"; {named(each.keys)} overridden by {each.by}"
        overridden[each.amendment] = overridden.get(each.amendment, "") + by
    for since, amendment in amendments:
        known = "" if since is None else f", known from {wording.due(since).strip()} on"
        in_vain = overridden.get(amendment.id, "")
        yield f"  amended by {amendment.id} ({wording.lettered(amendment.sources)}){known}{in_vain}"


def _figure_of(wording: Wording, part: Part) -> Iterator[str]:
    """A part's strength in the report's words, if it has any, why it is taken as it is, and the part's own reason."""
    if part.reported is not None:
        chosen = f", taken as {part.strength:,}" if part.reported.nominal != part.strength else ""
        by = f" ({on_whose_word(wording, part.post_grounds)})" if part.post_grounds.stated else ""
        yield f'    "{spoken(part.reported)}"{chosen}{by}'
        yield from (f"  {line}" for line in because(part.post_grounds))
    yield from (f"  {line}" for line in because(part.grounds))


def _cause(wording: Wording, cause: Cause) -> Iterator[str]:
    order = cause.order
    yield (
        f"{order.id}: {_command(wording, order)}, given {wording.date(order.at).strip()} to {named(cause.units)} "
        f"({on_whose_word(wording, order.grounds)}; log {cause.position:,})"
    )
    yield from because(order.grounds)
    yield from amended_by(wording, order)
    if order.carriage is not None and goes_by_lift(order):
        (leg,) = legs_of(order)
        yield from _by_lift(wording, order, order.carriage, leg)
        yield from _outcome(wording, cause)
        return
    legs = legs_of(order) if order.moves else ()
    for leg in legs[:CAUSES_MAX]:
        yield from _leg(wording, order, leg)
    if len(legs) > CAUSES_MAX:
        yield f"  and {len(legs) - CAUSES_MAX:,} more parts: --format json has all"
    yield from _outcome(wording, cause)


def _command(wording: Wording, order: Order) -> str:
    """What it commands."""
    match order.action:
        case Action.ALERT:
            return "to heightened alert"
        case Action.STANDBY:
            return "to standby"
        case Action.STAND_DOWN:
            return "to stand down"
        case Action.DEPLOY:
            return f"deploy {wording.destinations([order.to or ''])}"
        case Action.RETURN:
            origins = [wording.book.units[unit].origin for unit in wording.book.addressed(order.id)]
            return f"return {wording.destinations(origins)}"
        case Action.CANCEL:
            return f"cancel {order.cancels}"


def _by_lift(wording: Wording, order: Order, carriage: Carriage, leg: Leg) -> Iterator[str]:
    """What it goes by and which way, when it may leave, and that the run alone says when it does."""
    stops = " to ".join(wording.place(stop) for stop in carriage.route)
    yield f"  goes by {named(tuple(dict.fromkeys(carriage.lifts)))} from {stops}{_loads(carriage)}"
    yield f"  may leave {_ready(wording, carriage, leg)}"
    yield from _own(order, leg.depart_grounds)
    does = "leaves and arrives" if leg.depart.by is None else "arrives"
    yield f"  {does} load by load, as the run works out, assumed !"


def _ready(wording: Wording, carriage: Carriage, leg: Leg) -> str:
    """From when on it may leave, and how that is known: a notice no report gives, whatever its order rests on."""
    known = _known(wording, leg.depart_basis, leg.depart_grounds)
    dated = leg.depart.after is not None or leg.depart.by is not None
    window = _window(wording, leg.depart.after, leg.depart.by) if dated else "when ordered"
    if carriage.notice is None:
        return window + known
    guess, notice = f", {ASSUMED} !", _notice(carriage.notice)
    if not dated:
        return notice + guess
    return f"{notice}{'' if known == guess else guess + ','} and {window}{known}"


def _loads(carriage: Carriage) -> str:
    """How much goes in a load and what it weighs, where that is told."""
    if carriage.load is None:
        return ""
    weight = "" if carriage.tons is None else f" of {as_written(carriage.tons, 'tons')}"
    return f", at most {as_written(carriage.load, 'a load')}{weight}"


def _notice(notice: Variate) -> str:
    """How long after the order it is ready to leave."""
    return as_written(notice, "after the order", show=lasting)


def _leg(wording: Wording, order: Order, leg: Leg) -> Iterator[str]:
    """When it, or a part of it, leaves and arrives, how that is known, and what it rests on where that is its own."""
    part = "" if leg.strength is None else f"{leg.strength:,} of it: "
    undated = leg.depart.after is None and leg.depart.by is None
    leaves = "when ordered" if undated else _window(wording, leg.depart.after, leg.depart.by)
    yield f"  {part}leaves {leaves}{_known(wording, leg.depart_basis, leg.depart_grounds)}"
    if undated:
        yield "    ! nothing dates it"
    yield from _own(order, leg.depart_grounds)
    if leg.part is not None:
        yield from _figure_of(wording, leg.part)
    if leg.arrives is None:
        yield f"  {part}is still on its way: no arrival is known"
        return
    arrives = f"{format_duration(leg.arrives - leg.leaves)} later"
    if leg.arrive.by is not None:
        arrives = _window(wording, leg.arrive.after, leg.arrive.by)
    yield f"  {part}arrives {arrives}{_known(wording, leg.arrive_basis, leg.arrive_grounds)}"
    yield from _own(order, leg.arrive_grounds)


def _window(wording: Wording, after: int | None, by: int | None) -> str:
    first = "" if after is None else wording.date(after).strip()
    last = "" if by is None else wording.due(by).strip()
    if first and last:
        return f"from {first} to {last}"
    return f"from {first} on" if first else f"by {last}"


def _known(wording: Wording, basis: Basis, grounds: Grounds) -> str:
    """How it is known, and on whose word."""
    letters = wording.lettered(grounds.sources)
    return f", {basis}" + (f" ({letters})" if letters else "") + (" !" if basis is Basis.ASSUMED else "")


def _own(order: Order, grounds: Grounds) -> Iterator[str]:
    """Why a window is assumed, where that is not why its order is."""
    if grounds != order.grounds:
        yield from (f"  {line}" for line in because(grounds))


def _outcome(wording: Wording, cause: Cause) -> Iterator[str]:
    """Whom else it was given to, and what had come of it with those whom it did not move."""
    if cause.others:
        yield f"  given as well to {named(cause.others)}, not in this figure"
    for refusal in cause.refused[:CAUSES_MAX]:
        yield f"  refused by {refusal.unit}: {clean(refusal.reason)}"
    if len(cause.refused) > CAUSES_MAX:
        yield f"  and {len(cause.refused) - CAUSES_MAX:,} more refused it: --format json has all"
    by_order: dict[str, list[str]] = {}
    for unit, order in cause.cancelled:
        by_order.setdefault(order, []).append(unit)
    for order, units in by_order.items():
        yield f"  cancelled for {named(units)} by {_when_and_whose(wording, wording.book.orders[order])}"
    done = {*cause.moved, *(refusal.unit for refusal in cause.refused), *(unit for unit, _ in cause.cancelled)}
    waiting = [unit for unit in cause.units if unit not in done]
    if waiting and cause.order.action is not Action.CANCEL:
        yield f"  nothing has come of it yet with {named(waiting)}"


def _when_and_whose(wording: Wording, order: Order) -> str:
    return f"{order.id}, given {wording.date(order.at).strip()} ({on_whose_word(wording, order.grounds)})"
