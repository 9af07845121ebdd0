"""What every store does, whatever it keeps its records in. A store's own test file inherits from `LogContract`."""

from collections.abc import Iterator

import pytest
from attrs import evolve

from sim.domain.event import Event, UnitClosed
from sim.errors import LogError, UsageError
from sim.eventlog import EventLog, Outcome, Record, Recorder, RunInfo, Written
from sim.version import __version__
from tests.eventlog.example import EXAMPLE, HAPPENED, SCENARIO, run_of

OTHER = run_of(SCENARIO, HAPPENED, seed=1)


class Interruption(Exception):
    """What a run is cut off by in these tests."""


def cut_off(events: list[Event], after: int) -> Iterator[Event]:
    """The first events, then an interruption."""
    yield from events[:after]
    raise Interruption


def recorded(events: list[Event]) -> list[Record]:
    """The records of a run."""
    return list(Recorder().records(events))


def info(events: list[Event], count: int, *, finished: bool, program: str | None) -> RunInfo:
    """How a log lists a run of which it has the first `count` records."""
    record = recorded(events)[count - 1]
    seed = 1 if events is OTHER else 0
    return RunInfo(record.run, SCENARIO.title, seed, count, record.hash.hex(), finished, program)


def read_until_error(log: EventLog, run: str | None = None) -> tuple[list[Record], str]:
    """What can be read of a run, and the first line of the error at its end."""
    found: list[Record] = []
    with pytest.raises(LogError) as caught:
        found.extend(log.records(run))  # extend keeps what came before the error
    return found, caught.value.message


