"""What a page has of many runs, and of a scenario that is too large for all of it."""

import json
import shlex
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Ask, Open
from tests.browser.report_page import album_of, with_album

OUTCOMES = ("holds", "compatible", "open", "contradicted")
SCENARIOS = Path(__file__).parents[2] / "scenarios"


def test_without_entries(february: Path, open_page: Open, ask: Ask, tmp_path: Path) -> None:
    """Where entries are too many for a page, the map, charts and table have the same figures, and a click names the
    command that tells what is behind one.
    """
    album = album_of(february)
    album["pictures"][0]["entries"] = None
    with open_page(february) as whole:
        expected = whole.open("#at=14000").table()
        marks = [box.says for box in whole.labels([14000])[0]]
    with open_page(with_album(february, album, tmp_path / "large.html")) as report:
        assert report.open("#at=14000").table() == expected
        assert [box.says for box in report.labels([14000])[0]] == marks
        report.page.locator(".posture .figure").first.click()
        command = report.detail.locator("code").inner_text()
        assert command.startswith("python -m sim explain ") and "--at 2022-02-02T22:20Z --side US" in command
        told = json.loads(ask(*shlex.split(command)[3:], "--format", "json"))
        figure = report.detail.locator(".detail-figure strong").inner_text()
        assert figure == f"{told['figures'][0]['strength']:,}"
        assert report.detail.locator("[data-part]").count() == 0


def test_many_units(february: Path, open_page: Open, tmp_path: Path) -> None:
    """Of many units the first sixty are listed before the rest is asked for, with which a reader goes on; on paper all
    are.
    """
    album = album_of(february)
    units = album["pictures"][0]["units"]
    units.update({f"more-{number}": next(iter(units.values())) for number in range(200)})
    with open_page(with_album(february, album, tmp_path / "many-units.html")) as report:
        rows = report.open().page.locator(".units tbody tr")
        expect(rows).to_have_count(60)
        report.page.get_by_role("button", name=f"Show {len(units) - 60} more").click()
        expect(rows).to_have_count(len(units))
        expect(rows.nth(60).get_by_role("button").first).to_be_focused()
        report.page.reload()
        report.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(rows).to_have_count(len(units))


def test_many_runs(ask: Ask, open_page: Open, tmp_path: Path) -> None:
    """Each move has its row with the middle run and its share of runs, each line that differs its band; none where all
    runs are one.
    """
    path = tmp_path / "many.html"
    ask("report", SCENARIOS / "eastern-flank-2022.yaml", "--runs", 20, "-o", path)
    many = album_of(path)["ensemble"]
    with open_page(path) as report:
        section = report.open().page.get_by_role("region", name="In 20 runs")
        assert many["notes"]
        for note in many["notes"]:
            expect(section).to_contain_text(note)
        closed = [f"{each['runs_closed']} of 20" for each in many["closures"]]
        rows = section.locator("tr:has(.whisker)")
        assert [text.split()[-3:] for text in rows.all_inner_texts()] == [each.split() for each in closed]
        assert section.locator(".whisker .dot").count() == sum(
            each["quantiles"]["50"] is not None for each in many["closures"]
        )
        claims = section.locator("tr:has([data-open*=claim])")
        assert claims.count() == len(many["claims"])
        section.locator("details summary").click()
        columns = sum(any(claim[each]["runs"] for claim in many["claims"]) for each in OUTCOMES)
        assert {text.count(" of 20") for text in claims.all_inner_texts()} == {columns}
        varied = [claim for claim in many["claims"] if all(claim[each]["runs"] < 20 for each in OUTCOMES)]
        first = claims.filter(visible=True).all_inner_texts()[: len(varied)]
        for text, claim in zip(first, varied, strict=True):
            assert [f"{claim[each]['runs']} of 20" in text for each in OUTCOMES if claim[each]["runs"]] == [True] * (
                sum(claim[each]["runs"] > 0 for each in OUTCOMES)
            )
        lines = {(band["side"], band["kind"], band["place"], band["readiness"]) for band in many["bands"]}
        assert section.locator(".fan").count() == len(lines) > 0
        assert section.locator(".fan circle").count() == len(many["bands"])
        widest = max(many["bands"], key=lambda band: band["high"] - band["low"])
        expect(section).to_contain_text(f"{widest['low']:,}\N{EN DASH}{widest['high']:,}")
