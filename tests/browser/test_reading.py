"""Reading the page: it opens from disk, every figure leads to its source, and a view can be shared."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.report_page import ReportPage, album_of

BYTES_MAX = 2_500_000
ALL = ["berlin-1949", "eastern-flank-2022", "failed-total", "feb2022", "port-au-prince-2010"]
SOURCE = re.compile(r"https?://")
THINGS = [
    ".posture .figure[data-open*='rzeszow']",
    ".mark[data-place='rzeszow']",
    ".labels .unit[data-open*='82nd']",
    ".chart .area[data-open*='PL']",
    ".questions .claim[data-open*='e13a']",
    ".lead .linked",
]


@pytest.mark.parametrize("name", ALL)
def test_opens_from_disk(name: str, reported: Callable[[str], Path], open_page: Open) -> None:
    """Every scenario's report is under 2.5 MB, and opens without a network, an error or a breach of its own policy."""
    path = reported(name)
    assert path.stat().st_size < BYTES_MAX
    with open_page(path) as report:
        report.open()
        expect(report.page.get_by_role("heading", level=1)).to_have_text(album_of(path)["scenario"]["title"])
        headings = report.page.locator("main section h2").all_inner_texts()
        assert [text for text in headings if not text.startswith("In ") or text == "In short"] == [
            "In short",
            "Where they are",
            "Strength over time",
            "Posture at this time",
            "What sources claim",
            "Units",
            "What happened",
            "Sources",
            "How this was computed",
        ]


def test_everything_leads_to_a_source(flank: Path, open_page: Open) -> None:
    """From figure, circle, symbol, area, claim and sentence a click opens what is behind it, and links to a source."""
    with open_page(flank) as report:
        report.open()
        for selector in THINGS:
            report.page.locator(selector).locator("visible=true").first.dispatch_event("click")
            expect(report.detail).to_be_visible()
            if report.detail.locator("a[href]").count() == 0:
                report.detail.locator(".letter").first.click()
            expect(report.detail.locator("a[href]").first).to_have_attribute("href", SOURCE)
            report.detail.get_by_role("button", name="Close").click()


def test_from_figure_to_unit_to_source_and_back(flank: Path, open_page: Open) -> None:
    """The panel leads on, from a figure to a unit to its source, and back by the way it came."""
    with open_page(flank) as report:
        report.open()
        report.page.locator(".posture .figure[data-open*='rzeszow']").click()
        expect(report.detail.get_by_role("heading", level=2)).to_have_text("US troops: Rzeszów-Jasionka, deployed")
        report.detail.get_by_role("button", name="82nd Airborne Division, first elements").first.click()
        expect(report.detail.get_by_role("heading", level=2)).to_have_text("82nd Airborne Division, first elements")
        report.detail.locator(".sources .letter").first.click()
        expect(report.detail.get_by_text("Units that rest on it")).to_be_visible()
        report.detail.get_by_role("button", name="Back").click()
        expect(report.detail.get_by_role("heading", level=2)).to_have_text("82nd Airborne Division, first elements")
        report.detail.get_by_role("button", name="Close").click()
        expect(report.detail).to_be_hidden()


def test_back_closes_the_panel(flank: Path, open_page: Open) -> None:
    """The browser's Back closes the panel and leaves the page as it was; Forward opens it again. One that was closed
    leaves no step behind.
    """
    with open_page(flank) as report:
        report.open("#at=26000").page.locator(".posture .figure").first.click()
        expect(report.page).to_have_url(re.compile("open="))
        report.page.go_back()
        expect(report.detail).to_be_hidden()
        assert report.minute == 26000
        report.page.go_forward()
        expect(report.detail).to_be_visible()
        report.detail.get_by_role("button", name="Close").click()
        expect(report.page).not_to_have_url(re.compile("open="))
        report.page.locator(".posture .figure").first.click()
        report.press("Escape")
        expect(report.page).not_to_have_url(re.compile("open="))
        report.page.go_back()
        assert report.page.url == "about:blank"


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (375, 800)])
def test_the_caution_is_on_the_first_screen(width: int, height: int, flank: Path, open_page: Open) -> None:
    """What no figure says can be read before anything is scrolled, on a desk and on a phone."""
    with open_page(flank, viewport={"width": width, "height": height}) as report:
        box = report.open().page.get_by_text(album_of(flank)["pictures"][0]["only"], exact=True).first.bounding_box()
        assert box is not None and box["y"] + box["height"] < height / 2


def test_many_sources_are_listed(flank: Path, february: Path, open_page: Open) -> None:
    """Claims of a few sources stand in columns; those of many under each question, with the sources that make them."""
    for path, columns in ((february, True), (flank, False)):
        with open_page(path) as report:
            report.open()
            assert report.page.locator(".matrix:visible").count() == columns
            assert report.page.locator(".questions").is_visible() is not columns


def test_the_same_words_stand_once(february: Path, open_page: Open) -> None:
    """Statements that cannot be tested and say the same stand there once, with each source that makes them."""
    noted = [claim for claim in album_of(february)["pictures"][0]["claims"] if claim["question"] is None]
    said = Counter(claim["says"] for claim in noted)
    with open_page(february) as report:
        report.open().page.get_by_text(f"{len(noted)} statements that cannot be tested").click()
        items = report.page.locator(".untested > li")
        expect(items).to_have_count(len(said))
        (most, times) = said.most_common(1)[0]
        assert times > 1
        letters = items.filter(has_text=most).locator(".letter")
        expect(letters).to_have_count(times)
        letters.first.click()
        expect(report.detail.get_by_role("heading", level=2)).to_have_text(most)


