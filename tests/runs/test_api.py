"""`import sim`: what it offers, and that it costs nothing before it is used."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sim

ROOT = Path(__file__).parents[2]
NAMES = [
    *("Book", "LoadError", "LogError", "SimError", "UsageError"),
    *("dump", "known", "load", "open_log", "replay", "run_ensemble", "simulate", "snapshot"),
]
HEAVY = {"simpy", "yaml", "tabulate", "attr", "attrs", "json", "hashlib", "csv", "zoneinfo", "textwrap", "unicodedata"}


def test_the_names() -> None:
    """These, and no others; each is what its own part calls by that name."""
    assert sorted(NAMES) == sorted({*sim.__all__} - {"__version__"})
    homes = {name: getattr(sim, name).__module__ for name in NAMES}
    assert {home.split(".")[0] for home in homes.values()} == {"sim"}
    assert {name: getattr(importlib.import_module(homes[name]), name) for name in NAMES} == {
        name: getattr(sim, name) for name in NAMES
    }
    assert {*NAMES, "__version__"} <= set(dir(sim))


def test_a_name_there_is_not() -> None:
    with pytest.raises(AttributeError, match=r"^module 'sim' has no attribute 'fly'$"):
        sim.fly


def test_the_main_job_in_five_lines(tmp_path: Path) -> None:
    """From a file to a posture, and through a log back again."""
    scenario = sim.load(ROOT / "scenarios" / "failed-total.yaml")
    log = sim.open_log(tmp_path / "run.jsonl")
    log.record(sim.simulate(scenario))
    live, read = sim.replay(sim.simulate(scenario)), sim.Book.replay(log.events())
    assert sim.snapshot(live, live.opened.end) == sim.snapshot(read, read.opened.end)
    assert sum(row.strength for row in sim.snapshot(live, 0).rows) == 1400
    assert sim.load(_saved(sim.dump(scenario), tmp_path)) == scenario


def _saved(text: str, folder: Path) -> Path:
    path = folder / "again.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_error_is_one_of_ours() -> None:
    assert all(issubclass(error, sim.SimError) for error in (sim.LoadError, sim.LogError, sim.UsageError))


def _imported(code: str) -> set[str]:
    """The modules that a fresh process has imported after running the code."""
    code += "\nimport sys\nnames = sorted(sys.modules)\nimport json\nprint(json.dumps(names))"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True, timeout=60, cwd=ROOT
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_importing_it_imports_nothing_heavy() -> None:
    """Beyond what a bare interpreter has; coverage, where it is on, brings its own."""
    assert (_imported("import sim") - _imported("")) & HEAVY == set()


def test_each_name_brings_its_own_part_alone() -> None:
    """An error needs no simulation, a log no scenario file, and a scenario file no simulation."""
    bare = _imported("")
    assert (_imported("import sim; sim.LogError") - bare) & {"simpy", "yaml", "tabulate"} == set()
    assert (_imported("import sim; sim.open_log") - bare) & {"simpy", "yaml", "tabulate"} == set()
    assert (_imported("import sim; sim.load") - bare) & {"simpy", "yaml", "tabulate"} == {"yaml"}
    assert (_imported("import sim; sim.simulate") - bare) & {"simpy", "yaml", "tabulate"} == {"simpy"}


def test_a_plain_run_imports_what_it_needs(tmp_path: Path) -> None:
    """Not the other forms of a result, and of the log what writes one: a short start is promised."""
    run = "from sim.cli import main\nmain(['run', 'scenarios/feb2022.yaml', '--log', LOG])"
    forms = {"sim.report.json_form", "sim.report.csv_form"}
    unkept = _imported(run.replace("'--log', LOG", "'--no-log'")) - _imported("")  # coverage has its own use for SQLite
    assert unkept & {*forms, "sim.eventlog", "sqlite3"} == set()
    reading = {"sim.eventlog.decoding", "sim.eventlog.reader", "sim.eventlog.verifier"}
    kept = _imported(run.replace("LOG", repr(str(tmp_path / "runs.sqlite"))))
    assert kept & {*forms, *reading, "psycopg"} == set()
    assert kept >= {"sim.eventlog", "sqlite3"}
