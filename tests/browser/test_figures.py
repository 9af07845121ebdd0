"""Every figure on the page is the program's, and what is behind it adds up to it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SCENARIOS, Open
from tests.browser.report_page import Json, ReportPage, album_of

Snapshots = Callable[..., list[dict[str, Any]]]

PAGES = pytest.mark.parametrize("name", ["feb2022", "eastern-flank-2022"])
EVERY = pytest.mark.parametrize("name", sorted(path.stem for path in SCENARIOS.glob("*.yaml")))
MINUTES_MAX = 100
BASES = {"observed": "seen", "announced": "only announced", "assumed": "assumed", None: "not reported to move"}


def many(album: Json) -> list[int]:
    """Minutes at which something changes, the minutes before them, and the end: all, or so many evenly among them."""
    end = album["scenario"]["end_minute"]
    turns = album["pictures"][0]["turns"]
    every = sorted({*turns, *(turn - 1 for turn in turns if turn)})
    return sorted({*every[:: -(-len(every) // MINUTES_MAX)], end})


def stamps(album: Json, minutes: Sequence[int]) -> list[str]:
    start = datetime.fromisoformat(album["scenario"]["start"])
    return [f"{start + timedelta(minutes=minute):%Y-%m-%dT%H:%MZ}" for minute in minutes]


def counted(number: int, kind: str) -> str:
    return f"{number:,}" if kind == "troops" else f"{number:,} {kind}"


def ranged(strength: int, low: int, high: int | None) -> str:
    if high is None:
        return f"{low:,} or more"
    return "" if low == strength == high else f"{low:,}\N{EN DASH}{high:,}"


def expected(snapshot: Mapping[str, Any]) -> dict[str, list[str]]:
    """The rows of the page's table, from a snapshot's rows per unit."""
    lines: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in snapshot["rows"]:
        lines["line", row["side"], row["kind"], row["place"], row["readiness"]].append(row)
        lines["total", row["side"], row["kind"]].append(row)
    return {"/".join(key): list(_figure(rows, key[2])) for key, rows in lines.items()}


def _figure(rows: Sequence[Mapping[str, Any]], kind: str) -> tuple[str, str]:
    strength, low = sum(row["strength"] for row in rows), sum(row["low"] for row in rows)
    highs = [row["high"] for row in rows]
    return counted(strength, kind), ranged(strength, low, None if None in highs else sum(highs))


@EVERY
def test_table_is_the_snapshot(
    name: str, reported: Callable[[str], Path], open_page: Open, snapshots: Snapshots
) -> None:
    """At every change, and the minute before it, the table has the strengths and ranges that `sim snapshot` has."""
    path = reported(name)
    album = album_of(path)
    minutes = many(album)
    taken = snapshots(name, stamps(album, minutes))
    with open_page(path) as report:
        shown = report.open().tables(minutes)
    for rows, snapshot in zip(shown, taken, strict=True):
        by_reference = {key: row[:2] for key, row in rows.items() if not key.startswith("total")}
        wanted = {key: row for key, row in expected(snapshot).items() if not key.startswith("total")}
        assert by_reference == wanted
        totals = {key: row[0] for key, row in rows.items() if key.startswith("total")}
        assert totals == {key: row[0] for key, row in expected(snapshot).items() if key.startswith("total")}


@PAGES
def test_how_it_is_known(name: str, reported: Callable[[str], Path], open_page: Open, snapshots: Snapshots) -> None:
    """Whether a figure was seen, announced or assumed stands beside it, as in the snapshot where all units agree."""
    path = reported(name)
    album = album_of(path)
    (snapshot,) = snapshots(name, stamps(album, [album["scenario"]["end_minute"]]))
    bases: dict[str, set[str]] = defaultdict(set)
    for row in snapshot["rows"]:
        bases[f"line/{row['side']}/{row['kind']}/{row['place']}/{row['readiness']}"].add(BASES[row["basis"]])
    shares = {f"line/{line['side']}/{line['kind']}/{line['place']}/{line['readiness']}" for line in _shared(album)}
    agreed = {key: next(iter(words)) for key, words in bases.items() if len(words) == 1 and key not in shares}
    assert agreed
    with open_page(path) as report:
        shown = report.open().table()
        assert {key: shown[key][2] for key in agreed} == agreed


def _shared(album: Json) -> list[Json]:
    """The lines that at the end are known in several ways."""
    lines: list[Json] = album["pictures"][0]["lines"]
    return [line for line in lines if line["steps"][-1][5] is not None]


def test_how_much_is_known_in_which_way(flank: Path, open_page: Open) -> None:
    """Where a figure is known in several ways, table, map, list and panel say how much in which, with one mark."""
    with open_page(flank) as report:
        report.open()
        assert (
            report.table()["line/US/troops/ro/deployed"][2] == "100 seen, 900 only announced, 900 not reported to move"
        )
        assert _signs(report) == {"ro": "^", "grafenwoehr": "!", "pl": "", "rzeszow": "", "wiesbaden": ""}
        mark = report.page.locator(".mark[data-place='ro']")
        assert "100 seen, 900 only announced, 900 not reported to move" in (mark.get_attribute("aria-label") or "")
        mark.dispatch_event("click")
        expect(report.detail.locator(".detail-figure strong")).to_have_text("1,900^")
        expect(report.detail).to_contain_text("How known: 100 seen, 900 only announced, 900 not reported to move.")


def _signs(report: ReportPage) -> dict[str, str]:
    """The mark after the figure on the map, by place."""
    labels: dict[str, str] = dict(
        report.page.locator(".label").evaluate_all(
            "(labels) => labels.map((label) => [label.dataset.place, label.querySelector('.amount').textContent])"
        )
    )
    return {place: figure.lstrip("0123456789,") for place, figure in labels.items()}


@PAGES
@pytest.mark.parametrize("selector", [".posture .figure", ".chart .spark", ".mark, .move", ".elsewhere .figure"])
def test_what_is_behind_a_figure_adds_up(
    name: str, selector: str, reported: Callable[[str], Path], open_page: Open
) -> None:
    """Behind every figure, bar, circle and arc: its parts and the changes of its entries have its sum."""
    path = reported(name)
    turns = album_of(path)["pictures"][0]["turns"]
    with open_page(path) as report:
        report.open()
        found = [said for turn in turns[len(turns) // 3 :: len(turns) // 3] for said in report.go(turn).sums(selector)]
    assert found
    for said in found:
        assert said["sum"] == sum(said["parts"]), said
        if said["sum"] > 0:
            assert said["figure"].split(" ")[0].rstrip("^!") == f"{said['sum']:,}", said


def test_arcs_add_up_to_what_is_in_transit(flank: Path, open_page: Open) -> None:
    """What is on the arcs to a place, and on those that cannot be drawn, is all that the table has on the way to it."""
    album = album_of(flank)
    with open_page(flank) as report:
        report.open("#kind=troops")
        for turn in album["pictures"][0]["turns"][::3]:
            report.go(turn)
            moving = {
                key.split("/")[3]: row[0]
                for key, row in report.table().items()
                if key.startswith("line/US/troops") and key.endswith("in-transit")
            }
            arcs: dict[str, int] = defaultdict(int)
            for said in report.sums(".move"):
                arcs[said["opens"].split('"')[9]] += said["sum"]
            assert {place: f"{strength:,}" for place, strength in arcs.items()} == moving


def test_as_known(flank: Path, open_page: Open, snapshots: Snapshots) -> None:
    """Choosing a day turns the whole page to what was known then: banner, sentences, and the table of `--as-known`."""
    album = album_of(flank)
    days = {known["label"]: known["at"] for known in album["known"] if known["at"] is not None}
    end = stamps(album, [album["scenario"]["end_minute"]])
    with open_page(flank) as report:
        report.open()
        before = report.page.locator(".lead").inner_text()
        for label in list(days)[:: max(1, len(days) // 4)]:
            report.page.get_by_label("As known").select_option(label=f"on {label}")
            report.page.get_by_text(f"As known on {label}", exact=True).wait_for()
            (snapshot,) = snapshots("eastern-flank-2022", end, "--as-known", stamps(album, [days[label]])[0])
            rows = {key: row[:2] for key, row in report.table().items() if key.startswith("line")}
            assert rows == {key: row for key, row in expected(snapshot).items() if key.startswith("line")}
            assert report.page.locator(".lead").inner_text() != before
        report.page.get_by_role("button", name="Back to all reports").click()
        report.page.locator(".banner").wait_for(state="hidden")
        assert report.page.locator(".lead").inner_text() == before
