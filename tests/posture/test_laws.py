"""What holds of every explanation: its parts sum to the figure, which is the one printed, and it ends at sources."""

from itertools import groupby, product

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Noted, Selector
from sim.domain.event import OrderIssued
from sim.domain.place import UNSTATED, chain, country_of
from sim.domain.quantity import ZERO, Interval
from sim.domain.scenario import Scenario
from sim.domain.unit import parts_by_unit, with_parts
from sim.domain.vocabulary import Kind, Readiness
from sim.engine import simulate
from sim.ledger.claims import Verdict, judge_all
from sim.ledger.entry import Account
from sim.posture import Book, Row
from sim.posture.explanation import Explanation, explain
from sim.posture.figure import Figure
from sim.posture.selector import Words, selector_of
from sim.posture.snapshot import FIELDS, grouped
from sim.posture.timeline import timeline
from tests.strategies import any_scenarios, minutes, selectors

Asked = tuple[Book, int, Explanation]


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """A run, a minute of it, and what is explained of it then."""
    told = draw(any_scenarios())
    at, chosen = draw(minutes(told.end)), draw(selectors(list(told.places), list(told.units), list(told.orders)))
    book = Book.replay(simulate(told))
    countries = {country_of(told.places, place) for place in told.places}
    words: dict[str, Words] = {
        "unit": chosen.units,
        "order": chosen.orders,
        "place": chosen.place,
        "origin": chosen.origin,
        "country": [code for code in chosen.country if code in countries] + draw(st.sampled_from([[], [UNSTATED]])),
        "readiness": chosen.readiness,
        "side": [side for side in chosen.side if any(unit.side == side for unit in book.units.values())],
        "kind": draw(st.sampled_from([(), chosen.kind])),
    }
    return book, at, explain(book, at, selector_of(book, **words), draw(st.booleans()))


def meant(book: Book, selector: Selector, exactly: bool, row: Row) -> bool:
    """Whether a selector means a row: the rules of section 7, each in a line."""
    within = (lambda place: {place}) if exactly else (lambda place: set(chain(book.places, place)))
    units = selector.units if exactly else with_parts(parts_by_unit(book.units), selector.units)
    ordered = {unit for order in selector.orders for unit in book.addressed(order)}
    still = not selector.readiness and bool(selector.place or selector.country)
    return (
        (not selector.units or row.unit in units)
        and (not selector.orders or row.unit in ordered)
        and (not selector.origin or not within(row.origin).isdisjoint(selector.origin))
        and (not selector.place or not within(row.place).isdisjoint(selector.place))
        and (not selector.country or (row.country or "") in selector.country)
        and (not selector.side or row.side in selector.side)
        and (not selector.kind or row.kind in selector.kind)
        and (not selector.readiness or row.readiness in selector.readiness)
        and not (still and row.readiness is Readiness.IN_TRANSIT)
    )


def account_of(row: Row) -> Account:
    return Account(row.unit, row.place, row.readiness)


def check_sums(book: Book, at: int, figure: Figure) -> None:
    """Postings sum to what each account holds, accounts to the figure, a unit's first; and so do the changes."""
    held: dict[Account, int] = {}
    for step in figure.steps:
        for account, strength, _ in step.postings:
            held[account] = held.get(account, 0) + strength
    there = {account_of(row): row.strength for row in book.snapshot(at).rows if row.unit in figure.units}
    assert {account: strength for account, strength in held.items() if strength} == there
    assert sum(there[account_of(row)] for row in figure.rows) == figure.strength
    assert sum(step.change for step in figure.steps) == figure.strength
    assert grouped(book.units, figure.rows, lambda row: ()).get((), (0, ZERO)) == (figure.strength, figure.interval)
    assert {row.kind for row in figure.all_rows} <= {figure.kind}
    for unit, steps in groupby(figure.steps, key=lambda step: step.taking.unit):
        positions = [step.position for step in steps]
        assert positions == sorted(set(positions)), unit
    assert [unit for unit, _ in groupby(step.taking.unit for step in figure.steps)] == figure.units


