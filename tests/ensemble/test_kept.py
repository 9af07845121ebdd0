"""Kept tallies: what is written is read back, and nothing else is."""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve

from sim.ensemble.kept import read_tally, write_tally
from sim.ensemble.plan import Plan
from sim.ensemble.replication import Replications
from sim.ensemble.tally import Tally
from sim.errors import UsageError
from tests.ensemble.invented import END, convoy

PLAN = Plan(convoy(), 5, (600, END), convoy(vehicles=3))
TALLY = Replications(PLAN).tally(range(12))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    write_tally(str(path), PLAN, TALLY)
    assert read_tally(str(path), PLAN) == TALLY
    assert [each.name for each in tmp_path.iterdir()] == ["kept"]


def test_the_empty_tally(tmp_path: Path) -> None:
    """It is what is read where there is no file, and can be written itself."""
    path = tmp_path / "kept"
    assert read_tally(str(path), PLAN) == Tally()
    write_tally(str(path), PLAN, Tally())
    assert read_tally(str(path), PLAN) == Tally()


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (evolve(PLAN, scenario=convoy(vehicles=1)), "it is of another scenario, or the scenario has changed since"),
        (evolve(PLAN, against=None), "it is compared with another scenario, or with none, or that scenario has"),
        (evolve(PLAN, against=convoy(vehicles=1)), "it is compared with another scenario, or with none, or that"),
        (evolve(PLAN, seed=6), "it has another seed"),
        (evolve(PLAN, times=(600,)), "its posture was taken at other times"),
    ],
    ids=["scenario", "not-compared", "compared", "seed", "times"],
)
def test_another_ensemble_is_refused(other: Plan, why: str, tmp_path: Path) -> None:
    path = tmp_path / "kept"
    write_tally(str(path), PLAN, TALLY)
    with pytest.raises(UsageError) as refused:
        read_tally(str(path), other)
    assert refused.value.message.startswith(f"{path} keeps another ensemble: {why}")


def test_other_rules_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    write_tally(str(path), PLAN, TALLY)
    path.write_text(path.read_text().replace('"rules":1', '"rules":0'))
    with pytest.raises(UsageError) as refused:
        read_tally(str(path), PLAN)
    assert refused.value.message.endswith("it was played by another version of the rules")


def _changed(change: Callable[[Any], object]) -> str:
    """A written tally with something changed."""

    with TemporaryDirectory() as folder:
        path = Path(folder) / "kept"
        write_tally(str(path), PLAN, TALLY)
        form = json.loads(path.read_text())
    change(form)
    return json.dumps(form)


BAD = {
    "empty": "",
    "no JSON": "{",
    "deep": "[" * 100_000,
    "a list": "[]",
    "another form": "{}",
    "a later form": _changed(lambda form: form.update(tally=2)),
    "no runs": _changed(lambda form: form.pop("runs")),
    "runs in words": _changed(lambda form: form.update(runs="12")),
    "fewer than none": _changed(lambda form: form.update(runs=-1)),
    "no counts": _changed(lambda form: form.pop("counts")),
    "fewer runs than answers": _changed(lambda form: form.update(runs=11)),
    "more runs than answers": _changed(lambda form: form.update(runs=13)),
    "an unknown question": _changed(lambda form: form["counts"]["first"].append(["luck", "go", [[1, 12]]])),
    "a question too long": _changed(lambda form: form["counts"]["first"].append(["closure", "a", "b", [[1, 12]]])),
    "a readiness there is not": _changed(
        lambda form: form["counts"]["first"].append(["held", 600, "US", "troops", "pl", "asleep", [[1, 12]]])
    ),
    "an answer that is no number": _changed(lambda form: form["counts"]["first"].append(["closure", "a", [["x", 12]]])),
    "an answer of no run": _changed(lambda form: form["counts"]["first"].append(["shift", "a", [[1, 0]]])),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_tally_is_refused(name: str, tmp_path: Path) -> None:
    """With one message, whatever is wrong with it."""
    path = tmp_path / "kept"
    path.write_text(BAD[name])
    with pytest.raises(UsageError) as refused:
        read_tally(str(path), PLAN)
    assert refused.value.message == f"{path} is no tally of an ensemble"
