"""`check`: scenarios are loaded and logs verified, without a run."""

from pathlib import Path

from tests.cli.conftest import Sim

FEB2022 = "scenarios/feb2022.yaml"
FAILED = "scenarios/failed-total.yaml"


def test_scenarios_that_load(sim: Sim) -> None:
    """A line for each says what is in it; whether its claims hold is not asked."""
    done = sim("check", FAILED, FAILED)
    line = f"{FAILED}: loads: 2 sources, 2 places, 4 units, 2 orders, 4 claims\n"
    assert (done.status, done.out, done.err) == (0, line * 2, "")


def test_one_that_does_not_load(sim: Sim, tmp_path: Path) -> None:
    """The others are checked all the same."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 2\n", encoding="utf-8")
    done = sim("check", bad, FAILED, "nowhere.yaml")
    assert done.status == 2
    assert done.out == f"{FAILED}: loads: 2 sources, 2 places, 4 units, 2 orders, 4 claims\n"
    assert f"{bad}:1:9: " in done.err
    assert "'nowhere.yaml' does not exist" in done.err


def test_logs(sim: Sim, tmp_path: Path) -> None:
    """A log is verified; one that does not verify counts more than a scenario that does not load."""
    log, bad = tmp_path / "run.jsonl", tmp_path / "bad.jsonl"
    announced = sim("run", FAILED, "--log", log).err
    bad.write_bytes(log.read_bytes()[:-2])
    done = sim("check", log, bad, "nowhere.yaml", "nowhere.jsonl")
    assert done.status == 3
    assert done.out == announced.replace("log ", "", 1).replace(": written, ", ": verifies: ")
    assert f"{bad}:" in done.err
    assert "'nowhere.yaml' does not exist" in done.err
    assert "nowhere.jsonl cannot be read: No such file" in done.err


def test_every_run_of_a_log_is_verified(sim: Sim, tmp_path: Path) -> None:
    """Also those before the last, which `run` reads."""
    log = tmp_path / "run.jsonl"
    first, second = (sim("run", path, "--log", log).err.split("written, ")[1] for path in (FEB2022, FAILED))
    whole = sim("check", log)
    assert (whole.status, whole.out, whole.err) == (0, f"{log}: verifies: {first.strip()}; {second}", "")
    text = log.read_text(encoding="utf-8")
    log.write_text(text.replace("Fort Bragg", "Fort Brag", 1), encoding="utf-8")
    damaged = sim("check", log)
    assert (damaged.status, damaged.out) == (3, "")
    assert damaged.err.startswith(f"{log}:")