@given(asked())
def test_parts_sum_to_the_figure(asked: Asked) -> None:
    """And the rows are those of the snapshot that the selector means, those of each kind apart."""
    book, at, explanation = asked
    (selector,) = explanation.selectors
    rows = [row for row in book.snapshot(at).rows if meant(book, selector, explanation.exactly, row)]
    kinds = set(selector.kind) or {row.kind for row in rows} or {Kind.TROOPS}
    assert [figure.kind for figure in explanation.figures] == [kind for kind in Kind if kind in kinds]
    for figure in explanation.figures:
        assert figure.rows == tuple(row for row in rows if row.kind is figure.kind)
        check_sums(book, at, figure)


@given(asked())
def test_nothing_is_explained_by_when_there_is_something(asked: Asked) -> None:
    """Of a figure of 0, the history says how much there is at every moment, and where its units are instead."""
    book, at, explanation = asked
    (selector,) = explanation.selectors
    changes = sorted({0, *(entry[0] for entry in book.entries())})
    for figure in explanation.figures:
        if figure.rows:
            assert (figure.history, figure.elsewhere) == ((), ())
            continue
        held: list[tuple[int, int]] = [(-1, 0)]
        ever: set[str] = set()
        for minute in changes:
            rows = [row for row in book.snapshot(minute).rows if meant(book, selector, explanation.exactly, row)]
            there = [row for row in rows if row.kind is figure.kind]
            ever.update(row.unit for row in there)
            if sum(row.strength for row in there) != held[-1][1]:
                held.append((minute, sum(row.strength for row in there)))
        assert figure.history == tuple(held[1:])
        named = bool(selector.units or selector.orders or selector.origin)
        fits = evolve(selector, place=(), country=(), readiness=())
        everyone = {row.unit for row in book.snapshot(at).rows if meant(book, fits, explanation.exactly, row)}
        of_kind = {unit for unit in everyone if book.units[unit].kind is figure.kind}
        assert set(figure.units) == ever or (not ever and set(figure.units) == (of_kind if named else set()))
        assert figure.elsewhere == tuple(row for row in book.snapshot(at).rows if row.unit in figure.units)


@given(any_scenarios(), st.data())
def test_every_line_of_a_posture_is_explained(told: Scenario, data: st.DataObject) -> None:
    """Whatever it is grouped by: what is there, what is on its way, the totals of a side, and those of a kind."""
    book = Book.replay(simulate(told))
    at = data.draw(minutes(told.end))
    by = data.draw(st.lists(st.sampled_from(list(FIELDS)), unique=True, max_size=3))
    taken = book.snapshot(at)

    def explained(**words: Words) -> list[tuple[int, Interval]]:
        figures = explain(book, at, selector_of(book, **words), exactly=True).figures
        return [(figure.strength, figure.interval) for figure in figures]

    standing = [ready for ready in Readiness if ready is not Readiness.IN_TRANSIT]
    for ready in (standing, [Readiness.IN_TRANSIT]):
        rows = [row for row in taken.rows if row.readiness in ready]
        lines = grouped(book.units, rows, lambda row: (row.side, row.kind, *(FIELDS[field](row) for field in by)))
        for (side, kind, *values), held in lines.items():
            words: dict[str, Words] = {"readiness": ready, **dict(zip(by, values, strict=True))}
            if words.get("country") == "":
                words["country"] = UNSTATED
            assert explained(**(words | {"side": [side], "kind": kind})) == [held]
    for (side, kind), held in grouped(book.units, taken.rows, lambda row: (row.side, row.kind)).items():
        assert explained(side=[side], kind=kind) == [held]
    assert {total.kind: [(total.strength, total.interval)] for total in taken.totals} == {
        total.kind: explained(kind=total.kind) for total in taken.totals
    }


