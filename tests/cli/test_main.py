"""`main`: every way a command can end has its status, one message, and no traceback."""

import errno
import gc
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sim import __main__ as program
from sim.cli import main as run_main
from tests.cli.conftest import Sim

MISSING = (
    "the library 'x' is not here: this is not the Python that the program was installed for\n"
    "  Run it with that one, such as .venv/bin/python, or install it: pip install .\n"
)


def _raising(error: BaseException) -> Callable[..., int]:
    def command(*_: object) -> int:
        print("half a result")
        raise error

    return command


def _bug() -> ValueError:
    return ValueError("of two\nlines")


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 141, "the output was closed before all of it was written\n"),
        (OSError(errno.ENOSPC, "No space left on device"), 2, "cannot write the output: No space left on device\n"),
        (OSError("out of tape"), 2, "cannot write the output: out of tape\n"),
        (PermissionError(errno.EACCES, "Permission denied", "x.csv"), 2, "x.csv: Permission denied\n"),
        (ModuleNotFoundError("No module named 'x'", name="x"), 2, MISSING),
        (MemoryError(), 2, "there is not enough memory for this scenario\n"),
    ],
)
def test_ways_out(error: BaseException, status: int, said: str, sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line or two for what is not the program's fault."""
    monkeypatch.setattr("sim.cli.check.check", _raising(error))
    done = sim("check", "x")
    assert (done.status, done.err) == (status, said)


def test_a_bug_of_ours_is_70(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it is, where it is, and the command that shows it, quoted for a shell; no traceback."""
    monkeypatch.setattr("sim.cli.check.check", _raising(_bug()))
    done = sim("check", "a b.yaml", "\x1b[31m")
    first, second = done.err.splitlines()
    assert done.status == 70
    assert first.startswith("a bug of ours: ValueError: of two lines at test_main.py:")
    assert second == "  please report it, with this command: python -m sim check 'a b.yaml' '\\x1b[31m'"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ann:s3cret@db/runs", "postgresql://ann:***@db/runs"),
        ("postgresql://ann:s3@cr/et@db/runs?x=1", "'postgresql://ann:***@db/runs?x=1'"),
        ("postgresql://db/runs?user=ann&password=s3cret&x=1", "'postgresql://db/runs?user=ann&password=***&x=1'"),
        ("PassWord=s3cret", "PassWord=***"),
    ],
)
def test_no_password_is_shown(address: str, shown: str, sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a message repeats of the words on the command line."""
    monkeypatch.setattr("sim.cli.check.check", _raising(_bug()))
    assert sim("check", address).err.endswith(f"python -m sim check {shown}\n")


@pytest.mark.parametrize("words", [["check", "scenarios/failed-total.yaml"], ["check", "nowhere.yaml"], ["fly"]])
@pytest.mark.parametrize("collecting", [True, False])
def test_the_garbage_collector_is_as_it_was(words: list[str], collecting: bool, sim: Sim) -> None:
    """It is off during a command; after it, however it ended, it is as the caller had it."""
    try:
        (gc.enable if collecting else gc.disable)()
        sim(*words)
        assert gc.isenabled() is collecting
    finally:
        gc.enable()


def test_it_is_off_during_a_command(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.cli.check.check", lambda _: 1 if gc.isenabled() else 0)
    assert sim("check", "x").status == 0


def test_arguments_come_from_the_process(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["sim", "--version"])
    assert run_main() == 0
    assert capsys.readouterr().out.startswith("sim ")


class Full(io.StringIO):
    """A stream that takes nothing."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_nobody_hears_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard error takes nothing, or is closed, the status still tells."""
    monkeypatch.setattr(sys, "stderr", Full())
    assert run_main(["check", "nowhere.yaml"]) == 2
    monkeypatch.setattr(sys, "stderr", None)
    assert run_main(["check", "nowhere.yaml"]) == 2


def test_nowhere_to_write(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A standard output that is closed is found before any work is done."""
    monkeypatch.setattr(sys, "stdout", None)
    assert run_main(["check", "scenarios/failed-total.yaml"]) == 2
    assert capsys.readouterr().err == "standard output is closed, so there is nowhere to write the result\n"


def test_output_that_is_no_file(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that calls `main` may have put anything in the place of standard output."""
    page = io.StringIO()
    monkeypatch.setattr(sys, "stdout", page)
    assert run_main(["check", "scenarios/failed-total.yaml"]) == 0
    assert page.getvalue().startswith("scenarios/failed-total.yaml: loads: ")


def test_the_process_ends_with_the_status(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`python -m sim` and the script `sim`: also where the interruption comes before there is a command."""
    try:
        monkeypatch.setattr(sys, "argv", ["sim", "check", str(tmp_path)])
        with pytest.raises(SystemExit) as ended:
            program.start()
        assert ended.value.code == 2
        monkeypatch.setattr("sim.cli.main", _raising(KeyboardInterrupt()))
        with pytest.raises(SystemExit) as ended:
            program.start()
        assert ended.value.code == 130
    finally:
        gc.unfreeze()
        gc.enable()


@pytest.mark.parametrize("heard", [True, False])
def test_a_library_missing_from_the_start(
    heard: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where not even the command line can be imported, the same is said, if anybody hears."""
    try:
        if not heard:
            monkeypatch.setattr(sys, "stderr", None)
        monkeypatch.setattr("sim.cli.main", _raising(ModuleNotFoundError("No module named 'x'", name="x")))
        with pytest.raises(SystemExit) as ended:
            program.start()
        assert ended.value.code == 2
        assert capsys.readouterr() == ("half a result\n", MISSING if heard else "")
    finally:
        gc.unfreeze()
        gc.enable()
