"""Access for all: what axe-core finds, in light and dark, at three widths, and in the panel."""

from importlib.resources import files
from pathlib import Path

import pytest

from tests.browser.conftest import Open
from tests.browser.explorer_page import ExplorerPage
from tests.browser.report_page import ReportPage, album_of

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(report: ReportPage | ExplorerPage, within: str = "html") -> list[str]:
    """What axe-core finds wrong, each with the first place it is found at."""
    if report.page.evaluate("typeof axe") == "undefined":
        report.page.evaluate(AXE)
    found = report.page.evaluate("(within) => axe.run(within, {resultTypes: ['violations']})", within)["violations"]
    return [f"{each['id']}, {len(each['nodes'])} times: {each['nodes'][0]['html'][:160]}" for each in found]


@pytest.mark.parametrize(("scheme", "width"), [("light", 375), ("dark", 1280)])
def test_no_violations(scheme: str, width: int, february: Path, open_page: Open) -> None:
    """axe-core finds nothing wrong on the page of a scenario with two sides, nor in the panel."""
    with open_page(february, color_scheme=scheme, viewport={"width": width, "height": 900}) as report:
        report.open("#at=16000")
        assert violations(report) == []
        report.page.locator(".posture .figure").first.click()
        assert violations(report, "dialog") == []


def test_no_violations_as_known(flank: Path, open_page: Open) -> None:
    """Nor on the page of one with three kinds, as known on a day."""
    with open_page(flank) as report:
        report.open(f"#at=26000&known={album_of(flank)['known'][5]['at']}")
        assert violations(report) == []


@pytest.mark.parametrize("width", [320, 768])
def test_nothing_runs_out_of_a_phone(width: int, flank: Path, open_page: Open) -> None:
    """The page is never wider than the screen."""
    with open_page(flank, viewport={"width": width, "height": 800}) as report:
        report.open()
        assert report.page.evaluate("document.documentElement.scrollWidth") <= width
