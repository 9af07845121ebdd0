"""What was known on a day: however late its picture comes, no figures of another day are shown than is named."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from sim.engine import simulate
from sim.eventlog import open_log
from sim.loader import load
from tests.browser.conftest import SCENARIOS, Open
from tests.browser.explorer_page import Explorer, ExplorerPage, exploring, served

BOTH_AT_ONCE = """() => {
    const [select, slider] = [document.querySelector('#known'), document.querySelector('#time')];
    select.value = '0';
    select.dispatchEvent(new Event('change'));
    slider.value = 26000;
    slider.dispatchEvent(new Event('input'));
}"""

Shown = tuple[str, str, str]


def shown(page: Page) -> Shown:
    """The choice, the banner and the posture that a page shows."""
    banner = page.locator(".banner").first
    return page.locator("#known").input_value(), banner.inner_text(), page.locator(".posture").inner_text()


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explorer]:
    """An explorer of a log with one run, that of four weeks of reports."""
    log = str(tmp_path_factory.mktemp("known") / "runs.sqlite")
    run = open_log(log).record(simulate(load(SCENARIOS / "eastern-flank-2022.yaml"), 0)).run
    with served(log, [run]) as serving:
        yield serving


@pytest.fixture
def anew(browser: Browser, explorer: Explorer) -> Callable[[int], Shown]:
    """What a page shows that is opened on one of the choices."""

    def opened(choice: int) -> Shown:
        with exploring(browser, explorer) as page:
            page.open("/runs/RUN").page.select_option("#known", str(choice))
            expect(page.page.locator(".banner").first).to_be_visible()
            return shown(page.page)

    return opened


def test_moving_on_while_a_day_is_unpacked(flank: Path, open_page: Open) -> None:
    """From disk: a choice and a move of the slider in one breath come out as the same address opened anew."""
    with open_page(flank) as report:
        report.open().page.evaluate(BOTH_AT_ONCE)
        expect(report.page.locator(".banner").first).to_be_visible()
        expect(report.page).to_have_url(re.compile("known="))
        fragment, seen = report.page.url.partition("#")[2], shown(report.page)
    with open_page(flank) as report:
        report.open(f"#{fragment}")
        assert shown(report.page) == seen


def test_moving_on_while_a_day_is_fetched(browser: Browser, explorer: Explorer, anew: Callable[[int], Shown]) -> None:
    """While a day is on its way, all that is shown is of the day before; when it comes, all is of that day."""
    expected = anew(0)
    with exploring(browser, explorer) as page:
        before = shown(page.open("/runs/RUN").page)
        held = _holding(page, "pictures/1.json")
        page.page.select_option("#known", "0")
        page.page.keyboard.press("Tab")
        page.page.locator("#time").press("Home")
        page.page.locator("#time").press("End")
        assert shown(page.page)[1:] == before[1:]
        expect(page.page.locator(".known-note")).to_contain_text("Reading what was known on")
        held[0].continue_()
        expect(page.page.locator(".banner").first).to_be_visible()
        assert shown(page.page) == expected
        expect(page.page.locator(".known-note")).to_be_hidden()


def test_a_late_day_stays_away(browser: Browser, explorer: Explorer, anew: Callable[[int], Shown]) -> None:
    """The picture of a day that comes when another has been chosen is not shown, nor when the slider moves then."""
    expected = anew(12)
    with exploring(browser, explorer) as page:
        page.open("/runs/RUN")
        held = _holding(page, "pictures/1.json")
        page.page.select_option("#known", "0")
        page.page.select_option("#known", "12")
        expect(page.page.locator(".banner").first).to_be_visible()
        with page.page.expect_response("**/pictures/1.json"):
            held[0].continue_()
        page.page.locator("#time").press("Home")
        page.page.locator("#time").press("End")
        assert shown(page.page) == expected


def test_a_day_that_cannot_be_read(browser: Browser, explorer: Explorer, anew: Callable[[int], Shown]) -> None:
    """The choice goes back to what is shown, and says so; chosen again, the day is asked for again."""
    expected = anew(0)
    with exploring(browser, explorer) as page:
        before = shown(page.open("/runs/RUN").page)
        page.page.route("**/pictures/1.json", lambda route: route.abort(), times=1)
        page.page.select_option("#known", "0")
        expect(page.page.locator(".known-note")).to_contain_text("could not be read")
        assert shown(page.page) == before
        page.page.select_option("#known", "0")
        expect(page.page.locator(".banner").first).to_be_visible()
        assert shown(page.page) == expected


def _holding(page: ExplorerPage, path: str) -> list[Route]:
    """Holds back what is asked for at a path, until the test lets it go on."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.page.route(f"**/{path}", hold, times=1)
    return held