class LogContract:
    """Needs a fixture `log`: an empty one."""

    program: str | None = __version__
    """The version that the log says began its runs."""

    def reopened(self, log: EventLog) -> EventLog:
        """The same log, as a later process would see it."""
        return log

    def test_an_empty_log_holds_no_run(self, log: EventLog) -> None:
        """Recording into it makes it a log of one run."""
        log.record(EXAMPLE)
        assert self.reopened(log).runs() == [info(EXAMPLE, len(EXAMPLE), finished=True, program=self.program)]

    def test_what_was_recorded_is_read_back(self, log: EventLog) -> None:
        """Records, events and book come back as they went in."""
        written = log.record(iter(EXAMPLE))
        log = self.reopened(log)
        records = recorded(EXAMPLE)
        last = records[-1]
        assert written == Written(last.run, Outcome.WRITTEN, len(EXAMPLE), last.hash.hex())
        assert list(log.records()) == records
        assert list(log.events()) == EXAMPLE
        book, read = log.replay()
        assert read == evolve(written, outcome=Outcome.VERIFIED)
        assert book.scenario == log.book().scenario == SCENARIO

    def test_repeating_a_finished_run_verifies_it(self, log: EventLog) -> None:
        """Nothing is added, and the answer says that it was there and is the same."""
        first = log.record(EXAMPLE)
        second = self.reopened(log).record(EXAMPLE)
        assert second == Written(first.run, Outcome.VERIFIED, first.count, first.head)
        assert list(log.records()) == recorded(EXAMPLE)

    @pytest.mark.parametrize("after", range(1, len(EXAMPLE)))
    def test_an_interrupted_run_is_completed(self, log: EventLog, after: int) -> None:
        """What came before the interruption is kept, listed as unfinished, and in the end as if there had been none."""
        with pytest.raises(Interruption):
            log.record(cut_off(EXAMPLE, after))
        log = self.reopened(log)
        assert log.runs() == [info(EXAMPLE, after, finished=False, program=self.program)]
        found, error = read_until_error(log)
        assert found == recorded(EXAMPLE)[:after]
        assert error.endswith(f"position {after}: the run is unfinished: its run-closed is missing")
        assert log.record(EXAMPLE).outcome is Outcome.COMPLETED
        assert list(self.reopened(log).records()) == recorded(EXAMPLE)

    def test_an_interruption_before_the_first_event_leaves_nothing(self, log: EventLog) -> None:
        """There is no run yet, and the next one is written as usual."""
        with pytest.raises(Interruption):
            log.record(cut_off(EXAMPLE, 0))
        assert log.record(EXAMPLE).outcome is Outcome.WRITTEN

    def test_a_run_that_differs_is_refused(self, log: EventLog) -> None:
        """The first position that differs is named, and what is stored stays as it was."""
        log.record(EXAMPLE)
        changed = run_of(SCENARIO, (*HAPPENED[:-1], UnitClosed(840, "82-ibct", "fort-bragg", "deploy-ibct")))
        with pytest.raises(LogError, match=f"position {len(EXAMPLE) - 2}: the log has another record"):
            self.reopened(log).record(changed)
        assert list(log.records()) == recorded(EXAMPLE)

    @pytest.mark.parametrize("happened", [HAPPENED[:-1], (*HAPPENED, HAPPENED[-1])])
    def test_a_shorter_or_longer_run_is_refused(self, log: EventLog, happened: tuple[Event, ...]) -> None:
        """A run that ends sooner or later than the stored one differs from it."""
        log.record(EXAMPLE)
        with pytest.raises(LogError, match="the log has another record here than this run gives"):
            log.record(run_of(SCENARIO, happened))
        assert list(log.records()) == recorded(EXAMPLE)

    def test_a_log_holds_many_runs(self, log: EventLog) -> None:
        """They are listed as they were begun; the last is meant where none is named; any can be verified again."""
        first, second = log.record(EXAMPLE), log.record(OTHER)
        log = self.reopened(log)
        assert log.runs() == [
            info(events, len(events), finished=True, program=self.program) for events in (EXAMPLE, OTHER)
        ]
        assert list(log.records()) == recorded(OTHER)
        assert list(log.records(first.run)) == recorded(EXAMPLE)
        assert list(log.events(second.run)) == OTHER
        assert log.record(EXAMPLE).outcome is Outcome.VERIFIED
        assert list(log.records()) == recorded(OTHER)

    def test_a_run_is_named_by_how_its_id_begins(self, log: EventLog) -> None:
        """As far as that fits one run alone; the whole id always does."""
        first, second = log.record(EXAMPLE).run, log.record(OTHER).run
        shared = next(place for place in range(16) if first[place] != second[place])
        assert log.chosen() == second
        assert [log.chosen(run[:length]) for run in (first, second) for length in (shared + 1, 16)] == [
            *(first, first),
            *(second, second),
        ]
        assert list(log.records(first[: shared + 1])) == recorded(EXAMPLE)
        with pytest.raises(UsageError) as caught:
            log.chosen(first[:shared])
        assert str(caught.value) == (
            f"{log.url}: several runs begin with '{first[:shared]}'\n  there are {first}, {second}"
        )

    def test_a_run_it_does_not_hold(self, log: EventLog) -> None:
        """The error names those it holds, a dozen at most."""
        run = log.record(EXAMPLE).run
        with pytest.raises(UsageError) as caught:
            list(log.records("0" * 16))
        assert str(caught.value) == f"{log.url}: the log holds no run '0000000000000000'\n  it holds {run}"
        runs = [run, *(log.record(run_of(SCENARIO, seed=seed)).run for seed in range(1, 14))]
        with pytest.raises(UsageError) as caught:
            log.chosen("none")
        assert caught.value.remedy == f"it holds {', '.join(runs[:12])} and 2 more"

    @pytest.mark.parametrize("after", [1, len(EXAMPLE)])
    def test_how_a_run_was_opened(self, log: EventLog, after: int) -> None:
        """Is known as soon as it has begun."""
        with pytest.raises(Interruption):
            log.record(cut_off(EXAMPLE, after))
        assert log.opened() == EXAMPLE[0]

    @pytest.mark.parametrize("after", [0, 1, len(EXAMPLE) - 1, len(EXAMPLE)])
    def test_what_is_stored_is_acknowledged(self, log: EventLog, after: int) -> None:
        """Whether it was stored just now or was there before: never more of it than is there, and in the end all."""
        if after:
            with pytest.raises(Interruption):
                log.record(cut_off(EXAMPLE, after))
        told: list[tuple[int, int]] = []
        log.record(EXAMPLE, acknowledge=lambda count: told.append((count, self.reopened(log).runs()[0].count)))
        assert told[-1][0] == len(EXAMPLE)
        assert all(count <= there for count, there in told)
        assert told == sorted(told)

    def test_events_that_are_no_run_are_refused(self, log: EventLog) -> None:
        """What does not close stays unfinished; what does not open is not stored."""
        with pytest.raises(LogError, match="event 3 cannot be recorded: the events end without run-closed"):
            log.record(EXAMPLE[:3])
        assert log.runs() == [info(EXAMPLE, 3, finished=False, program=self.program)]
        with pytest.raises(LogError, match="event 0 cannot be recorded: the events begin with unit-mustered"):
            log.record(HAPPENED)
        with pytest.raises(LogError, match="event 0 cannot be recorded: the events end without run-closed"):
            log.record([])
        assert log.record(EXAMPLE).outcome is Outcome.COMPLETED
