"""The command line, called as a function: what it returns, and what it writes to each stream."""

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

from sim.cli import main

ROOT = Path(__file__).parents[2]


@frozen
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str


Sim = Callable[..., Done]


@pytest.fixture
def sim(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Sim:
    """Run a command in the repository's folder, on a terminal `columns` wide; no run is kept unless a test says so."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SIM_LOG", "none")

    def run(*words: object, columns: int = 100) -> Done:
        monkeypatch.setenv("COLUMNS", str(columns))
        status = main([str(word) for word in words])
        return Done(status, *capsys.readouterr())

    return run
