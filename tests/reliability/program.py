"""The program, run as its user runs it, where the system around it can be made to fail."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shlex import join

import pytest
from attrs import frozen

from tests.unmeasured import unmeasured

ROOT = Path(__file__).parents[2]
FEB2022 = ROOT / "scenarios" / "feb2022.yaml"
SECONDS_MAX = 60


@frozen
class Ended:
    """How a program ended."""

    status: int
    out: str
    err: str


def sim(*words: object, cwd: Path = ROOT, **environment: str) -> Ended:
    """Run a command of the program."""
    return _ended([sys.executable, "-m", "sim", *map(str, words)], cwd, environment)


def line(module: str, *words: object) -> str:
    """What runs a module, as a line of a script."""
    return join([sys.executable, "-m", module, *map(str, words)])


def with_mounts(script: str, cwd: Path) -> Ended:
    """Run lines of bash that may mount what they like: nobody else sees it, and it is gone when they end.

    They stop at the first that fails, with its status. Fails the test where the system does not allow that.
    """
    private = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    tried = _ended([*private, "mount", "-t", "tmpfs", "none", str(cwd)], cwd, {})
    if tried.status:
        pytest.fail(
            "this test needs to mount a small disk: run it as root, or allow user namespaces "
            f"(kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns): {tried.err}"
        )
    return _ended([*private, "bash", "-ec", script], cwd, {})


def _ended(words: Sequence[str], cwd: Path, environment: dict[str, str]) -> Ended:
    plain = {name: text for name, text in unmeasured().items() if name not in {"COLUMNS", "SIM_LOG"}}
    done = subprocess.run(
        words,
        cwd=cwd,
        env=plain | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS_MAX,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)
