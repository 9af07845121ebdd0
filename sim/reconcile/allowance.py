"""Allowances: the least and the most that the reports, taken together, allow a strength to be, and what sets them."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from attrs import frozen

from sim.domain.quantity import ZERO, Interval
from sim.ledger.book import Book
from sim.ledger.holdings import Holdings as Parts
from sim.ledger.holdings import divided
from sim.ledger.standing import Standing
from sim.reconcile.effort import EFFORT, Effort, Extent, OutOfEffort
from sim.reconcile.figure import Figure
from sim.reconcile.form import Demand, Form, unknowns_in
from sim.reconcile.holdings import Holdings
from sim.reconcile.minimal import preferred
from sim.reconcile.question import Question
from sim.reconcile.solver import Solver
from sim.reconcile.statement import Statement
from sim.reconcile.system import System


@frozen
class Bound:
    """The least or the most that is possible; None where there is no most.

    It takes all of these statements and figures to set it, and no others: there may be other such choices.
    """

    value: int | None
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]


@frozen
class Allowance:
    """What the reports, taken together, allow as the answer to a question.

    `strength` is what the ledger posts, and `plain` the interval that it gets by adding: of some parts of a unit, what
    the words for them allow. `extent` is EFFORT where the bounds could not be worked out with the effort given: then
    they may lie closer together.
    """

    question: Question
    least: Bound
    most: Bound
    strength: int
    plain: Interval
    extent: Extent

    @property
    def interval(self) -> Interval:
        return Interval(self.least.value or 0, self.most.value)

    @property
    def fits(self) -> bool:
        """Whether what the ledger posts is possible."""
        return self.strength in self.interval


def allowances(
    book: Book,
    holdings: Holdings,
    system: System,
    statements: Sequence[Statement],
    questions: Sequence[Question],
    effort: int = EFFORT,
) -> tuple[Allowance, ...]:
    """The answers to questions, by statements that can all be true together; in the order asked."""
    forms = [holdings.form(question.selection(book), question.at) for question in questions]
    reports = _Reports(system, statements, effort)  # once all is asked: what is asked by lift has numbers of its own
    added = _added_up(book, questions)
    answers = []
    for question, form in zip(questions, forms, strict=True):
        least, most, extent = reports.bounds(form)
        strength, plain = added[question]
        answers.append(Allowance(question, least, most, strength, plain, extent))
    return tuple(answers)


def _added_up(book: Book, questions: Iterable[Question]) -> dict[Question, tuple[int, Interval]]:
    """What the ledger has for each question, and the interval that it gets by adding."""
    numbers = {book.roster[number].id: number for number in divided(book)}
    standing, parts = Standing(book), Parts(book, frozenset(numbers.values()))
    added = {}
    for question in sorted(set(questions), key=lambda question: question.at):
        standing.advance(question.at)
        selection = question.selection(book)
        counted = standing.counted(selection)
        plain = ZERO
        for unit, strength in counted.units:
            words = parts.interval(numbers[unit], question.at, selection.slots) if unit in numbers else None
            plain += words or book.units[unit].interval_of(strength)
        added[question] = counted.strength, plain
    return added


class _Reports:
    """Statements that can all be true, in groups that have nothing to do with one another."""

    def __init__(self, system: System, statements: Sequence[Statement], effort: int) -> None:
        self._system = system
        self._ties = system.ties(statement.demands for statement in statements)
        self._left = effort
        self._effort = Effort()
        self._statements: dict[int, list[Statement]] = {}
        self._groups: dict[int, _Group] = {}
        for statement in statements:
            for unknown in sorted(unknowns_in([statement.demands]))[:1]:
                self._statements.setdefault(self._ties.group(unknown), []).append(statement)

    def bounds(self, form: Form) -> tuple[Bound, Bound, Extent]:
        """The least and the most that a sum may be, and how far they could be worked out: with half of what is left."""
        self._effort.left = share = self._left // 2
        pieces = [(self._group(piece), piece) for piece in self._ties.apart(form)]
        try:
            least = _added([group.least(piece) for group, piece in pieces])
            most = _added([group.most(piece) for group, piece in pieces])
        except OutOfEffort:
            self._left -= share
            outer = sum((group.outer(piece) for group, piece in pieces), ZERO)
            return Bound(outer.low, (), ()), Bound(outer.high, (), ()), Extent.EFFORT
        self._left -= share - self._effort.left
        return least, most, Extent.ALL

    def _group(self, piece: Form) -> "_Group":
        number = self._ties.group(piece[0])
        if number not in self._groups:
            statements = self._statements.get(number, ())
            self._groups[number] = _Group(self._system, statements, piece, self._effort)
        return self._groups[number]


class _Group:
    """Statements that have to do with one another, and the strengths that they have to do with."""

    def __init__(self, system: System, statements: Sequence[Statement], piece: Form, effort: Effort) -> None:
        self._system = system
        self._statements = statements
        self._rules = [statement.demands for statement in statements]
        self._about = [unknowns_in([rule]) for rule in self._rules]
        self._unknowns = system.around(set(piece).union(*self._about))
        self._figures = system.figure_rules(self._unknowns)
        self._effort = effort
        self._most_of = self._caps()

    def outer(self, piece: Form) -> Interval:
        """Bounds that the least and the most of a sum lie within; open where the sum is."""
        caps = [self._most_of.get(unknown) for unknown in piece]
        low = sum(self._system.figures[unknown].interval().low for unknown in piece)
        finite = [cap for cap in caps if cap is not None]
        return Interval(low, sum(finite) if len(finite) == len(caps) else None)

    def least(self, piece: Form) -> Bound:
        """The least that a sum may be. Raises OutOfEffort, as `most` does."""
        known = self._known
        low, value = self.outer(piece).low, self._some(piece)
        while low < value:
            middle = (low + value) // 2
            possible = known.possible((), Demand(piece, Interval(0, middle)))
            low, value = (low, known.value(piece)) if possible else (middle + 1, value)
        return self._why(value, Demand(piece, Interval(0, value - 1))) if value else Bound(0, (), ())

    def most(self, piece: Form) -> Bound:
        """The most that a sum may be."""
        known, high = self._known, self.outer(piece).high
        if high is None:
            return Bound(None, (), ())
        value = self._some(piece)
        while value < high:
            middle = (value + high + 1) // 2
            possible = known.possible((), Demand(piece, Interval(middle, None)))
            value, high = (known.value(piece), high) if possible else (value, middle - 1)
        return self._why(value, Demand(piece, Interval(value + 1, None)))

    @cached_property
    def _known(self) -> Solver:
        """Knows all that is reported and stated."""
        return self._system.solver([*self._figures, *self._rules], (), self._effort)

    @cached_property
    def _asked(self) -> Solver:
        """Knows all that is reported, and is asked about what is stated."""
        return self._system.solver(self._figures, self._rules, self._effort)

    def _some(self, piece: Form) -> int:
        """What a sum comes to with strengths with which all is true."""
        possible = self._known.possible()
        assert possible, "the statements can all be true together"
        return self._known.value(piece)

    def _why(self, value: int, beyond: Demand) -> Bound:
        """The bound, with what rules out all beyond it."""
        chosen: Sequence[int] = ()
        for near in self._from_near_to_far(beyond.form):
            if not self._asked.possible(near, beyond):
                chosen = preferred(lambda some: not self._asked.possible(some, beyond), near)
                break
        fixed = [self._rules[number] for number in chosen]
        unknowns = self._system.around({*beyond.form, *unknowns_in(fixed)})
        reported = self._system.solver(fixed, self._system.figure_rules(unknowns), self._effort)
        places = preferred(lambda some: not reported.possible(some, beyond), range(len(unknowns)))
        return Bound(
            value,
            tuple(self._statements[number] for number in chosen),
            tuple(self._system.figures[unknowns[place]] for place in places),
        )

    def _from_near_to_far(self, piece: Form) -> Iterable[list[int]]:
        """More and more of the statements: none, those about the same strengths, those about strengths in these, ..."""
        reached, far = set(self._system.around(piece)), list(range(len(self._rules)))
        near: list[int] = []
        yield near
        while far:
            added = [number for number in far if not reached.isdisjoint(self._about[number])]
            near = [*near, *added]
            yield near
            reached.update(self._system.around(set[int]().union(*(self._about[number] for number in added))))
            reached_by = set(added)
            far = [number for number in far if number not in reached_by]

    def _caps(self) -> dict[int, int]:
        """For each strength that has one, a number that it cannot exceed.

        What has none can be as large as one likes: no demand on it has an upper end, nor has its unit one, or every one
        of its parts.
        """
        caps: dict[int, int] = {}
        for rule in (*self._figures, *self._rules):
            for demand in rule:
                for unknown in demand.form:
                    _cap(caps, unknown, demand.interval.high)
        divisions = self._system.dividing(self._unknowns)
        for _ in range(2):  # once from units to their parts and back, once more for their other divisions
            for division in divisions:
                for part in division.parts:
                    _cap(caps, part, caps.get(division.whole))
                if all(part in caps for part in division.parts):
                    _cap(caps, division.whole, sum(caps[part] for part in division.parts))
        return caps


def _cap(caps: dict[int, int], unknown: int, most: int | None) -> None:
    if most is not None:
        caps[unknown] = min(most, caps.get(unknown, most))


def _added(bounds: Sequence[Bound]) -> Bound:
    """The bound of a sum of sums that have nothing to do with one another."""
    values = [bound.value for bound in bounds if bound.value is not None]
    if len(values) < len(bounds):
        return Bound(None, (), ())
    return Bound(
        sum(values),
        tuple(statement for bound in bounds for statement in bound.statements),
        tuple(figure for bound in bounds for figure in bound.figures),
    )
