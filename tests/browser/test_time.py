"""Moving in time: by slider, by keys, by play; and what is said of it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.report_page import album_of

PLAY_SECONDS = 24
STEP_MS = 1400
AN_HOUR_MS = 3_600_000


def test_keys_of_the_slider(flank: Path, open_page: Open) -> None:
    """Arrows go from change to change, Page Up and Down from day to day, Home and End to the ends."""
    album = album_of(flank)
    turns, days, end = (
        album["pictures"][0]["turns"],
        [minute for minute, _ in album["days"]],
        album["scenario"]["end_minute"],
    )
    with open_page(flank) as report:
        report.open()
        report.tab_to("#time")
        assert report.minute == end
        assert report.press("Home").minute == 0
        assert [report.press("ArrowRight").minute for _ in turns[1:4]] == turns[1:4]
        assert [report.press("ArrowLeft").minute for _ in range(2)] == turns[2:0:-1]
        assert report.press("PageUp").minute == min(day for day in days if day > turns[1])
        assert (
            report.press("PageDown", "PageDown").minute == max(day for day in days if day < report.minute + 2880) - 1440
        )
        assert report.press("End").minute == end


def test_the_time_is_said(flank: Path, open_page: Open) -> None:
    """The slider says date and time of day, and a live region what has changed since it last spoke."""
    with open_page(flank) as report:
        report.open("#at=0")
        report.tab_to("#time").press("ArrowRight")
        expect(report.slider).to_have_attribute("aria-valuetext", "24 Jan, 14:30")
        expect(report.page.locator(".scrubber [role=status]")).to_have_text("24 Jan, 14:30. alert 8,500 United States.")


def test_play_glides(february: Path, open_page: Open) -> None:
    """Play runs through the whole period in 24 seconds, begins anew from the end, and stops there."""
    end = album_of(february)["scenario"]["end_minute"]
    with open_page(february, reduced_motion="no-preference") as report:
        report.page.clock.install(time=0)
        report.open().page.clock.pause_at(AN_HOUR_MS)
        report.page.get_by_role("button", name="Play").click()
        report.page.clock.run_for(PLAY_SECONDS * 125)
        assert report.minute == pytest.approx(end / 8, rel=0.05)
        report.page.get_by_role("button", name="Pause").click()
        held = report.minute
        report.page.clock.run_for(1000)
        assert report.minute == held
        report.go(end * 9 // 10).page.get_by_role("button", name="Play").click()
        report.page.clock.run_for(PLAY_SECONDS * 125)
        assert report.minute == end
        expect(report.page.get_by_role("button", name="Play")).to_be_visible()


def test_play_without_motion(february: Path, open_page: Open) -> None:
    """Where motion is unwelcome, as in all other tests, play goes from change to change, and nothing slides."""
    turns = album_of(february)["pictures"][0]["turns"]
    with open_page(february) as report:
        report.page.clock.install(time=0)
        report.open("#at=0").page.clock.pause_at(AN_HOUR_MS)
        report.page.get_by_role("button", name="Play").click()
        seen = []
        for _ in turns[1:]:
            report.page.clock.run_for(STEP_MS)
            seen.append(report.minute)
        assert seen == turns[1:]
        report.page.locator(".posture .figure").first.click()
        assert report.page.evaluate("document.getAnimations().length") == 0