@given(any_scenarios())
def test_every_row_of_a_snapshot_is_explained(told: Scenario) -> None:
    """By its unit, place and readiness, with its basis."""
    book = Book.replay(simulate(told))
    for row in book.snapshot(told.end // 2).rows:
        words = {"unit": row.unit, "place": row.place, "readiness": str(row.readiness)}
        (figure,) = book.explain(told.end // 2, exactly=True, **words).figures
        assert (figure.rows, figure.basis, figure.missing) == ((row,), row.basis, ())


@given(any_scenarios())
def test_every_figure_in_a_claims_verdict_is_explained(told: Scenario) -> None:
    """The strength and the interval of its reading, when it was read; what it misses stands apart."""
    book = Book.replay(simulate(told))
    for judgement in judge_all(book):
        reading = judgement.reading
        if reading is None:
            assert isinstance(judgement.claim.test, Noted) or judgement.verdict is Verdict.WITHDRAWN
            continue
        explanation = book.explain(claim=judgement.claim.id)
        figures = explanation.figures
        assert (explanation.at, explanation.judgement) == (reading.at, judgement)
        assert sum(figure.strength for figure in figures) == reading.strength
        assert sum((figure.interval for figure in figures), ZERO) == reading.interval
        counted: dict[str, int] = {}
        for figure in figures:
            check_sums(book, reading.at, figure)
            for row in figure.rows:
                counted[row.unit] = counted.get(row.unit, 0) + row.strength
        assert tuple(sorted(counted.items())) == reading.units
        assert {row.unit for figure in figures for row in figure.missing} == set(reading.missing)


@given(any_scenarios())
def test_every_strength_in_the_timeline_is_explained(told: Scenario) -> None:
    """What moved or changed is an entry of its unit; what was ordered is all of the units addressed."""
    book = Book.replay(simulate(told))
    for happening in timeline(book):
        explanation = book.explain(happening.at, unit=happening.about, exactly=True)
        steps = {step.position: step for figure in explanation.figures for step in figure.steps}
        if happening.event == OrderIssued.tag:
            whole = sum(book.units[unit].strength for unit in happening.units)
            assert sum(figure.strength for figure in explanation.figures) == whole
        elif happening.strength is not None:
            step = steps[happening.position]
            assert (step.strength, step.event, step.order) == (happening.strength, happening.event, happening.order)
            assert (step.basis, step.grounds) == (happening.basis, happening.grounds)


@given(asked())
def test_every_figure_ends_at_sources_or_a_reason(asked: Asked) -> None:
    """Every entry rests on something stated; every source named is there, and so are those that it relays."""
    book, at, explanation = asked
    cited = {source.id for source in explanation.sources}
    known = cited | {source.id for source in explanation.relayed}
    assert not cited & {source.id for source in explanation.relayed}
    given = {cause.order.id for cause in explanation.causes}
    for figure in explanation.figures:
        for step in figure.steps:
            assert step.grounds.stated
            assert cited.issuperset(step.grounds.sources)
            assert step.order is None or step.order in given
        assert all(cited.issuperset(book.units[unit].grounds.sources) for unit in figure.units)
    for cause in explanation.causes:
        assert cause.order.at <= at
        assert cause.order.grounds.stated
        assert cited.issuperset(cause.order.grounds.sources)
        assert set(cause.moved) <= set(cause.units)
    for source in (*explanation.sources, *explanation.relayed):
        assert book.sources[source.id] is source
        assert known.issuperset(source.relays)
    for judgement in explanation.claims:
        assert judgement.claim.source in cited
        assert judgement.claim.per is None or judgement.claim.per in known


@given(asked())
def test_orders_come_to_what_the_log_says(asked: Asked) -> None:
    """Of each order: the units of the figure and the others are all it addresses, and what came of it is as posted."""
    book, at, explanation = asked
    units = {unit for figure in explanation.figures for unit in figure.units}
    issued = {order: position for order, (minute, position) in book.issued.items() if minute <= at}
    refused = {(each.order, each.unit) for each in book.refusals.values() if each.at <= at}
    entered = {(row.order, book.account(row.taking).unit) for row in book.rows() if row.at <= at}
    for cause in explanation.causes:
        order = cause.order
        assert (*cause.units, *cause.others) and cause.position == issued.pop(order.id)
        assert sorted((*cause.units, *cause.others)) == list(book.addressed(order.id))
        assert set(cause.units) <= units and units.isdisjoint(cause.others)
        assert cause.moved == tuple(unit for unit in cause.units if (order.id, unit) in entered)
        assert {(each.order, each.unit) for each in cause.refused} == {pair for pair in refused if pair[0] == order.id}
        cancels = {
            (unit, other.id)
            for other, unit in product(book.orders.values(), book.addressed(order.id))
            if other.cancels == order.id
            and other.at <= at
            and unit in book.addressed(other.id)
            and (other.id, unit) not in refused
        }
        assert set(cause.cancelled) == cancels
    assert all(units.isdisjoint(book.addressed(order)) for order in issued)
    positions = [cause.position for cause in explanation.causes]
    assert positions == sorted(positions)
