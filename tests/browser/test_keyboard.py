"""The keyboard alone: everything can be reached, opened and left again."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.report_page import album_of, with_album

PLACES = "(groups) => groups.map((group) => group.dataset.place)"


def test_open_and_leave_a_figure(flank: Path, open_page: Open) -> None:
    """Enter opens what is behind a figure, the focus goes into it and stays there; Escape brings it back."""
    with open_page(flank) as report:
        report.open()
        report.tab_to(".posture .figure")
        opens = report.focused()
        report.press("Enter")
        expect(report.detail).to_be_visible()
        assert report.page.evaluate("document.activeElement.id") == "detail-heading"
        report.press(*["Tab"] * 4)
        assert report.page.evaluate("document.activeElement.closest('dialog') !== null")
        report.press("Escape")
        expect(report.detail).to_be_hidden()
        assert report.focused() == opens
        expect(report.page).not_to_have_url(re.compile("open="))


def test_open_what_is_drawn(flank: Path, open_page: Open) -> None:
    """Circles, symbols, arcs and areas open with Enter and with the space bar, and get the focus back."""
    with open_page(flank) as report:
        report.open("#at=26000")
        for selector, key in (
            (".move", "Enter"),
            (".mark", "Enter"),
            (".unit", "Space"),
            (".area", "Space"),
            (".claim", "Enter"),
        ):
            report.tab_to(selector)
            opens = report.focused()
            report.press(key)
            expect(report.detail).to_be_visible()
            report.press("Escape")
            expect(report.detail).to_be_hidden()
            assert report.focused() == opens


def test_the_map_by_keys(flank: Path, open_page: Open) -> None:
    """Plus, minus, arrows and 0 zoom, move and frame the map; its buttons do the same."""
    transform = "document.querySelector('.countries').getAttribute('transform')"
    with open_page(flank) as report:
        report.open()
        report.tab_to(".map-frame")
        seen = [report.press(key).page.evaluate(transform) for key in ("+", "ArrowLeft", "ArrowUp", "-", "0")]
        assert len(set(seen)) == len(seen)
        assert seen[-1] == "translate(0,0) scale(1)"
        nearer = report.press("+").page.evaluate(transform)
        report.press("0").page.get_by_role("button", name="Zoom in").press("Enter")
        assert report.page.evaluate(transform) == nearer
        report.page.get_by_role("button", name="All places").press("Enter")
        assert report.page.evaluate(transform) == seen[-1]


def test_hidden_labels_are_read_on_focus(flank: Path, open_page: Open, tmp_path: Path) -> None:
    """A circle whose label found no room shows it while it has the focus."""
    album = album_of(flank)
    for number, place in enumerate(album["places"].values()):
        place.update(lat=50 + number / 1000, lon=20)
    narrow = {"width": 360, "height": 600}
    with open_page(with_album(flank, album, tmp_path / "crowd.html"), viewport=narrow) as report:
        report.open()
        labelled, marked = (set(report.page.locator(group).evaluate_all(PLACES)) for group in (".label", ".mark"))
        hidden = min(marked - labelled)
        report.page.locator(f".mark[data-place='{hidden}']").focus()
        expect(report.page.locator(".tip text").first).to_have_text(album["places"][hidden]["name"])
        report.slider.focus()
        expect(report.page.locator(".tip text")).to_have_count(0)