def test_a_claim_says_what_the_ledger_has(flank: Path, open_page: Open) -> None:
    """What the ledger has for a claim is told in the same words wherever the claim is, also where it is no number."""
    claims = album_of(flank)["pictures"][0]["claims"]
    claim = next(each for each in claims if (each["ledger"] or "").startswith("no; "))
    with open_page(flank) as report:
        report.open(f"#open=claim/{claim['id']}")
        expect(report.detail.locator("dl")).to_contain_text(claim["ledger"])


def test_the_contents_lead_to_what_is_folded(flank: Path, open_page: Open) -> None:
    """On a phone the long sections are folded, and the list of sections leads to each and unfolds it."""
    with open_page(flank, viewport={"width": 375, "height": 800}) as report:
        report.open()
        sources = report.page.locator("main .sources")
        expect(sources).to_be_hidden()
        assert _screens(report) < 15
        contents = report.page.get_by_role("navigation", name="On this page")
        contents.get_by_role("button", name="Sources", exact=True).press("Enter")
        expect(sources).to_be_visible()
        assert report.page.evaluate("document.activeElement.id") == "sources-heading"
        expect(report.page.get_by_role("heading", name="Sources", exact=True)).to_be_in_viewport()


def _screens(report: ReportPage) -> float:
    """How many screens long the page is."""
    screens: float = report.page.evaluate("document.documentElement.scrollHeight / innerHeight")
    return screens


def test_findings_are_told(reported: Callable[[str], Path], open_page: Open) -> None:
    """A broken check says what was found, and what was expected."""
    path = reported("failed-total")
    (finding,) = (found for each in album_of(path)["pictures"][0]["invariants"] for found in each["findings"])
    with open_page(path) as report:
        checks = report.open().page.locator(".checks")
        told = f"{finding['message']}; expected {finding['expected']}; found {finding['found']}"
        expect(checks).to_contain_text(told)


def test_a_view_can_be_shared(flank: Path, open_page: Open) -> None:
    """Time, day of knowledge, kind and open panel stand in the address, and come back from it."""
    with open_page(flank) as report:
        report.open()
        report.go(26000)
        report.page.get_by_text("aircraft", exact=True).first.click()
        report.page.get_by_label("As known").select_option(index=3)
        report.page.locator(".banner").wait_for()
        report.page.locator(".posture .figure").first.click()
        expect(report.page).to_have_url(re.compile("open="))
        fragment = report.page.url.partition("#")[2]
        told = report.detail.inner_text(), report.page.locator(".banner").inner_text()
    with open_page(flank) as other:
        other.open(f"#{fragment}")
        assert (other.detail.inner_text(), other.page.locator(".banner").inner_text()) == told
        assert other.minute == 26000


def test_a_click_on_an_area_goes_to_its_time(flank: Path, open_page: Open) -> None:
    """A click on the chart moves the slider to the minute under the pointer and opens what is behind the area then."""
    with open_page(flank) as report:
        report.open()
        area = report.page.locator(".area[data-open*='readiness']").first
        area.scroll_into_view_if_needed()
        box = area.bounding_box()
        assert box is not None
        report.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 3)
        expect(report.detail).to_be_visible()
        assert abs(report.minute / album_of(flank)["scenario"]["end_minute"] - 0.5) < 0.02


def test_print_shows_all(flank: Path, open_page: Open) -> None:
    """On paper everything is unfolded, every event is there, and sources have their addresses in full."""
    with open_page(flank) as report:
        report.open()
        report.page.emulate_media(media="print")
        report.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(report.page.locator(".world")).to_have_attribute("viewBox", "0 0 700 380")
        assert report.page.locator(".world").evaluate("(map) => map.getBoundingClientRect().width") == 700
        assert report.page.locator("details:not([open])").count() == 0
        assert report.page.locator(".timeline tbody tr").count() == len(album_of(flank)["pictures"][0]["timeline"])
        expect(report.page.locator(".scrubber-track")).to_be_hidden()
        expect(report.page.locator(".questions")).to_be_visible()
        printed = report.page.locator("main .sources a").all_inner_texts()
        urls = {source["url"] for source in album_of(flank)["sources"].values() if source["letter"] and source["url"]}
        assert urls <= set(printed)


def test_the_notices_of_its_parts(february: Path) -> None:
    """A report has with it the licences of the parts that it is made of."""
    html = february.read_text(encoding="utf-8")
    assert all(f"\n{part} " in html for part in ("milsymbol", "d3-geo", "i18n-iso-countries", "world-atlas"))


def test_without_scripts(february: Path, open_page: Open) -> None:
    """Without scripts the sentences and the plain report are there."""
    with open_page(february, java_script_enabled=False) as report:
        report.page.goto(february.as_uri())
        plain = report.page.locator("noscript").inner_text()
        report.wrong.clear()
    assert "US force posture in Europe, February 2022" in plain
