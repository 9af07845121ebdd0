"""Courses: what is counted is kept on the way and at the end, and a log that fails costs nobody the answer."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from sim.ensemble import course as courses
from sim.ensemble.course import Course
from sim.ensemble.experiment import Experiment
from sim.ensemble.kept import Keeper
from sim.ensemble.replication import Replications
from sim.ensemble.tally import Tally
from sim.errors import LogError, SimError, UsageError
from sim.eventlog import open_tallies
from sim.eventlog.patience import Wait
from tests.ensemble.invented import convoy

TOLD = convoy()
RUNS = 30
BUSY = UsageError("the log is locked")


def asked(log: Path | None, runs: int = RUNS) -> Experiment:
    return Experiment(TOLD, runs, workers=1, log=log)


def whole(runs: int = RUNS) -> Tally:
    """The tally of the plain loop."""
    return Replications(asked(None).plan).tally(range(runs))


@pytest.fixture(params=("sqlite", "jsonl"))
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"runs.{request.param}"


def keeper(log: Path) -> Keeper:
    return Keeper(log, asked(None).plan)


def test_it_goes_on_with_what_is_kept(log: Path) -> None:
    """And leaves there all that it has."""
    keeper(log).keep(whole(12))
    course = Course.begun(asked(log))
    assert (course.found, course.kept, course.tally, course.enough) == (12, 12, whole(12), False)
    told: list[int] = []
    course.play(tell=told.append)
    assert (course.found, course.kept, course.tally, course.enough) == (12, RUNS, whole(), True)
    assert keeper(log).tally() == whole()
    assert told[-1] == RUNS
    assert told == sorted(set(told))


def test_what_is_enough_is_not_played(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor written anew."""
    keeper(log).keep(whole())
    monkeypatch.setattr(courses, "played", None)
    monkeypatch.setattr(Keeper, "keep", None)
    course = Course.begun(asked(log))
    course.check()
    course.play()
    assert (course.found, course.kept, course.tally) == (RUNS, RUNS, whole())


def test_more_than_is_asked_for_is_left(log: Path) -> None:
    """The fewer are played again."""
    keeper(log).keep(whole())
    course = Course.begun(asked(log, 7))
    course.check()
    course.play()
    assert (course.found, course.kept, course.tally) == (RUNS, RUNS, whole(7))
    assert keeper(log).tally() == whole()


def test_others_may_have_kept_more_meanwhile(log: Path) -> None:
    """Then that is what is said to be kept."""
    course = Course.begun(asked(log, 7))

    def other(_: int) -> None:
        keeper(log).keep(whole())

    course.play(tell=other)
    assert (course.found, course.kept, course.tally) == (0, RUNS, whole(7))


def test_nowhere() -> None:
    course = Course.begun(asked(None))
    course.check()
    course.play()
    assert (course.keeper, course.found, course.kept, course.tally) == (None, 0, 0, whole())


def test_a_log_that_cannot_be_written_is_known_before_the_work(tmp_path: Path) -> None:
    course = Course.begun(asked(tmp_path / "nowhere" / "runs.jsonl"))
    with pytest.raises(UsageError) as refused:
        course.check()
    assert refused.value.message == (
        f"the log {tmp_path}/nowhere/runs.jsonl cannot be written: No such file or directory"
    )
    assert course.tally == Tally()


