"""Help: every command shows how it is used, and every example in it works."""

import re
import shlex
from pathlib import Path

import pytest

from sim import __version__
from tests.cli.conftest import Sim

COMMANDS = (
    *("run", "check", "lint", "snapshot", "timeline", "diff", "explain", "claims", "history", "reconcile"),
    *("ensemble", "plot", "report", "serve", "runs", "verify"),
)


@pytest.mark.parametrize("command", [(), *((command,) for command in COMMANDS)], ids=" ".join)
def test_help_has_an_example(command: tuple[str, ...], sim: Sim) -> None:
    """On standard output, with the exit statuses of the command; the example is a command that the program takes."""
    done = sim(*command, "--help")
    assert (done.status, done.err) == (0, "")
    (example,) = re.findall(r"example: python -m sim (\w+)", done.out)
    assert not command or example == command[0]
    assert not command or "exit status: 0 all " in done.out
    assert [line for line in done.out.splitlines() if len(line) > 100] == []


def test_examples_work(sim: Sim, tmp_path: Path) -> None:
    """Each is run as it stands, in order: the log that one writes is the log that the next one reads."""
    for command in ("run", "snapshot"):
        (example,) = re.findall(r"example: python -m sim (.+)", sim(command, "--help").out)
        done = sim(*shlex.split(example.replace("feb2022.jsonl", f"{tmp_path}/feb2022.jsonl")))
        assert done.status == 0


def test_every_command_is_listed(sim: Sim) -> None:
    assert tuple(re.findall(r"(?m)^    ([a-z-]+)(?:  |$)", sim("--help").out)) == COMMANDS


def test_without_a_command_the_help_is_said(sim: Sim) -> None:
    """It is no result: it goes to standard error, and the status is 2."""
    done = sim()
    assert (done.status, done.out) == (2, "")
    assert done.err == sim("--help").out


def test_unknown_commands(sim: Sim) -> None:
    done = sim("fly")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("argument COMMAND: invalid choice: 'fly'")
    assert done.err.endswith("\n  What it takes: python -m sim --help\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("diff b.yaml --from start --to end --as-known=end", "unrecognized arguments: --as-known"),
        ("claims a.yaml postgresql://me:secret@there/db", "there are more words than it takes"),
        ("claims a.yaml b.yaml --fast", "unrecognized arguments: --fast"),
    ],
)
def test_what_a_command_does_not_take(words: str, told: str, sim: Sim) -> None:
    """The help that is named is that of the command; a word that is no option is not repeated."""
    done = sim(*words.split())
    assert (done.status, done.out) == (2, "")
    assert done.err == f"{told}\n  What it takes: python -m sim {words.partition(' ')[0]} --help\n"


def test_the_version(sim: Sim) -> None:
    done = sim("--version")
    assert (done.status, done.out, done.err) == (0, f"sim {__version__}\n", "")
