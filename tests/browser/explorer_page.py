"""The explorer as a reader meets it in a browser: a server of its own, and pages that ask it alone."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import frozen
from playwright.sync_api import Browser, Locator, Page

from tests.browser.report_page import READY_MS, WATCH, Json

ROOT = Path(__file__).parents[2]


@frozen
class Explorer:
    """An explorer that is served at `root`, and the runs of its log, oldest first."""

    root: str
    runs: tuple[str, ...]


@contextmanager
def served(log: str, runs: Sequence[str]) -> Iterator[Explorer]:
    """A log, served at a free port by a process of its own."""
    command = [sys.executable, "-m", "sim", "serve", log, "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            told = process.stderr.readline()
            assert told.startswith("serving "), told + process.stderr.read()
            yield Explorer(told.split(" at ")[1].split("/ ")[0], tuple(runs))
        finally:
            process.terminate()


class ExplorerPage:
    """A page of the explorer that is open in a browser; it remembers all that went wrong in it."""

    def __init__(self, page: Page, explorer: Explorer) -> None:
        self.page = page
        self.explorer = explorer
        self.wrong: list[str] = []
        page.add_init_script(WATCH)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on(
            "request", lambda request: None if request.url.startswith(explorer.root) else self.wrong.append(request.url)
        )

    def open(self, path: str) -> "ExplorerPage":
        """Open a path, in which RUN stands for the first run."""
        self.page.goto(self.explorer.root + path.replace("RUN", self.explorer.runs[0]))
        return self.ready()

    def ready(self) -> "ExplorerPage":
        """Wait until the page is drawn."""
        self.page.wait_for_selector("html[data-ready]", timeout=READY_MS)
        return self

    def ask(self, form: str, **values: str) -> "ExplorerPage":
        """Fill in the fields of a form by their names, and send it."""
        asked = self.page.get_by_role("search", name=form)
        for name, value in values.items():
            field = asked.locator(f"[name='{name}']:not([type=hidden])")
            if field.evaluate("(field) => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        with self.page.expect_navigation():
            asked.get_by_role("button").click()
        return self.ready()

    def beside(self) -> Json:
        """The JSON that stands beside the page, by the link that the page has."""
        address = self.page.get_by_role("link", name="JSON").get_attribute("href")
        told: Json = self.page.request.get(f"{self.explorer.root}{address}").json()
        return told

    def column(self, head: str) -> list[str]:
        """What stands in a column of the list, the first line of each cell."""
        cells: list[str] = self.page.locator(f".listing [data-head='{head}']").evaluate_all(
            "(cells) => cells.map((cell) => cell.innerText.split('\\n')[0])"
        )
        return cells

    def names(self) -> Locator:
        """What the rows of the list are called."""
        return self.page.locator(".listing tbody th")

    def latest(self) -> Locator:
        """The latest events of a run that is being written, the last one first."""
        return self.page.locator(".listing tbody tr")

    def all_well(self) -> None:
        """Nothing failed, nothing was asked of anyone else, and the server's policy was kept."""
        assert self.wrong == []
        assert self.page.evaluate("window.violations") == []


@contextmanager
def exploring(browser: Browser, explorer: Explorer, **settings: Any) -> Iterator[ExplorerPage]:
    """A window of its own on an explorer; that all went well is checked when it closes."""
    settings = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **settings}
    context = browser.new_context(**settings)
    try:
        page = ExplorerPage(context.new_page(), explorer)
        yield page
        page.all_well()
    finally:
        context.close()
