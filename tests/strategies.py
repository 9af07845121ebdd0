"""Hypothesis strategies for domain values: small, rich, and always such as a scenario file can say.

`scenarios()` is the one to start from. Its orders are often illegal in the state their units are in, its times often
fall in the same minute, and its texts are often words that YAML would take for something else.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import TypeVar

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy, composite

from sim.domain.amendment import Amendment, in_turn, known_from, lies_before
from sim.domain.calendar import Calendar
from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector, Separate, Test, When
from sim.domain.grounds import NO_GROUNDS, Grounds
from sim.domain.lift import Carriage, Change, Hours, Lift, Mode, Port, Speed
from sim.domain.order import ANY_TIME, Order, Part, Transit, Window
from sim.domain.place import UNSTATED, Place, chain
from sim.domain.quantity import QUANTITY_MAX, Quantity, exactly, parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Post, Unit, parts_by_unit, with_parts
from sim.domain.variate import Empirical, Fixed, LogNormal, Normal, Triangular, Uniform, Variate, median
from sim.domain.vocabulary import MOVES, Action, Basis, Kind, Readiness

DAY = 1440

M = TypeVar("M", Window, Part, Transit)

ids = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True).filter(lambda text: text != UNSTATED)
"""Ids of anything."""

_TRICKY = ("NO", "12:30", "010", "null", "~", "true", "1e3", "0x10", ".inf", "2022-02-02", "D+3", "é", "日本", "🪖")
_WORDS = st.one_of(
    st.sampled_from([*_TRICKY, *"=-?|><,;#!@`%{[", "<<", "&a", "*a", "'a'", '"a"', "a:b", "\\n"]),
    st.sampled_from(["a: b", "a #b", "- a", "? a", "it's", 'say "so"', "\\", "\ufeff", "\u200d"]),
    st.text("abcXYZ 019.,:;-\u2013#'\"\\éß日\U0001fa96", min_size=1, max_size=12),
)


def _one_line(text: str) -> str:
    return " ".join(text.split())


texts = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join).map(_one_line).filter(bool)
"""One line of text, never empty, without spaces at its ends or two in a row."""

_plain_texts = st.text("abcdefgh XYZ", min_size=1, max_size=8).map(_one_line).filter(bool)

urls = st.builds("{}://{}/{}".format, st.sampled_from(["http", "https"]), ids, st.text("abc0?&=#%,;:'[]", max_size=8))

shares = st.one_of(st.just(Fraction(1, 10)), st.integers(0, 10**8).map(lambda millionths: Fraction(millionths, 10**8)))
"""What `about` may be: 0 to 1."""

_OF_SOMETHING = ("less than {}", "under {}", "nearly {}", "almost {}")
_OF_ANYTHING = (
    *("{}", "exactly {}", "more than {}", "over {}", "More Than {}", "at least {}", "up to {}", "at most {}"),
    *("about {}", "roughly {}", "around {}", "approximately {}", "some {}", "~{}", "ABOUT  {}"),
)
_VAGUE = (
    *("dozens", "hundreds", "thousands", "tens of thousands", "Dozens"),
    *("several dozen", "several hundred", "a few thousand"),
)

_numbers = st.one_of(st.integers(0, 40), st.sampled_from([300, 1000, 1700, 3000, 8500]), st.integers(0, QUANTITY_MAX))


@composite
def wordings(draw: DrawFn) -> str:
    """A quantity in the words of a report, from all of the grammar."""
    if draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(_VAGUE))
    number = draw(_numbers)
    if draw(st.integers(0, 5)) == 0:
        joint = draw(st.sampled_from([" to ", "-", "\u2013", " - "]))
        return f"{number}{joint}{draw(st.integers(number, min(2 * number + 5, QUANTITY_MAX)))}"
    written = draw(st.sampled_from([str(number), f"{number:,}"]))
    return draw(st.sampled_from((*_OF_ANYTHING, *_OF_SOMETHING) if number else _OF_ANYTHING)).format(written)


def quantities(about: Fraction = Fraction(1, 10)) -> SearchStrategy[Quantity]:
    """Quantities of every wording, as they read in a scenario with this `about`."""
    return wordings().map(lambda wording: parse_quantity(_one_line(wording), about))


def subsets(values: Sequence[str], most: int = 3, least: int = 0) -> SearchStrategy[tuple[str, ...]]:
    """Some of the values, each once, in byte order."""
    if not values:
        return st.just(())
    chosen = st.lists(st.sampled_from(values), unique=True, min_size=least, max_size=most)
    return chosen.map(lambda found: tuple(sorted(found)))


def minutes(end: int, first: int = 0) -> SearchStrategy[int]:
    """Minutes from `first` to `end`, often the same few."""
    likely = [minute for minute in (0, 60, DAY, 2 * DAY, 2 * DAY + 1, 3 * DAY, end) if first <= minute <= end]
    anywhere = st.integers(first, end)
    return st.one_of(st.sampled_from(likely), anywhere) if likely else anywhere


known_at = st.integers(-31 * DAY, 61 * DAY)
"""Minutes at which to ask what was known: from before the first source is published to after the last."""


def calendars() -> SearchStrategy[Calendar]:
    """Calendars that start between 1950 and 2100, in zones with and without changes of clocks."""
    starts = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
    zones = st.sampled_from(["UTC", "America/New_York", "Europe/Warsaw", "Asia/Kathmandu"])
    return st.builds(Calendar, starts.map(lambda start: start.replace(second=0, microsecond=0)), zones)


def grounds(sources: Sequence[str], *, stated: bool) -> SearchStrategy[Grounds]:
    """Grounds on some of `sources`, a reason, or both; where not `stated`, perhaps neither."""
    because = Grounds((), "assumed")
    some = st.builds(Grounds, subsets(sources, least=1), st.sampled_from(["", "so it seems"]))
    choices = [some, st.just(because)] if sources else [st.just(because)]
    return st.one_of(*choices) if stated else st.one_of(st.just(NO_GROUNDS), *choices)


@composite
def sources_of(draw: DrawFn) -> dict[str, Source]:
    """One to three sources; each may relay those before it."""
    found: dict[str, Source] = {}
    for source in draw(st.lists(ids, unique=True, min_size=1, max_size=3)):
        found[source] = Source(
            source,
            draw(texts),
            draw(st.one_of(st.just(""), texts)),
            draw(st.one_of(st.none(), st.integers(-30 * DAY, 60 * DAY))),
            draw(st.one_of(st.just(""), urls)),
            draw(st.one_of(st.just(""), urls)),
            draw(subsets(list(found), most=2)),
        )
    return found


def _degrees(most: int) -> SearchStrategy[float]:
    return st.one_of(
        st.sampled_from([0.0, float(most), float(-most)]),
        st.integers(-most * 10**6, most * 10**6).map(lambda millionths: millionths / 10**6),
    )


@composite
def places_of(draw: DrawFn) -> dict[str, Place]:
    """One to four places; each may lie within one before it."""
    found: dict[str, Place] = {}
    for place in draw(st.lists(ids, unique=True, min_size=1, max_size=4)):
        lat, lon = draw(st.one_of(st.just((None, None)), st.tuples(_degrees(90), _degrees(180))))
        within = draw(st.sampled_from([None, *found]))
        country = draw(st.sampled_from([None, "US", "PL", "NO"]))
        found[place] = Place(place, draw(st.one_of(st.just(place), texts)), within, country, lat, lon)
    return found


@composite
def units_of(
    draw: DrawFn, sources: Sequence[str], places: Sequence[str], about: Fraction, most: int = 4
) -> dict[str, Unit]:
    """One to `most` units of any kind and wording; each may be part of one before it."""
    found: dict[str, Unit] = {}
    where = st.sampled_from([*places, UNSTATED])
    for unit in draw(st.lists(ids, unique=True, min_size=1, max_size=most)):
        place = draw(where)
        reported, post = draw(_strengths(sources, about))
        found[unit] = Unit(
            id=unit,
            name=draw(st.one_of(st.just(unit), texts)),
            kind=draw(st.sampled_from([Kind.TROOPS, *Kind])),
            reported=reported,
            place=place,
            origin=draw(st.one_of(st.just(place), where)),
            readiness=draw(st.sampled_from([state for state in Readiness if state is not Readiness.IN_TRANSIT])),
            side=draw(st.one_of(st.sampled_from(["US", "RU"]), _plain_texts)),
            part_of=draw(st.sampled_from([None, None, *found])),
            symbol=draw(st.sampled_from(["", "10031000181211000001", "0" * 30])),
            grounds=draw(grounds(sources, stated=True)),
            post=post,
        )
    return found


@composite
def _strengths(draw: DrawFn, sources: Sequence[str], about: Fraction) -> tuple[Quantity, Post | None]:
    reported = draw(quantities(about).filter(lambda found: found.low <= QUANTITY_MAX and found.high != 0))
    if reported.nominal and draw(st.integers(0, 4)):
        return reported, None
    low = max(1, reported.low)
    high = min(QUANTITY_MAX, low + 1000 if reported.high is None else reported.high)
    return reported, Post(draw(st.integers(low, high)), draw(grounds(sources, stated=True)))


@composite
def orders_of(
    draw: DrawFn, sources: Sequence[str], places: Sequence[str], units: dict[str, Unit], end: int, most: int = 6
) -> dict[str, Order]:
    """Up to `most` orders of all actions, legal or not; a cancel is of an order before it in the result."""
    found: dict[str, Order] = {}
    for order in draw(st.lists(ids, unique=True, max_size=most)):
        base = Order(
            order,
            draw(minutes(end)),
            Action.ALERT,
            refusal_expected=draw(st.sampled_from([False, False, False, True])),
            grounds=draw(grounds(sources, stated=True)),
        )
        cancellable = [earlier for earlier in found.values() if earlier.units]
        actions = [action for action in Action if action is not Action.CANCEL or cancellable]
        action = draw(st.sampled_from([Action.DEPLOY, Action.DEPLOY, Action.RETURN, *actions]))
        if action is Action.CANCEL:
            found[order] = draw(_cancels(base, cancellable))
        else:
            found[order] = draw(_commands(base, action, sources, places, units, end))
    return found


@composite
def _cancels(draw: DrawFn, base: Order, cancellable: Sequence[Order]) -> Order:
    cancelled = draw(st.sampled_from(cancellable))
    units = draw(subsets(cancelled.units))
    return Order(
        base.id,
        base.at,
        Action.CANCEL,
        units,
        cancels=cancelled.id,
        refusal_expected=base.refusal_expected,
        grounds=base.grounds,
    )


@composite
def _commands(
    draw: DrawFn,
    base: Order,
    action: Action,
    sources: Sequence[str],
    places: Sequence[str],
    units: dict[str, Unit],
    end: int,
) -> Order:
    named = draw(subsets(list(units), least=1))
    parts: tuple[Part, ...] = ()
    whole = Part(0)
    if action in MOVES:
        divisible = len(named) == 1 and named[0] not in parts_by_unit(units)
        if divisible and draw(st.integers(0, 2)) == 0:
            parts = draw(_parts(base.at, units[named[0]].strength, sources, end))
        else:
            whole = draw(_movements(base.at, 0, sources, end, NO_GROUNDS))
    return Order(
        base.id,
        base.at,
        action,
        named,
        draw(st.sampled_from([*places, UNSTATED])) if action is Action.DEPLOY else None,
        whole.depart,
        whole.arrive,
        whole.transit,
        parts,
        None,
        base.refusal_expected,
        base.grounds,
    )


@composite
def _parts(draw: DrawFn, at: int, strength: int, sources: Sequence[str], end: int) -> tuple[Part, ...]:
    """One to three parts that add up to `strength`."""
    cuts = draw(st.lists(st.integers(1, strength - 1), unique=True, max_size=2)) if strength > 1 else []
    edges = [0, *sorted(cuts), strength]
    found = []
    for low, high in pairwise(edges):
        own = draw(grounds(sources, stated=False))
        part = draw(_movements(at, high - low, sources, end, own))
        found.append(draw(st.one_of(st.just(part), _in_words(part, sources))))
    return tuple(found)


@composite
def _in_words(draw: DrawFn, part: Part, sources: Sequence[str]) -> Part:
    """The part with its strength in the words of a report, which name that number, or leave the choice of it."""
    wording = draw(st.sampled_from(["exactly {}", "at least {}", "up to {}", "0 to {}"])).format(part.strength)
    reported = parse_quantity(wording)
    chosen = NO_GROUNDS if reported.nominal == part.strength else draw(grounds(sources, stated=True))
    return evolve(part, reported=reported, post_grounds=chosen)


@composite
def _movements(draw: DrawFn, at: int, strength: int, sources: Sequence[str], end: int, own: Grounds) -> Part:
    """A movement that arrives later than it leaves; the rest of its windows may not fit."""
    depart = draw(st.one_of(st.just(ANY_TIME), _windows(sources, minutes(end), end)))
    leaves = max(at, depart.after or 0)
    transit = draw(st.builds(Transit, st.integers(1, 3 * DAY), grounds(sources, stated=False)))
    if leaves >= end:
        return Part(strength, depart, ANY_TIME, transit, own)
    due = _windows(sources, minutes(end, leaves + 1), end, due=True)
    arrive, during = draw(
        st.one_of(
            st.tuples(due, st.just(None)),
            st.tuples(due, st.just(transit)),
            st.tuples(st.builds(Window, basis=st.sampled_from([None, Basis.OBSERVED])), st.just(transit)),
        )
    )
    return Part(strength, depart, arrive, during, own)


@composite
def _windows(
    draw: DrawFn, sources: Sequence[str], times: SearchStrategy[int], end: int, *, due: bool = False
) -> Window:
    """A window that does not run backwards; where `due`, its `by` is one of `times`, else its `after` may be."""
    basis = draw(st.sampled_from([None, *Basis]))
    own = draw(grounds(sources, stated=False))
    if due:
        by = draw(times)
        return Window(draw(st.one_of(st.none(), st.integers(0, by))), by, basis, own)
    after = draw(st.one_of(st.none(), times))
    return Window(after, draw(st.one_of(st.none(), minutes(end, after or 0))), basis, own)


@composite
def selectors(draw: DrawFn, places: Sequence[str], units: Sequence[str], orders: Sequence[str]) -> Selector:
    """Which strength is meant, often by one field only."""
    chosen = draw(st.sets(st.sampled_from(range(8)), max_size=3))
    choices: list[SearchStrategy[tuple[str, ...]]] = [
        subsets(units),
        subsets(orders),
        subsets([*places, UNSTATED]),
        subsets([*places, UNSTATED]),
        subsets(["US", "PL", "NO", "UA"]),
        subsets(list(Readiness)),
        subsets(["US", "RU"]),
        subsets(list(Kind), least=1),
    ]
    values = [draw(choice) if place in chosen else () for place, choice in enumerate(choices)]
    readiness = tuple(Readiness(word) for word in values[5])
    kind = tuple(Kind(word) for word in values[7]) or (Kind.TROOPS,)
    return Selector(values[0], values[1], values[2], values[3], values[4], readiness, values[6], kind)


def _tests(chosen: SearchStrategy[Selector], about: Fraction, end: int) -> SearchStrategy[Test]:
    of_a_kind = chosen.map(lambda selector: evolve(selector, kind=selector.kind[:1]))  # kinds are never added
    return st.one_of(
        st.builds(Count, of_a_kind, quantities(about), st.one_of(minutes(end), st.just(When.ALWAYS))),
        st.builds(Never, chosen),
        st.builds(Separate, chosen, chosen),
        st.builds(Closed, chosen, minutes(end)),
        st.builds(Noted, texts),
    )


def claims_of(sources: Sequence[str], tests: SearchStrategy[Test]) -> SearchStrategy[list[Claim]]:
    """Up to four claims of any kind."""
    said_by = st.sampled_from(sources)
    nothing_or_text = st.one_of(st.just(""), texts)
    claims = st.builds(
        Claim, ids, said_by, tests, nothing_or_text, st.one_of(st.none(), said_by), nothing_or_text, nothing_or_text
    )
    return st.lists(claims, unique_by=lambda claim: claim.id, max_size=4)


@composite
def scenarios(draw: DrawFn, units_most: int = 4, orders_most: int = 6) -> Scenario:
    """A whole scenario: it loads, and what its orders command may be impossible."""
    end = draw(st.one_of(st.sampled_from([4 * DAY, 10 * DAY - 1]), st.integers(1, 30 * DAY)))
    about = draw(shares)
    sources = draw(sources_of())
    places = draw(places_of())
    units = draw(units_of(list(sources), list(places), about, units_most))
    orders = draw(orders_of(list(sources), list(places), units, end, orders_most))
    chosen = selectors(list(places), list(units), list(orders))
    tests = _tests(chosen, about, end)
    claims = {claim.id: claim for claim in draw(claims_of(list(sources), tests))}
    first = Scenario(
        "", Calendar(datetime(2022, 1, 1, tzinfo=UTC)), end, about, (), sources, places, units, orders, claims
    )
    return Scenario(
        title=draw(texts),
        calendar=draw(calendars()),
        end=end,
        about=about,
        snapshots=tuple(sorted(draw(st.sets(minutes(end), min_size=1, max_size=3)))),
        sources=sources,
        places=places,
        units=units,
        orders=orders,
        claims=claims,
        amendments=draw(amendments_of(first, tests)),
    )


@composite
def amendments_of(draw: DrawFn, first: Scenario, tests: SearchStrategy[Test]) -> tuple[Amendment, ...]:
    """Up to four amendments of entries of a scenario that has none, as a file can say them; often none."""
    entries: list[Unit | Order | Claim] = [*first.units.values(), *first.orders.values(), *first.claims.values()]
    found: list[Amendment] = []
    for number in range(draw(st.sampled_from([0, 0, 1, 2, 4])) if entries else 0):
        entry = draw(st.sampled_from(entries))
        rests = (entry.source,) if isinstance(entry, Claim) else entry.grounds.sources
        since = known_from(first.sources, rests)
        later = [id for id in first.sources if not lies_before(known_from(first.sources, (id,)), since)]
        sources = draw(subsets(later, most=1 if isinstance(entry, Claim) else 2, least=1)) if later else ()
        if sources:
            found.append(Amendment(f"amendment-{number}", sources, entry))
    return tuple(_rewritten(draw, first, found, tests))


def _rewritten(
    draw: DrawFn, first: Scenario, planned: Sequence[Amendment], tests: SearchStrategy[Test]
) -> Iterator[Amendment]:
    """The planned amendments in turn, each with what it makes of its entry as the ones before it left that."""
    now = _Rewriting(draw, first)
    for amendment in in_turn(first.sources, planned):
        own = Grounds(amendment.sources, draw(st.sampled_from(["", "so it seems"])))
        entry: Unit | Order | Claim
        match amendment.entry:
            case Unit(id=id):
                entry = now.units[id] = now.unit(now.units[id], own)
            case Order(id=id):
                entry = now.orders[id] = now.order(now.orders[id], own)
            case Claim(id=id):
                entry = now.claims[id] = _rewritten_claim(draw, first, now.claims[id], tests)
        yield evolve(amendment, entry=entry)


def _joined(before: Grounds, own: Grounds) -> Grounds:
    return Grounds(tuple(sorted({*before.sources, *own.sources})), own.because or before.because)


class _Rewriting:
    """The entries as the amendments so far have them, and what the next makes of one of them.

    So that the result loads at all times, units are only ever part of such as come before them in `_numbers`, and an
    order that moves a unit in parts leaves that unit as strong as it is from then on, and without parts of its own.
    """

    def __init__(self, draw: DrawFn, first: Scenario) -> None:
        self.units, self.orders, self.claims = dict(first.units), dict(first.orders), dict(first.claims)
        self._draw = draw
        self._first = first
        self._divided = {order.units[0] for order in first.orders.values() if order.parts}
        self._cancelled = {order.cancels for order in first.orders.values()}
        self._places = st.sampled_from([*first.places, UNSTATED])
        by_depth = sorted(first.units, key=lambda id: (_depth(first.units, id), id))
        self._numbers = {id: number for number, id in enumerate(by_depth)}

    def unit(self, before: Unit, own: Grounds) -> Unit:
        """With another strength, where no order moves it in parts; or elsewhere, ready otherwise, part of another."""
        draw, rests = self._draw, _joined(before.grounds, own)
        match draw(st.sampled_from(["strength", "strength", "ready", "place", "whole", "whole"])):
            case "strength" if before.id not in self._divided:
                reported, post = draw(_strengths(list(self._first.sources), self._first.about))
                changed = (reported, post) != (before.reported, before.post)
                return evolve(before, reported=reported, post=post, grounds=own if changed else rests)
            case "place":
                return evolve(before, place=draw(self._places), origin=draw(self._places), grounds=rests)
            case "whole":
                wholes = [id for id in self._numbers if self._numbers[id] < self._numbers[before.id]]
                chosen = draw(st.sampled_from([before.part_of, *(id for id in wholes if id not in self._divided)]))
                return evolve(before, part_of=chosen, grounds=rests)
            case _:
                states = [state for state in Readiness if state is not Readiness.IN_TRANSIT]
                return evolve(before, readiness=draw(st.sampled_from(states)), grounds=rests)

    def order(self, before: Order, own: Grounds) -> Order:
        """With another key, where that can be; what it keeps rests on what it rested on."""
        kept = evolve(_resting_on(before, before.grounds), grounds=_joined(before.grounds, own))
        match self._draw(st.sampled_from(["at", "action", "to", "units", "arrive", "arrive", "parts", "cancels"])):
            case "at":
                return evolve(kept, at=self._draw(minutes(before.at if before.moves else self._first.end)))
            case "action":
                return self._commanding(kept, own)
            case "to" if kept.to is not None:
                return evolve(kept, to=self._draw(self._places))
            case "units" if kept.units and not kept.parts and kept.action is not Action.CANCEL:
                return kept if kept.id in self._cancelled else evolve(kept, units=self._some_units())
            case "arrive" if kept.moves and not kept.parts:
                return self._arriving(kept, own)
            case "parts" if kept.moves and len(kept.units) == 1:
                return self._in_parts(kept, own)
            case "cancels" if kept.cancels is not None and not kept.units:
                others = [order.id for order in self._first.orders.values() if order.units and order.id != kept.id]
                return evolve(kept, cancels=self._draw(st.sampled_from(others)))
            case _:
                return kept

    def _some_units(self) -> tuple[str, ...]:
        return self._draw(subsets(list(self.units), least=1, most=2))

    def _commanding(self, kept: Order, own: Grounds) -> Order:
        """With another action, and the keys that go with it; the rest of them goes."""
        action = self._draw(st.sampled_from([action for action in Action if action is not Action.CANCEL]))
        changed = evolve(kept, action=action, to=None, cancels=None, units=kept.units or self._some_units())
        if action is Action.DEPLOY:
            changed = evolve(changed, to=kept.to or self._draw(self._places))
        if action not in MOVES:
            return evolve(changed, depart=ANY_TIME, arrive=ANY_TIME, transit=None, parts=())
        return changed if kept.moves else self._whole(changed, own)

    def _arriving(self, kept: Order, own: Grounds) -> Order:
        leaves, end = max(kept.at, kept.depart.after or 0), self._first.end
        if leaves >= end:
            return kept
        basis = self._draw(st.sampled_from([None, *Basis]))
        return evolve(kept, arrive=Window(None, self._draw(minutes(end, leaves + 1)), basis, own))

    def _in_parts(self, kept: Order, own: Grounds) -> Order:
        """In parts, where its unit has none of its own, or in other parts; or as a whole."""
        (unit,) = kept.units
        whole = any(other.part_of == unit for other in self.units.values())
        if whole or (kept.parts and self._draw(st.booleans())):
            return self._whole(kept, own) if kept.parts else kept
        sources, end = list(self._first.sources), self._first.end
        parts = self._draw(_parts(kept.at, self.units[unit].strength, sources, end))
        if not parts:
            return kept
        self._divided.add(unit)
        return _resting_on(evolve(kept, depart=ANY_TIME, arrive=ANY_TIME, transit=None, parts=parts), own)

    def _whole(self, kept: Order, own: Grounds) -> Order:
        moved = self._draw(_movements(kept.at, 1, list(self._first.sources), self._first.end, own))
        whole = evolve(kept, depart=moved.depart, arrive=moved.arrive, transit=moved.transit, parts=())
        return _resting_on(whole, own)


def _depth(units: Mapping[str, Unit], id: str) -> int:
    whole = units[id].part_of
    return 0 if whole is None else 1 + _depth(units, whole)


def _resting_on(order: Order, grounds: Grounds) -> Order:
    """The order, all in it that has no grounds of its own resting on these."""

    def resting(moved: M) -> M:
        return moved if moved.grounds.stated else evolve(moved, grounds=grounds)

    return evolve(
        order,
        depart=order.depart if order.depart == ANY_TIME else resting(order.depart),
        arrive=order.arrive if order.arrive == ANY_TIME else resting(order.arrive),
        transit=None if order.transit is None else resting(order.transit),
        parts=tuple(map(resting, order.parts)),
    )


def _rewritten_claim(draw: DrawFn, first: Scenario, before: Claim, tests: SearchStrategy[Test]) -> Claim:
    """With another test, a dispute, or a correction of a claim that comes before it by id."""
    test = draw(st.one_of(st.just(before.test), tests))
    since = known_from(first.sources, (before.source,))
    said = [
        claim.id
        for claim in first.claims.values()
        if claim.id < before.id and not lies_before(since, known_from(first.sources, (claim.source,)))
    ]
    corrects = draw(st.sampled_from([before.corrects, *said]))
    disputed = draw(st.sampled_from([before.disputed, "it is known not to fit"]))
    per = draw(st.sampled_from([before.per, *first.sources]))
    return evolve(before, test=test, disputed=disputed, corrects=corrects, per=per)


def variates(figures: SearchStrategy[float], whole: SearchStrategy[float] | None = None) -> SearchStrategy[Variate]:
    """A figure, or any distribution of `figures`, all above 0; where given, a figure by itself is one of `whole`."""

    def rising(least: int, most: int) -> SearchStrategy[list[float]]:
        return st.lists(figures, min_size=least, max_size=most).map(sorted)

    return st.one_of(
        st.builds(Fixed, figures if whole is None else whole),
        rising(2, 2).map(lambda found: Uniform(*found)),
        rising(3, 3).map(lambda found: Triangular(*found)),
        st.builds(Normal, figures, figures),
        st.builds(LogNormal, figures, figures),
        rising(1, 4).map(lambda found: Empirical(tuple(found))),
    )


def _fractions(most: int) -> SearchStrategy[float]:
    return st.integers(1, most * 1000).map(lambda thousandths: thousandths / 1000)


_whole = st.integers(1, 200).map(float)
_figures = _fractions(900)
_durations = st.integers(1, 3 * DAY).map(float)
_hours = st.one_of(_durations, _fractions(DAY))
_somewhat = st.one_of(_whole, st.integers(1000, 200_000).map(lambda thousandths: thousandths / 1000))


@composite
def lift_of(draw: DrawFn, sources: Sequence[str], bases: Sequence[str]) -> dict[str, Lift]:
    """One to three lifts; each holds all kinds."""
    found: dict[str, Lift] = {}
    for id in draw(st.lists(ids, unique=True, min_size=1, max_size=3)):
        hours = draw(st.one_of(st.none(), variates(_fractions(24))))
        found[id] = Lift(
            id,
            draw(st.sampled_from(Mode)),
            draw(variates(_somewhat, st.integers(0, 50).map(float))),
            tuple((kind, draw(variates(_somewhat, _whole))) for kind in Kind),
            draw(variates(_figures)),
            draw(st.one_of(st.just(Fixed(0.0)), variates(_hours))),
            draw(st.sampled_from(bases)),
            draw(st.one_of(st.none(), variates(_figures))),
            hours,
            draw(st.sampled_from([1.0, 1.3, 2.125])),
            draw(grounds(sources, stated=True)),
            draw(st.sampled_from([unit for unit in Speed if hours is None or unit is not Speed.KM_PER_DAY])),
        )
    return found


@composite
def ports_of(draw: DrawFn, sources: Sequence[str], places: Sequence[str]) -> dict[str, Port]:
    """Ports at some of the places."""
    found: dict[str, Port] = {}
    where = draw(subsets(places, most=2))
    for id, place in zip(draw(st.lists(ids, unique=True, min_size=2, max_size=2)), where, strict=False):
        clock = st.integers(0, DAY - 1)
        found[id] = Port(
            id,
            place,
            draw(variates(_somewhat, st.integers(0, 9).map(float))),
            draw(st.one_of(st.none(), variates(_hours))),
            draw(st.one_of(st.none(), st.builds(Hours, clock, clock))),
            draw(grounds(sources, stated=True)),
        )
    return found


@composite
def capacity_of(
    draw: DrawFn, sources: Sequence[str], lift: Sequence[str], ports: Sequence[str], end: int
) -> tuple[Change, ...]:
    """Up to three changes of lift or ports, none of them twice in a minute."""
    found: dict[tuple[int, str | None, str | None], Change] = {}
    for number, at in enumerate(sorted(draw(st.lists(minutes(end), max_size=3))), start=1):
        of_port = bool(ports) and draw(st.booleans())
        change = Change(
            str(number),
            at,
            None if of_port else draw(st.sampled_from(lift)),
            draw(st.sampled_from(ports)) if of_port else None,
            draw(variates(_somewhat, st.integers(0, 50).map(float))),
            draw(grounds(sources, stated=True)),
        )
        found.setdefault((change.at, change.lift, change.port), change)
    return tuple(evolve(change, id=str(number)) for number, change in enumerate(found.values(), start=1))


LOADED_MOST = 200
"""The most of a unit that goes by lift: a vehicle may hold only one."""


@composite
def carriages_of(draw: DrawFn, scenario: Scenario, versions: Sequence[Order]) -> list[Carriage | None]:
    """How an order may go, in each of its versions, by the lift of a scenario in which all places have coordinates.

    As a file can say it: what is told of an order's lift stays told while it moves, unless it is told otherwise.
    """
    meant = [_meant(scenario, order) for order in versions]
    can = [_can_go(scenario, order, units) for order, units in zip(versions, meant, strict=True) if order.moves]
    if not draw(st.integers(0, 3)) or not all(can):
        return [None] * len(versions)
    kinds = {unit.kind for units in meant for unit in units}
    apart = len(kinds) == 1 and all(median(dict(lift.holds)[min(kinds)]) >= 1 for lift in scenario.lift.values())
    found: list[Carriage | None] = []
    for number, (order, units) in enumerate(zip(versions, meant, strict=True)):
        before, was = (found[-1], versions[number - 1]) if number else (None, order)
        if not order.moves or (number and before is None and draw(st.booleans())):
            found.append(None)
        elif before is not None and (was.action, was.to, was.units) == (order.action, order.to, order.units):
            found.append(draw(st.one_of(st.just(before), _carriages(scenario, order, units, apart, before))))
        else:
            found.append(draw(_carriages(scenario, order, units, apart, before)))
    return found


def _meant(scenario: Scenario, order: Order) -> list[Unit]:
    """The units that an order may address at some time, as they may then read."""
    amended = [each.entry for each in scenario.amendments if isinstance(each.entry, Unit)]
    named = with_parts(parts_by_unit(scenario.units), order.units)
    return [*scenario.units.values(), *amended] if amended else [scenario.units[unit] for unit in named]


def _can_go(scenario: Scenario, order: Order, units: Sequence[Unit]) -> bool:
    """Whether all these units are few enough to go by lift, and go to one place."""
    ends = {order.to or unit.origin for unit in units}
    return all(unit.strength <= LOADED_MOST for unit in units) and len(ends) == 1 and UNSTATED not in ends


@composite
def _carriages(
    draw: DrawFn, scenario: Scenario, order: Order, units: Sequence[Unit], apart: bool, before: Carriage | None
) -> Carriage:
    """How these units go to where an order sends them: `apart` says that it may be told how much goes in one load."""
    end = order.to or units[0].origin
    last = draw(st.sampled_from([place for place in scenario.places if end in chain(scenario.places, place)]))
    route = [last]
    for _ in range(draw(st.integers(1, 3))):
        route.insert(0, draw(st.sampled_from([place for place in scenario.places if place != route[0]])))
    lifts = draw(st.lists(st.sampled_from(list(scenario.lift)), min_size=len(route) - 1, max_size=len(route) - 1))
    load = tons = None
    if apart and (draw(st.booleans()) or (before is not None and before.load is not None)):
        least = min(median(dict(scenario.lift[lift].holds)[units[0].kind]) for lift in lifts)
        load = Fixed(float(draw(st.integers(1, int(least)))))
        weights = [median(lift.tons) for lift in scenario.lift.values() if lift.tons is not None]
        tons = draw(st.one_of(st.none(), st.just(Fixed(min([7.5, *filter(None, weights)])))))
    notice = draw(st.one_of(st.none(), st.just(Fixed(0.0)), variates(_durations)))
    if notice is None and before is not None:
        notice = before.notice
    return Carriage(tuple(lifts), tuple(route), notice, draw(st.integers(-2, 2)), load, tons)


@composite
def lift_scenarios(draw: DrawFn, units_most: int = 4, orders_most: int = 6) -> Scenario:
    """Scenarios with lift, ports and capacity, and orders that go by lift: of some of them, no arrival is reported."""
    told = draw(scenarios(units_most, orders_most))
    more = {} if len(told.places) > 1 else {place: Place(place, place) for place in ("far-1", "far-2")}
    places = {
        id: place if place.lat is not None else evolve(place, lat=draw(_degrees(90)), lon=draw(_degrees(180)))
        for id, place in {**told.places, **more}.items()
    }
    sources = list(told.sources)
    lift = draw(lift_of(sources, list(places)))
    ports = draw(ports_of(sources, list(places)))
    capacity = draw(capacity_of(sources, list(lift), list(ports), told.end))
    stated = draw(st.sampled_from(list(places)))

    def somewhere(order: Order) -> Order:
        return evolve(order, to=stated) if order.to == UNSTATED else order

    kept = {each.entry.id for each in told.amendments if isinstance(each.entry, Unit)}
    amended = [each.entry for each in told.amendments if isinstance(each.entry, Order)]
    kept.update(unit for order in (*told.orders.values(), *amended) if order.parts for unit in order.units)
    units = {
        id: evolve(unit, reported=parse_quantity(str(draw(st.integers(1, LOADED_MOST)))), post=None)
        if id not in kept and unit.strength > LOADED_MOST
        else unit
        for id, unit in told.units.items()
    }
    told = evolve(
        told,
        units=units,
        places=places,
        lift=lift,
        ports=ports,
        capacity=capacity,
        orders=[somewhere(order) for order in told.orders.values()],
    )
    versions = {id: [order] for id, order in told.orders.items()}
    for each in told.amendments:
        if isinstance(each.entry, Order):
            versions[each.entry.id].append(somewhere(each.entry))
    carriages = {id: iter(draw(carriages_of(told, each))) for id, each in versions.items()}
    orders: dict[str, Order] = {}
    for id, order in told.orders.items():
        carried = evolve(order, carriage=next(carriages[id]))
        alone = len(versions[id]) == 1 and not order.parts
        if carried.carriage is not None and alone and draw(st.integers(0, 3)):
            carried = evolve(carried, arrive=ANY_TIME, transit=None)
        orders[id] = carried
    amendments = tuple(
        evolve(each, entry=evolve(somewhere(each.entry), carriage=next(carriages[each.entry.id])))
        if isinstance(each.entry, Order)
        else each
        for each in told.amendments
    )
    return evolve(told, orders=orders, amendments=amendments)


BUSY_END = 20
"""The last minute of a busy scenario."""

_BUSY_PLACES = (Place("in", "In", "out"), Place("out", "Out", None, "US"), Place("there", "There", None, "PL"))
_BUSY_SOURCES = (Source("one", "One", published=5), Source("two", "Two", relays=("one",)))


@composite
def busy_scenarios(draw: DrawFn) -> Scenario:
    """Up to three units and a dozen orders within twenty minutes: moves wait, overlap, are cancelled and refused."""
    sources = [source.id for source in _BUSY_SOURCES]
    places = [place.id for place in _BUSY_PLACES]
    where = st.sampled_from([*places, UNSTATED])
    units: dict[str, Unit] = {}
    for unit in draw(st.lists(st.sampled_from("abc"), unique=True, min_size=1)):
        place = draw(where)
        strength = parse_quantity(draw(st.sampled_from(["7", "about 15", "at least 30"])))
        readiness = draw(st.sampled_from([Readiness.GARRISON, Readiness.STANDBY, Readiness.DEPLOYED]))
        known = draw(st.sampled_from([Grounds(("one",)), Grounds((), "assumed")]))
        origin, whole = draw(st.sampled_from([place, "in"])), draw(st.sampled_from([None, *units]))
        units[unit] = Unit(unit, unit, Kind.TROOPS, strength, place, origin, readiness, "US", whole, "", known)
    orders: dict[str, Order] = {}
    for order in draw(st.lists(st.sampled_from("klmnopqrstuvwxyz"), unique=True, min_size=3, max_size=12)):
        orders[order] = draw(_busy_orders(order, units, list(orders.values()), places))
    chosen = selectors(places, list(units), list(orders))
    tests = _tests(chosen, Fraction(1, 10), BUSY_END)
    says = draw(st.lists(st.tuples(st.sampled_from(sources), tests), max_size=3))
    first = Scenario(
        title="Busy",
        calendar=Calendar(datetime(2022, 1, 24, tzinfo=UTC)),
        end=BUSY_END,
        snapshots=(BUSY_END,),
        sources=_BUSY_SOURCES,
        places=_BUSY_PLACES,
        units=units,
        orders=orders,
        claims=[Claim(f"claim-{number}", source, test) for number, (source, test) in enumerate(says)],
    )
    return evolve(first, amendments=draw(amendments_of(first, tests)))


@composite
def _busy_orders(
    draw: DrawFn, order: str, units: dict[str, Unit], earlier: Sequence[Order], places: Sequence[str]
) -> Order:
    assumed = Grounds((), "assumed")
    moves = [other for other in earlier if other.action in MOVES]
    action = draw(st.sampled_from([Action.DEPLOY, Action.DEPLOY, Action.RETURN, Action.CANCEL, *Action]))
    if action is Action.CANCEL and moves:
        cancelled = draw(st.sampled_from(moves))
        at = min(BUSY_END, cancelled.at + draw(st.integers(0, 3)))
        return Order(order, at, action, draw(subsets(cancelled.units)), cancels=cancelled.id, grounds=assumed)
    if action is Action.CANCEL:
        action = Action.DEPLOY
    at = draw(st.integers(0, 15))
    named = draw(subsets(list(units), least=1, most=2))
    whole = Part(0)
    parts: tuple[Part, ...] = ()
    if action in MOVES:
        divisible = len(named) == 1 and named[0] not in parts_by_unit(units)
        cuts = draw(st.sampled_from([[], [3], [2, 5]])) if divisible else []
        edges = [0, *cuts, units[named[0]].strength]
        movements = [draw(_busy_movements(at, high - low)) for low, high in pairwise(edges)]
        if cuts:
            parts = tuple(movements)
        else:
            (whole,) = movements
    to = draw(st.sampled_from(places)) if action is Action.DEPLOY else None
    return Order(order, at, action, named, to, whole.depart, whole.arrive, whole.transit, parts, grounds=assumed)


@composite
def _busy_movements(draw: DrawFn, at: int, strength: int) -> Part:
    """It leaves up to eight minutes after its order, and takes up to five, which may be beyond the end."""
    leaves = min(BUSY_END, at + draw(st.sampled_from([0, 0, 1, 2, 4, 8])))
    depart = Window(after=leaves, basis=draw(st.sampled_from([None, *Basis])))
    during = draw(st.integers(1, 5))
    if draw(st.booleans()) or leaves + during > BUSY_END:
        return Part(strength, depart, ANY_TIME, Transit(during))
    return Part(strength, depart, Window(by=leaves + during, grounds=draw(grounds(["one"], stated=False))))


def any_scenarios() -> SearchStrategy[Scenario]:
    """Rich ones and busy ones."""
    return st.one_of(busy_scenarios(), scenarios())


def unannounced_scenarios() -> SearchStrategy[Scenario]:
    """Busy ones of whose arrivals many are not known, with claims that may turn on them: as nobody can write them, and
    as they are when the arrivals have not been published yet.
    """
    return announced_and_not().map(lambda both: both[1])


@composite
def announced_and_not(draw: DrawFn) -> tuple[Scenario, Scenario]:
    """Scenarios with all arrivals, and the same without many of them: see `unannounced_scenarios`."""
    told = draw(any_scenarios()).in_force
    orders = {id: _unannounced(draw, order) for id, order in told.orders.items()}
    figures = sorted(
        {0, *(unit.strength for unit in told.units.values()), *(part.strength for part in _parts_in(told))}
    )
    claims = {}
    for number in range(draw(st.integers(1, 4)) if orders else 0):
        meant = draw(subsets(list(orders), least=1, most=2))
        readiness = draw(subsets(list(Readiness), most=2))
        places = draw(st.one_of(st.just(()), subsets(list(told.places), most=2)))
        kind = draw(st.sampled_from([(Kind.TROOPS,), *((unit.kind,) for unit in told.units.values())]))
        selector = Selector(
            orders=meant, place=places, readiness=tuple(Readiness(word) for word in readiness), kind=kind
        )
        at = draw(st.one_of(st.just(told.end), minutes(told.end)))
        count = Count(selector, exactly(draw(st.sampled_from(figures))), draw(st.sampled_from([at, at, When.ALWAYS])))
        turning: list[Test] = [count, count, Closed(selector, at), Never(selector)]
        test = draw(st.sampled_from(turning))
        claims[f"turns-{number}"] = Claim(f"turns-{number}", draw(st.sampled_from(list(told.sources))), test)
    told = evolve(told, claims={**told.claims, **claims})
    return told, evolve(told, orders=orders)


def _parts_in(told: Scenario) -> Iterator[Part]:
    return (part for order in told.orders.values() for part in order.parts)


def _unannounced(draw: DrawFn, order: Order) -> Order:
    """The order with some of its arrivals not known, but maybe from when on."""
    if order.action not in MOVES:
        return order
    if not order.parts:
        return _without_arrival(draw, order) if draw(st.booleans()) else order
    return evolve(
        order, parts=tuple(_without_arrival(draw, part) if draw(st.booleans()) else part for part in order.parts)
    )


_Moved = TypeVar("_Moved", Order, Part)


def _without_arrival(draw: DrawFn, moved: _Moved) -> _Moved:
    by = moved.arrive.by
    after = draw(st.sampled_from([None, None, by])) if by is not None else None
    return evolve(moved, arrive=Window(after=after, grounds=moved.arrive.grounds), transit=None)


def told_later(scenario: Scenario, published: int) -> Scenario:
    """The scenario with one more source, published at a minute, that repeats, amends and denies all there is."""
    late = Source("zz-late", "Late", published=published, relays=tuple(scenario.sources)[:1])
    entries: list[Unit | Order | Claim] = [
        *scenario.units.values(),
        *scenario.orders.values(),
        *scenario.claims.values(),
    ]
    late_changes = tuple(_changed_late(f"zz-{number:02}", entry) for number, entry in enumerate(entries))
    return evolve(
        scenario,
        sources={**scenario.sources, late.id: late},
        units={id: evolve(unit, grounds=_also(unit.grounds)) for id, unit in scenario.units.items()},
        orders={id: evolve(order, grounds=_also(order.grounds)) for id, order in scenario.orders.items()},
        lift={id: evolve(lift, grounds=_also(lift.grounds)) for id, lift in scenario.lift.items()},
        ports={id: evolve(port, grounds=_also(port.grounds)) for id, port in scenario.ports.items()},
        capacity=tuple(evolve(change, grounds=_also(change.grounds)) for change in scenario.capacity),
        claims={
            **scenario.claims,
            **{f"zz-{id}": evolve(claim, id=f"zz-{id}", source=late.id) for id, claim in scenario.claims.items()},
        },
        amendments=(*map(_also_amending, scenario.amendments), *late_changes),
    )


def _changed_late(id: str, entry: Unit | Order | Claim) -> Amendment:
    """An amendment by the late source, of what the rest hangs on."""
    late = Grounds(("zz-late",))
    match entry:
        case Unit():
            changed: Unit | Order | Claim = evolve(entry, part_of=None, reported=parse_quantity("7"), grounds=late)
        case Order():
            changed = Order(entry.id, 0, Action.ALERT, entry.units[:1], grounds=_also(entry.grounds))
        case Claim():
            changed = evolve(entry, per="zz-late", test=Noted("it cannot be"))
    return Amendment(id, late.sources, changed)


def _also_amending(amendment: Amendment) -> Amendment:
    """The amendment on the late source's word, too."""
    sources, entry = (*amendment.sources, "zz-late"), amendment.entry
    if isinstance(entry, Claim):
        return amendment
    return evolve(amendment, sources=sources, entry=evolve(entry, grounds=_also(entry.grounds)))


def _also(grounds: Grounds) -> Grounds:
    return evolve(grounds, sources=(*grounds.sources, "zz-late")) if grounds.sources else grounds


_Value = TypeVar("_Value")


def shuffled(scenario: Scenario, random: Random) -> Scenario:
    """The same scenario, its sections handed over in another order."""

    def mixed(section: Mapping[str, _Value]) -> dict[str, _Value]:
        return dict(random.sample(list(section.items()), len(section)))

    return evolve(
        scenario,
        sources=mixed(scenario.sources),
        places=mixed(scenario.places),
        units=mixed(scenario.units),
        orders=mixed(scenario.orders),
        claims=mixed(scenario.claims),
        lift=mixed(scenario.lift),
        ports=mixed(scenario.ports),
    )
