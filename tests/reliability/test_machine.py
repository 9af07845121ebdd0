"""Any store equals a list: hypothesis records, cuts off, kills, reopens and tampers, and compares after every step."""

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from sim.errors import LogError, SimError, UsageError
from sim.eventlog import EventLog, Outcome, Record, RunInfo, database, postgres
from tests.reliability.conftest import STORES
from tests.reliability.runs import meeting, records_of, small_run
from tests.reliability.site import MemorySite, MortalSite, Site, Sites

RUNS = [small_run(seed) for seed in range(3)]
TRUTH = [records_of(run) for run in RUNS]
IDS = [records[0].run for records in TRUTH]
LENGTH = len(TRUTH[0])
COMMIT = 3
"""How many records a database commits at once here, so that a run takes several commits."""
STEPS = 20

numbers = st.integers(0, len(RUNS) - 1)
places = st.integers(0, LENGTH)


class Interruption(Exception):
    """What a run is cut off by."""


def interrupt() -> None:
    raise Interruption


Tamper = Callable[[list[Record], int], list[Record]]


def _changed(change: Callable[[Record], Record]) -> Tamper:
    return lambda records, place: [*records[:place], change(records[place]), *records[place + 1 :]]


TAMPERED: dict[str, Tamper] = {
    "a payload": _changed(lambda record: record._replace(payload=b"{ " + record.payload[1:])),
    "a minute": _changed(lambda record: record._replace(minute=record.minute + 1)),
    "a type": _changed(lambda record: record._replace(type="unit-closed.1")),
    "a hash": _changed(lambda record: record._replace(hash=record.hash[::-1])),
    "a record taken out": lambda records, place: records[:place] + records[place + 1 :],
    "a record taken out and those after it moved up": lambda records, place: (
        records[:place] + [record._replace(position=record.position - 1) for record in records[place + 1 :]]
    ),
    "the records after it": lambda records, place: records[:place],
}
"""What can be done to a stored run in a place."""


