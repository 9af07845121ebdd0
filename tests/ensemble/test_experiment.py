"""Experiments: what cannot be asked is refused before anything is played, from Python as on the command line."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy
import pytest

import sim
from sim.ensemble.ensemble import Extent
from sim.ensemble.experiment import AskedError, Experiment
from sim.ensemble.plan import Plan
from tests.ensemble.invented import CERTAIN, END, convoy
from tests.story import scenario, unit

TOLD, OTHER = convoy(), convoy(vehicles=3)
STILL = scenario([unit("alpha")])
LASTING = f"It goes from 2022-01-24 00:00 to 2022-01-26 02:00, UTC time: the minutes 0 to {END:,}."

WRONG: dict[str, tuple[Callable[..., Any], dict[str, Any], str]] = {
    "no runs": (convoy, {"runs": 0}, "runs 0 is no such number\n  Give one from 1 to 10,000,000."),
    "too many runs": (
        convoy,
        {"runs": 10_000_001},
        "runs 10000001 is no such number\n  Give one from 1 to 10,000,000.",
    ),
    "half a run": (convoy, {"runs": 2.5}, "runs 2.5 is no such number\n  Give one from 1 to 10,000,000."),
    "runs in words": (convoy, {"runs": "5"}, "runs '5' is no such number\n  Give one from 1 to 10,000,000."),
    "no runs of what is certain": (
        lambda: CERTAIN,
        {"runs": -1},
        "runs -1 is no such number\n  Give one from 1 to 10,000,000.",
    ),
    "no workers": (convoy, {"workers": 0}, "workers 0 is no such number\n  Give one from 1 to 1,024."),
    "too many workers": (convoy, {"workers": 1025}, "workers 1025 is no such number\n  Give one from 1 to 1,024."),
    "a seed below 0": (
        convoy,
        {"seed": -1},
        "seed -1 is no such number\n  Give one from 0 to 9,223,372,036,854,775,807.",
    ),
    "a width in other words": (
        convoy,
        {"until_width": "soon"},
        "until_width: 'soon' is not a duration such as 12h, 2d, 90m or 1d12h",
    ),
    "a width below 0": (
        convoy,
        {"until_width": -5},
        "until_width -5 is no such number\n  Give one from 1 to 1,439,998,560.",
    ),
    "no width": (
        convoy,
        {"until_width": 0},
        "until_width 0 is no such number\n  Give one from 1 to 1,439,998,560.",
    ),
    "a width of halves": (
        convoy,
        {"until_width": 1.5},
        "until_width 1.5 is no such number\n  Give one from 1 to 1,439,998,560.",
    ),
    "a width of what never closes": (
        lambda: STILL,
        {"until_width": "1h"},
        "until_width: no order of the scenario moves anything, so none closes\n  Leave it out.",
    ),
    "another period": (
        convoy,
        {"against": STILL},
        "against: the two scenarios do not have the same start, end and timezone\n"
        "  Only runs over the same period can be compared.",
    ),
    "no time": (
        convoy,
        {"at": ["noon"]},
        "at: 'noon' is not a date (2022-02-03), a time (2022-02-03T08:00, with an offset such as Z or +01:00 if need "
        "be) or D+3",
    ),
    "a time before the run": (
        convoy,
        {"at": [-1]},
        f"at -1 lies outside the run\n  {LASTING}",
    ),
    "a time behind it": (
        convoy,
        {"at": [0, datetime(2031, 1, 1, tzinfo=UTC)]},
        f"at 2031-01-01 00:00:00+00:00 lies outside the run\n  {LASTING}",
    ),
    "workers here and there": (
        convoy,
        {"dask": "tcp://10.0.0.5:8786", "workers": 2},
        "dask: the workers of the cluster play, and no others here\n  Leave workers out.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_asked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One clear error each, that names the parameter; nothing is played."""
    told, asked, said = WRONG[name]
    monkeypatch.setattr("sim.ensemble.course.played", None)
    with pytest.raises(AskedError) as refused:
        sim.run_ensemble(told(), **asked)
    assert str(refused.value) == said
    assert said.startswith(refused.value.name)
    assert refused.value.name in asked


def test_what_is_played() -> None:
    """Times are each there once, in order; where none is asked for, they are the scenario's, or else its end."""
    asked = Experiment(TOLD, 20, 3, OTHER, ["end", 600, 600], "10d")
    assert (asked.plan, asked.extent) == (Plan(TOLD, 3, (600, END), OTHER), Extent(20, 14_400))
    assert Experiment(TOLD).plan.times == TOLD.snapshots == (600, END)
    assert Experiment(STILL).plan.times == (STILL.end,)


def test_what_is_certain_is_played_once() -> None:
    """However often that is asked for."""
    assert Experiment(CERTAIN, 50).extent == Extent(1)


@pytest.mark.parametrize("given", [numpy.int64(30), 30])
def test_whole_numbers_of_any_kind(given: int) -> None:
    """Those of numpy too, which JSON would not take."""
    asked = Experiment(TOLD, given, given, until_width=given, workers=given)
    assert [type(number) for number in (asked.runs, asked.seed, asked.until_width, asked.workers)] == [int] * 4
    assert (asked.plan.seed, asked.extent) == (30, Extent(30, 30))


def test_a_width_in_minutes_or_in_words() -> None:
    widths: tuple[str | int, ...] = ("6h", "360m", 360)
    assert {Experiment(TOLD, until_width=width).until_width for width in widths} == {360}
