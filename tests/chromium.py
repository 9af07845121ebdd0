"""The browser that tests/browser drives, and what is said where there is none.

Any Chromium does, also Chrome; `CHROMIUM` names one that is elsewhere. None is downloaded. On a machine without one
those tests cannot run: the last lines say so, with how to install it. Under CI, where `CI` is set, they fail.
"""

import os
from collections.abc import Iterator
from shutil import which
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
REMEDY = (
    "Install Chromium (on Debian: sudo apt-get install chromium fonts-noto-core), or name a Chromium or Chrome that is "
    "elsewhere in CHROMIUM."
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LACKING = "no browser"


def found() -> str | None:
    """The path of the browser, or None."""
    named = os.environ.get("CHROMIUM")
    return which(named) if named else next(filter(None, map(which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests of a process."""
    path = found()
    if path is None and os.environ.get("CI"):
        pytest.fail(f"{LACKING}: {REMEDY}")
    if path is None:
        # Skipped, because a browser is a system package, which only root may install, and `make test` has to pass on a
        # bare machine. It is not quiet: the summary below says how many did not run.
        pytest.skip(f"{LACKING}: {REMEDY}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests did not run: a skip alone is a letter in a row of dots."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if LACKING in str(report.longrepr)]
    if skipped:
        terminalreporter.section("NOT TESTED", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} tests of the report and the explorer did not run: there is no browser.")
        terminalreporter.line(REMEDY)
