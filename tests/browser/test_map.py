"""The map: labels that can be read, symbols as the standard has them, and whose the land is."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.report_page import Box, album_of, with_album

CRIMEA = {
    "simferopol": (44.95, 34.10),
    "dzhankoi": (45.71, 34.39),
    "kerch": (45.30, 36.30),
    "sevastopol": (44.62, 33.62),
}


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("name", ["feb2022", "eastern-flank-2022"])
def test_labels_do_not_overlap(name: str, width: int, reported: Callable[[str], Path], open_page: Open) -> None:
    """At every change, all over and close up, no label on the map lies on another."""
    path = reported(name)
    with open_page(path, viewport={"width": width, "height": 900}) as report:
        report.open()
        for frame in ("All places", "Close-up of where they go"):
            report.page.get_by_role("button", name=frame).dispatch_event("click")
            for labels in report.labels(album_of(path)["pictures"][0]["turns"]):
                assert [(a.says, b.says) for a, b in combinations(labels, 2) if a.meets(b)] == []
                assert labels


def test_crimea_is_in_ukraine(february: Path, open_page: Open, tmp_path: Path) -> None:
    """Forces put anywhere in Crimea stand on Ukraine, and on no other country; the map says on whose word."""
    album = album_of(february)
    for place, (lat, lon) in zip(("ua-border", "pl", "ro", "de"), CRIMEA.values(), strict=True):
        album["places"][place].update(lat=lat, lon=lon)
    with open_page(with_album(february, album, tmp_path / "crimea.html")) as report:
        report.open()
        countries = report.page.locator(".mark[data-place] .strength").evaluate_all(
            """(circles) => circles.map((circle) => {
                circle.scrollIntoView({block: 'center'});
                const {left, top, width, height} = circle.getBoundingClientRect();
                const under = document.elementsFromPoint(left + width / 2, top + height / 2);
                return under.map((each) => each.dataset.country).filter((code) => code !== undefined);
            })"""
        )
        assert countries == [["UA"]] * 4
        expect(report.page.locator(".map-source")).to_contain_text("UN General Assembly resolution 68/262")


def test_strength_is_area(flank: Path, open_page: Open) -> None:
    """Circles have areas that are to each other as the strengths are, except those too small to see."""
    with open_page(flank) as report:
        report.open()
        drawn = report.page.locator(".mark").evaluate_all(
            "(marks) => marks.map((mark) => [mark.ariaLabel, mark.querySelector('.strength').r.baseVal.value])"
        )
    strengths = [
        (int(label.split(": ")[1].split(",  ")[0].split(", ")[0].replace(",", "")), radius) for label, radius in drawn
    ]
    ratios = [radius**2 / strength for strength, radius in strengths if radius > 2.5]
    assert len(ratios) > 3
    assert ratios == pytest.approx([ratios[0]] * len(ratios), rel=1e-6)


def test_announced_units_are_dashed(february: Path, open_page: Open) -> None:
    """The frame of a unit that is only announced to be where it is drawn is dashed; those that stood there are not."""
    with open_page(february) as report:
        report.open().page.get_by_role("button", name="All places").click()
        dashed = report.page.locator(".labels .unit").evaluate_all(
            "(units) => units.map((unit) => [unit.dataset.open, unit.querySelector('[stroke-dasharray]') !== null])"
        )
    assert dict(dashed)['["unit","82-ibct"]'] is True
    assert dict(dashed)['["unit","nrf-pool"]'] is False


def test_labels_keep_clear_of_the_buttons(flank: Path, open_page: Open) -> None:
    """Wherever the map is moved, no label is drawn under its buttons."""
    end = album_of(flank)["scenario"]["end_minute"]
    with open_page(flank) as report:
        box = report.open().page.locator(".map-controls").bounding_box()
        assert box is not None
        controls = Box("", box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
        for way in ["Move left"] * 4 + ["Move down"] * 5:
            report.page.get_by_role("button", name=way).dispatch_event("click")
            labels = report.labels([end])[0]
            assert labels and [label.says for label in labels if label.meets(controls)] == []


def test_what_nobody_saw_stays_dashed(february: Path, open_page: Open) -> None:
    """A move that has ended is drawn as it is known: where no source saw an arrival, no line is solid."""
    with open_page(february) as report:
        lines = report.open().page.locator(".arcs .ended")
        patterns = lines.evaluate_all("(lines) => lines.map((line) => getComputedStyle(line).strokeDasharray)")
        assert patterns and "none" not in patterns


def test_a_side_keeps_its_colour(february: Path, open_page: Open) -> None:
    """The sides have different accents, the own side first."""
    with open_page(february) as report:
        report.open()
        accents = report.page.locator(".posture tbody").evaluate_all(
            "(groups) => groups.map((group) => group.className)"
        )
    assert accents == ["side-0", "side-1"]