def test_what_is_damaged_gives_way_to_runs_alone(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever could not play any leaves it to be looked at."""
    store = open_tallies(log)
    store.keep(keeper(log).ensemble, b"damaged", lambda _: True)

    def failing(*_: object, **__: object) -> Iterator[int]:
        yield from ()
        raise UsageError("there is no cluster")

    with monkeypatch.context() as nobody:
        nobody.setattr(courses, "played", failing)
        course = Course.begun(asked(log))
        course.check()
        with pytest.raises(UsageError, match="there is no cluster"):
            course.play()
    assert store.all() == [(keeper(log).ensemble, b"damaged")]
    course.play()
    assert keeper(log).tally() == whole()


@pytest.mark.parametrize("runs", [RUNS, 7])
def test_a_log_that_may_not_be_written_answers(log: Path, runs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it has as many runs as are asked for, or more: then it would stay as it is anyway."""
    keeper(log).keep(whole())
    monkeypatch.setattr(Keeper, "check", None)
    monkeypatch.setattr(Keeper, "keep", None)
    course = Course.begun(asked(log, runs))
    course.check()
    course.play()
    assert (course.tally, course.kept, course.problem) == (whole(runs), RUNS, None)


def test_a_log_that_cannot_be_read_is_known_before_the_work(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    path.write_text("no log" * 100)
    with pytest.raises(LogError) as refused:
        Course.begun(asked(path)).check()
    assert refused.value.message == f"{path}: this is not a log: file is not a database"


def test_who_does_not_need_the_log_has_the_answer(tmp_path: Path) -> None:
    """And is told why nothing is kept."""
    path = tmp_path / "runs.sqlite"
    path.write_text("no log" * 100)
    course = Course.begun(asked(path))
    course.play()
    assert (course.tally, course.kept) == (whole(), 0)
    assert isinstance(course.problem, LogError)


def test_a_log_that_is_locked_costs_nobody_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program holds it while all is played: that is the problem, and what was kept before is there still."""
    monkeypatch.setattr("sim.eventlog.sqlite.BUSY_SECONDS", 0.01)
    path = tmp_path / "runs.sqlite"
    keeper(path).keep(whole(12))
    course = Course.begun(asked(path))
    course.check()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    course.play()
    assert (course.tally, course.kept) == (whole(), 12)
    assert course.problem is not None
    assert course.problem.message == f"the log {path} cannot be written: database is locked"
    other.execute("ROLLBACK")
    other.close()
    assert keeper(path).tally() == whole(12)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What time it is, to courses."""
    now = [0.0]
    monkeypatch.setattr(courses, "perf_counter", lambda: now[0])
    return now


def _keeping(
    monkeypatch: pytest.MonkeyPatch, clock: list[float], keep: Callable[[float], SimError | None], until: int
) -> tuple[Course, list[float]]:
    """Play one run a second; when it was kept. `keep` says what goes wrong at a time, and may let time pass."""
    times: list[float] = []

    def kept(_: Keeper, tally: Tally, __: Wait) -> int:
        times.append(clock[0])
        if (wrong := keep(clock[0])) is not None:
            raise wrong
        return tally.runs

    def played(_: object, tally: Tally, *__: object, **___: object) -> Iterator[int]:
        while clock[0] < until:
            clock[0] += 1
            tally.runs += 1
            yield tally.runs

    monkeypatch.setattr(courses, "played", played)
    monkeypatch.setattr(Keeper, "keep", kept)
    course = Course.begun(Experiment(TOLD, 1000, log="memory:"))
    course.play()
    return course, times


def test_what_is_counted_is_kept_soon(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    """First after a second, then after twice as long each time, and from then on every ten; and at the end."""
    course, times = _keeping(monkeypatch, clock, lambda _: None, 49)
    assert times == [1, 3, 7, 15, 25, 35, 45, 49]
    assert (course.kept, course.problem) == (49, None)


def test_at_the_end_nothing_is_kept_twice(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    assert _keeping(monkeypatch, clock, lambda _: None, 15)[1] == [1, 3, 7, 15]


def test_what_fails_on_the_way_is_tried_again(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    """As if nothing had been."""
    course, times = _keeping(monkeypatch, clock, lambda now: BUSY if 2 < now < 30 else None, 40)
    assert times == [1, 3, 7, 15, 25, 35, 40]
    assert (course.kept, course.problem) == (40, None)


def test_what_fails_at_the_end_is_a_problem(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    """And it is known how much was kept before."""
    course, _ = _keeping(monkeypatch, clock, lambda now: BUSY if now > 30 else None, 40)
    assert (course.tally.runs, course.kept, course.problem) == (40, 25, BUSY)


def test_keeping_takes_a_tenth_of_the_time(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    """A log for which one waits half a minute each time is tried every five minutes."""

    def locked(now: float) -> SimError:
        clock[0] = now + 30
        return BUSY

    _, times = _keeping(monkeypatch, clock, locked, 1000)
    assert times == [1, 331, 661, 991, 1021]


@pytest.mark.parametrize(
    ("needed", "end", "patient"),
    [(True, "", True), (False, "", False), (True, "asked", False), (True, "pressed", False)],
)
def test_who_is_in_a_hurry_does_not_wait(
    needed: bool, end: str, patient: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """For a log that another program has locked: on the way nobody is; at the end those who stop it, and those who did
    not ask for a log.
    """
    waited: list[Wait] = []

    def locked(_: Keeper, __: Tally, wait: Wait) -> int:
        waited.append(wait)
        raise BUSY

    monkeypatch.setattr(courses, "FIRST_SECONDS", 0.0)
    monkeypatch.setattr(Keeper, "keep", locked)
    course = Course.begun(asked(tmp_path / "runs.sqlite"), needed=needed)

    def tell(_: int) -> None:
        if end == "pressed" and waited:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) if end == "pressed" else nullcontext():
        course.play(lambda: end == "asked" and bool(waited), tell)
    *before, last = waited
    assert set(before) == {courses.BRIEF}
    assert (last.seconds is None) == patient


def test_what_goes_wrong_keeps_what_is_done(log: Path) -> None:
    """And is what is raised, whatever becomes of the log."""
    course = Course.begun(asked(log))

    def interrupt(runs: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        course.play(tell=interrupt)
    assert 0 < course.kept == course.tally.runs < RUNS
    assert keeper(log).tally() == whole(course.kept)


def test_who_stops_it_keeps_what_is_done(log: Path) -> None:
    course = Course.begun(asked(log))
    stops = iter((False, True))
    course.play(lambda: next(stops))
    assert not course.enough
    assert keeper(log).tally() == course.tally == whole(course.kept)


def test_what_is_damaged_is_replaced(log: Path) -> None:
    """It is of no use; that it was damaged is known."""
    damaged = keeper(log)
    damaged._store.keep(damaged.ensemble, b"damaged", lambda _: True)
    course = Course.begun(asked(log, 7))
    assert (course.found, course.tally, course.damaged is None, course.problem) == (0, Tally(), False, None)
    course.check()
    course.play()
    assert (course.kept, course.tally) == (7, whole(7))
    assert keeper(log).tally() == whole(7)
