"""What every test may use: one flag that rewrites golden files, and how hard hypothesis tries.

`--hypothesis-profile` (or HYPOTHESIS_PROFILE) chooses: `ci`, the default, tries the same examples every time; `soak`
tries twenty-five times as many, new ones every time; `mutation` does not shrink.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

pytest_plugins = ["tests.chromium", "tests.postgres"]

# No clock: how long an example takes says more about the machine than about the code. The same examples every time, so
# that a change passes on every machine or on none; new ones are what the soak is for.
settings.register_profile(
    "ci",
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "soak",
    settings.get_profile("ci"),
    max_examples=500,
    derandomize=False,
    database=settings.get_profile("default").database,
)
settings.register_profile(
    "mutation",
    settings.get_profile("ci"),
    phases=(Phase.explicit, Phase.generate),  # that it fails is enough: nobody reads the smallest example
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure() -> None:
    """Ctrl-C means what it means in a terminal, also where a shell has told the tests, as it does in the background, to
    ignore it: so would every process that they start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite",
        action="store_true",
        help="write what the program says now into the golden files and the documentation's examples",
    )
    parser.addoption(
        "--long",
        action="store_true",
        help="tests/reliability in full: 200 kills a store, damage at every byte (as in `make soak`; takes minutes)",
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for processes that they start."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether faults are to be tried in full rather than as samples."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten rather than compared with."""
    return bool(request.config.getoption("--rewrite"))


@pytest.fixture
def golden(rewrite: bool) -> Callable[[Path, str], None]:
    """Compare a text with a golden file; with --rewrite, write it there instead."""

    def compare(path: Path, text: str) -> None:
        if rewrite:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare
