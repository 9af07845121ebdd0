"""`run --log`: what becomes of a log that is there already, and of one that cannot be kept."""

from pathlib import Path

import pytest

from tests.cli.conftest import Sim

FEB2022 = "scenarios/feb2022.yaml"
WRITTEN = "128 records, run "


@pytest.fixture
def log(sim: Sim, tmp_path: Path) -> Path:
    """The log of a run."""
    path = tmp_path / "run.jsonl"
    sim("run", FEB2022, "--log", path)
    return path


def test_a_log_is_written_and_announced(sim: Sim, tmp_path: Path) -> None:
    """Where it is, what became of it, and the hash to compare: on standard error."""
    path = tmp_path / "run.jsonl"
    done = sim("run", FEB2022, "--log", path)
    lines = path.read_text(encoding="utf-8").splitlines()
    run, head = lines[0].split('"')[3], lines[-1].split('"')[-2]
    assert done.status == 0
    assert done.err == f"log {path}: written, {len(lines)} records, run {run}, head {head}\n"


def test_the_same_run_verifies_its_log(log: Path, sim: Sim) -> None:
    """The bytes stay as they are."""
    before = log.read_bytes()
    done = sim("run", FEB2022, "--log", log)
    assert (done.status, log.read_bytes()) == (0, before)
    assert done.err.startswith(f"log {log}: verified, ")


@pytest.mark.parametrize("kept", [0, 1, 100, -1])
def test_an_interrupted_log_is_completed(kept: int, log: Path, sim: Sim) -> None:
    """Wherever the bytes broke off, they come out as if nothing had happened."""
    whole = log.read_bytes()
    log.write_bytes(whole[:kept])
    done = sim("run", FEB2022, "--log", log)
    assert (done.status, log.read_bytes()) == (0, whole)
    assert done.err.startswith(f"log {log}: {'completed' if kept else 'written'}, ")


def test_an_unfinished_log_is_3_until_then(log: Path, sim: Sim) -> None:
    """It answers nothing, and says how to complete it."""
    log.write_bytes(log.read_bytes()[:-1])
    done = sim("snapshot", log, "--at", "end")
    assert (done.status, done.out) == (3, "")
    assert "the run is unfinished" in done.err
    assert done.err.endswith("to complete it, run the same scenario again with the same --log\n")


@pytest.mark.parametrize("command", ["run", "check", "snapshot", "again"])
def test_a_log_that_was_changed_is_3(command: str, log: Path, sim: Sim) -> None:
    """One digit: it is found, and named by line, whatever the log is asked for; and nothing is printed."""
    changed = log.read_bytes().replace(b'"strength":1700', b'"strength":1701')
    log.write_bytes(changed)
    line = next(number for number, text in enumerate(changed.splitlines(), 1) if b'"strength":1701' in text)
    words = {
        "run": ("run", log),
        "check": ("check", log),
        "snapshot": ("snapshot", log, "--at", "end"),
        "again": ("run", FEB2022, "--log", log),
    }
    done = sim(*words[command])
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith(f"{log}:{line}: position {line - 1}: ")
    assert log.read_bytes() == changed


def test_another_scenario_does_not_spoil_it(log: Path, sim: Sim) -> None:
    """Two runs stand in one file, one after the other."""
    done = sim("run", "scenarios/failed-total.yaml", "--log", log)
    assert (done.status, done.err.startswith(f"log {log}: written, ")) == (1, True)
    assert sim("run", FEB2022, "--log", log).err.startswith(f"log {log}: verified, ")


def test_a_time_that_is_wrong_writes_no_log(sim: Sim, tmp_path: Path) -> None:
    """What can be known to be wrong before the run begins is said before it."""
    path = tmp_path / "run.jsonl"
    assert sim("run", FEB2022, "--log", path, "--at", "2023-01-01").status == 2
    assert not path.exists()
