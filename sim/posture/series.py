"""Series: the posture over time, line by line, from one walk through the book."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import field, frozen

from sim.domain.calendar import Calendar
from sim.domain.place import Place
from sim.domain.vocabulary import CERTAINTY, Basis, weakest
from sim.ledger.balance import Balances
from sim.ledger.book import OPENING, Book, unit_of
from sim.ledger.selection import Tally
from sim.posture.framed import Framed
from sim.posture.held import NOTHING, Group, Held, Key, fields_of, group_by_account, key_of
from sim.posture.manner import Manners, Shares

if TYPE_CHECKING:
    from sim.posture.frames import Frame


@frozen
class Line:
    """What one group holds at each time of its series; nothing, where it holds nothing then."""

    group: Group
    held: tuple[Held, ...]


@frozen
class Series(Framed):
    """The posture grouped `by` fields at each of `times`, minutes in order, all events of each minute included.

    There is a line for each group that holds something at one of them, in order. `places` are what readers call places
    by; they are not compared.
    """

    calendar: Calendar
    by: tuple[str, ...]
    times: tuple[int, ...]
    lines: tuple[Line, ...]
    places: Mapping[str, Place] = field(factory=dict, eq=False, repr=False)

    @property
    def frame(self) -> "Frame":
        from sim.posture.frames import series_frame

        return series_frame(self)


@frozen
class Course:
    """What one group holds over a whole run: the minutes at which that changed, rising, each with what it holds then.

    Before the first of them it holds nothing.
    """

    group: Group
    steps: tuple[tuple[int, Held], ...]


def series(book: Book, by: Iterable[str] = ("place",), times: Iterable[int] | None = None) -> Series:
    """The posture grouped `by` fields at `times`; where that is None, at the start and whenever something changed.

    Raises UsageError for a field that a posture does not have.
    """
    fields = fields_of(by)
    asked = changes(book) if times is None else sorted(set(times))
    walk = _Walk(book, key_of(fields))
    for turn, minute in enumerate(asked):
        walk.advance(turn, minute)
    return Series(book.calendar, fields, tuple(asked), walk.lines(len(asked)), book.places)


def courses(book: Book, key: Key, *, told_apart: bool = False) -> tuple[Course, ...]:
    """What each of the groups that `key` makes holds over the whole run, in order; none that never holds anything.

    Where it is to be `told_apart`, with how much of it is known in which way.
    """
    walk, minutes = _Walk(book, key, Manners(book) if told_apart else None), changes(book)
    for turn, minute in enumerate(minutes):
        walk.advance(turn, minute)
    return tuple(walk.courses(minutes))


def changes(book: Book) -> list[int]:
    """The minutes at which something is posted, the start among them, in order."""
    return sorted({0, *(entry[0] for entry in book.entries())})


class _Walk:
    """A walk through a book that notes, turn by turn, what every group has come to hold."""

    def __init__(self, book: Book, key: Key, manners: Manners | None = None) -> None:
        self._book = book
        self._group = group_by_account(book, key)
        self._balances = Balances(book)
        self._manners = manners
        self._next = 0
        self._running: dict[Group, _Running] = {}
        self._steps: dict[Group, list[tuple[int, Held]]] = {}

    def advance(self, turn: int, minute: int) -> None:
        """Go on to the end of a minute; what has changed by then is what is held from this turn on."""
        last = self._book.entries_until(minute)
        entries = self._book.entries(self._next, last)
        touched = {account for _, giving, taking, *_ in entries for account in (giving, taking)} - {OPENING}
        held, basis = self._balances.held, self._balances.basis
        before = {account: (held.get(account, 0), basis.get(account)) for account in touched}
        self._balances.advance(minute)
        self._next = last
        changed: dict[Group, None] = {}
        for account, (strength, known) in before.items():
            group = self._group(account)
            running = self._running.get(group)
            if running is None:
                running = self._running[group] = _Running(self._book)
            running.change(account, strength, -1, known)
            running.change(account, held.get(account, 0), 1, basis.get(account))
            changed[group] = None
        if self._manners is not None:
            self._tell_apart(self._manners, touched, minute)
        for group in changed:
            self._steps.setdefault(group, []).append((turn, self._running[group].held))

    def _tell_apart(self, manners: Manners, touched: Iterable[int], minute: int) -> None:
        """Count what these accounts hold by how it is known, once a minute is over."""
        before = {account: dict(manners.shares.get(account, {})) for account in touched}
        manners.advance(minute)
        for account, shares in before.items():
            running = self._running[self._group(account)]
            running.tell_apart(shares, -1)
            running.tell_apart(manners.shares.get(account, {}), 1)

    def lines(self, turns: int) -> tuple[Line, ...]:
        """The lines of the groups that hold something in one of the turns."""
        return tuple(
            Line(group, _each_turn(steps, turns))
            for group, steps in sorted(self._steps.items())
            if any(held.strength for _, held in steps)
        )

    def courses(self, minutes: Sequence[int]) -> Iterator[Course]:
        """The same groups, each with the minutes (one for each turn) at which what it holds became something else."""
        for group, steps in sorted(self._steps.items()):
            before, changed = NOTHING, []
            for turn, held in steps:
                if held != before:
                    changed.append((minutes[turn], held))
                    before = held
            if changed:
                yield Course(group, tuple(changed))


class _Running:
    """What a group holds, kept as accounts change."""

    def __init__(self, book: Book) -> None:
        self._tally = Tally(book)
        self._accounts: Counter[Basis | None] = Counter()
        self._shares: Counter[Basis | None] = Counter()

    def change(self, account: int, strength: int, sign: int, basis: Basis | None) -> None:
        """Count an account that holds `strength`, known in this way; or, with the sign -1, no longer count it."""
        if strength:
            self._tally.add(unit_of(account), sign * strength)
            self._accounts[basis] += sign

    def tell_apart(self, shares: Shares, sign: int) -> None:
        """Count shares of an account; or, with the sign -1, no longer count them."""
        for basis, strength in shares.items():
            self._shares[basis] += sign * strength

    @property
    def held(self) -> Held:
        if not self._tally.parts:
            return NOTHING
        bases = (basis for basis, accounts in self._accounts.items() if accounts)
        shares = tuple((basis, self._shares[basis]) for basis in (*CERTAINTY, None) if self._shares[basis])
        return Held(self._tally.strength, self._tally.interval, weakest(bases), shares if len(shares) > 1 else ())


def _each_turn(steps: list[tuple[int, Held]], turns: int) -> tuple[Held, ...]:
    """What is held in every turn, from those in which it changed."""
    each: list[Held] = [NOTHING] * steps[0][0]
    ends = [turn for turn, _ in steps[1:]] + [turns]
    for (turn, held), end in zip(steps, ends, strict=True):
        each += [held] * (end - turn)
    return tuple(each)