class Machine(RuleBasedStateMachine):
    """Holds a site against `kept`: how many records of which run it has, in the order in which they were begun."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.site = site
        self.log = site.log()
        self.kept: dict[int, int] = {}

    def _blocked(self, number: int) -> bool:
        """Whether an unfinished run stands in the way of this one."""
        return self.site.one_unfinished and number not in self.kept and set(self.kept.values()) - {LENGTH} != set()

    def _record(self, number: int, log: EventLog) -> None:
        """Record a whole run, which gives what the list would give."""
        before = self.kept.get(number)
        if self._blocked(number):
            with pytest.raises(LogError, match="the log ends in a run that is unfinished"):
                log.record(RUNS[number])
            return
        acknowledged: list[int] = []
        written = log.record(RUNS[number], acknowledge=acknowledged.append)
        outcomes = {None: Outcome.WRITTEN, LENGTH: Outcome.VERIFIED}
        assert written.outcome == outcomes.get(before, Outcome.COMPLETED)
        assert acknowledged == sorted(acknowledged)
        assert acknowledged[-1] == LENGTH
        self.kept[number] = LENGTH

    def _record_meeting(self, number: int, place: int, meet: Callable[[], None]) -> Exception | None:
        """Record a run that meets with something on its way; the error that it ends in."""
        try:
            self.log.record(meeting(RUNS[number], place, meet))
        except (SimError, Interruption) as error:
            return error
        return None

    def _adopt(self, *numbers: int) -> None:
        """Take over from the site how far these runs are, which no list can know, and where new ones stand."""
        counts = {IDS.index(info.run): info.count for info in self._listed()}
        assert [number for number in counts if number in self.kept] == list(self.kept), "the order stays as it was"
        assert counts.keys() - self.kept.keys() <= set(numbers)
        for number, count in self.kept.items():
            assert counts[number] == count or (number in numbers and counts[number] > count)
        self.kept = counts

    @rule(number=numbers)
    def record(self, number: int) -> None:
        self._record(number, self.log)

    @rule()
    def reopen(self) -> None:
        self.log = self.site.log()

    @rule(number=numbers, place=places)
    def cut_off(self, number: int, place: int) -> None:
        """What was given before an error is kept."""
        blocked = self._blocked(number) and place > 0
        error = self._record_meeting(number, place, interrupt)
        assert isinstance(error, LogError if blocked else Interruption)
        if place and not blocked:
            self.kept[number] = max(place, self.kept.get(number, 0))

    @precondition(lambda self: isinstance(self.site, MortalSite))
    @rule(number=numbers, place=places)
    def kill(self, number: int, place: int) -> None:
        """What was acknowledged when the writer died is there, and nothing that was not given."""
        site = self.site
        assert isinstance(site, MortalSite)
        before = self.kept.get(number, 0)
        acknowledged: list[int] = [0]
        at_death: list[tuple[int, Callable[[], None]]] = []

        def die() -> None:
            at_death.append((acknowledged[-1], site.kill()))
            raise Interruption

        with pytest.raises((Interruption, SimError)):
            self.log.record(meeting(RUNS[number], place, die), acknowledge=acknowledged.append)
        for certain, restore in at_death:
            restore()
            self._adopt(number)
            assert max(before, certain) <= self.kept.get(number, 0) <= max(before, place)
        self.log = site.log()

    @rule(number=numbers, other=numbers, place=places)
    def write_two_runs_at_once(self, number: int, other: int, place: int) -> None:
        """The second is written whole, or refused at once where only one program may write; the first does not care."""
        if number == other or (place and self._blocked(number)):
            return
        met = []

        def meet() -> None:
            met.append(True)
            if place and self.site.one_writer:
                with pytest.raises(UsageError, match="another program is writing"):
                    self.site.log().record(RUNS[other])
            else:
                self._record(other, self.site.log())

        error = self._record_meeting(number, place, meet)
        assert met == [True]
        assert error is None or (place == 0 and self._blocked(number))
        self._adopt(number, other)
        assert error is not None or self.kept[number] == LENGTH

    @precondition(lambda self: isinstance(self.site, MortalSite))
    @rule(number=numbers, place=places)
    def write_one_run_twice_at_once(self, number: int, place: int) -> None:
        """One of the two fails and says why, unless one had ended when the other began; the other's run is whole."""
        if self._blocked(number):
            return
        apart = self.kept.get(number) == LENGTH or place < COMMIT or place == LENGTH
        errors: list[Exception | None] = []

        def meet() -> None:
            try:
                self.site.log().record(RUNS[number])
            except SimError as error:
                errors.append(error)

        errors.append(self._record_meeting(number, place, meet))
        failures = [error for error in errors if error is not None]
        assert all(isinstance(error, UsageError) and str(error).count("\n") <= 1 for error in failures), failures
        assert len(failures) == 1 or (apart and not failures), failures
        self._adopt(number)
        assert self.kept[number] == LENGTH

    @precondition(lambda self: self.kept)
    @rule(data=st.data(), what=st.sampled_from(sorted(TAMPERED)))
    def tamper(self, data: st.DataObject, what: str) -> None:
        """Reading gives what comes before, then an error; recording again changes nothing of it."""
        number = data.draw(st.sampled_from(list(self.kept)), "run")
        place = data.draw(st.integers(0, self.kept[number] - 1), "place")
        tampered = TAMPERED[what](TRUTH[number][: self.kept[number]], place)
        undo = self.site.replace(IDS[number], tampered)
        try:
            found, error = self._read(number)
            assert found == TRUTH[number][: len(found)]
            assert len(found) <= place
            assert error is not None
        finally:
            undo()

    @invariant()
    def equals_the_list(self) -> None:
        assert [(info.run, info.count, info.head, info.finished) for info in self._listed()] == [
            (IDS[number], count, TRUTH[number][count - 1].hash.hex(), count == LENGTH)
            for number, count in self.kept.items()
        ]
        for number, count in self.kept.items():
            found, error = self._read(number)
            assert found == TRUTH[number][:count]
            assert (error is None) == (count == LENGTH)

    def _listed(self) -> list[RunInfo]:
        try:
            return self.log.runs()
        except UsageError:
            assert not self.kept, "there is no file yet"
            return []

    def _read(self, number: int) -> tuple[list[Record], SimError | None]:
        found: list[Record] = []
        try:
            found.extend(self.log.records(IDS[number]))  # extend keeps what came before the error
        except SimError as error:
            return found, error
        return found, None


@pytest.mark.parametrize("store", ["memory", *STORES], indirect=True)
def test_any_store_equals_a_list(store: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the order in which things are done to it, and go wrong."""
    monkeypatch.setattr(database, "BATCH", COMMIT)
    monkeypatch.setattr(postgres, "HELD_SECONDS", 0.1)
    sites: Sites = MemorySite if store == "memory" else request.getfixturevalue("sites")
    examples = settings().max_examples // (5 if store == "postgresql" else 1)  # each connects a hundred times

    class MachineHere(Machine):
        def __init__(self) -> None:
            super().__init__(sites())

    run_state_machine_as_test(MachineHere, settings=settings(max_examples=examples, stateful_step_count=STEPS))
