"""The reports of the scenarios as the command line writes them."""

import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from sim.cli import main
from tests.browser.report_page import ReportPage, opened

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "scenarios"

Open = Callable[..., AbstractContextManager[ReportPage]]
Ask = Callable[..., str]


@pytest.fixture(scope="session")
def ask() -> Iterator[Ask]:
    """Give a command, and get what it writes; it may end with any status but those of a fault. No run is kept."""

    def run(*words: object) -> str:
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            assert main([str(word) for word in words]) in {0, 1}
        return out.getvalue()

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIM_LOG", "none")
        patch.chdir(ROOT)
        yield run


@pytest.fixture(scope="session")
def reported(ask: Ask, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The report of one of the scenarios, by its name; each is made once."""
    folder = tmp_path_factory.mktemp("reports")

    def made(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            ask("report", SCENARIOS / f"{name}.yaml", "-o", path)
        return path

    return made


@pytest.fixture(scope="session")
def february(reported: Callable[[str], Path]) -> Path:
    return reported("feb2022")


@pytest.fixture(scope="session")
def flank(reported: Callable[[str], Path]) -> Path:
    return reported("eastern-flank-2022")


@pytest.fixture
def open_page(browser: Browser) -> Open:
    """Open a report in a window of its own, whose settings are Playwright's."""
    return partial(opened, browser)


@pytest.fixture(scope="session")
def snapshots(ask: Ask) -> Callable[..., list[dict[str, Any]]]:
    """What `sim snapshot` says of a scenario at times, in UTC."""

    def taken(name: str, times: Sequence[str], *more: str) -> list[dict[str, Any]]:
        asked = [word for time in times for word in ("--at", time)]
        told = ask("snapshot", SCENARIOS / f"{name}.yaml", *asked, "--format", "json", *more)
        found: list[dict[str, Any]] = json.loads(told)["snapshots"]
        return found

    return taken
