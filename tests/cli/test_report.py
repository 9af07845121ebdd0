"""`report`: the page of a run, from a scenario or from its log."""

import json
from pathlib import Path

import pytest

from tests.atlas.reading import Json, album_of, lines_at, sentences_of
from tests.cli.conftest import Sim

FLANK = "scenarios/eastern-flank-2022.yaml"
FEB2022 = "scenarios/feb2022.yaml"


def _sums(snapshot: Json) -> dict[tuple[str, ...], int]:
    """The rows of a snapshot's JSON, summed by side, kind, place and readiness."""
    sums: dict[tuple[str, ...], int] = {}
    for row in snapshot["rows"]:
        key = (row["side"], row["kind"], row["place"], row["readiness"])
        sums[key] = sums.get(key, 0) + row["strength"]
    return sums


def test_the_page_says_what_snapshots_say(sim: Sim, tmp_path: Path) -> None:
    """At several times, and as known on several days: every line has what `snapshot --as-known` prints."""
    page = tmp_path / "flank.html"
    done = sim("report", FLANK, "-o", page)
    assert (done.status, done.out) == (0, "")
    assert done.err == f"{page}: {page.stat().st_size / 1_000_000:.1f} MB, for any browser; it needs no network\n"
    album = album_of(page.read_bytes())
    assert len(album["known"]) == 20
    times = {
        "2022-02-03": 13 * 1440 - 1,
        "2022-02-06T08:00": 15 * 1440 + 8 * 60,
        "end": album["scenario"]["end_minute"],
    }
    for place in (0, 7, 14, 19):
        known = album["known"][place]
        picture = album["pictures"][(place + 1) % 20]
        asked = [] if known["at"] is None else ["--as-known", _date(known["label"])]
        at = [word for time in times for word in ("--at", time)]
        taken = json.loads(sim("snapshot", FLANK, *at, *asked, "--format", "json").out)["snapshots"]
        for snapshot, minute in zip(taken, times.values(), strict=True):
            lines = lines_at(picture, "lines", ("place", "readiness"), minute)
            assert {key: held[0] for key, held in lines.items()} == _sums(snapshot), (known, minute)


def _date(label: str) -> str:
    """A label, such as "6 Feb 2022", as a date of the command line."""
    day, month, year = label.split()
    return f"{year}-{['Jan', 'Feb'].index(month) + 1:02}-{int(day):02}"


def test_the_claims_are_those_of_the_run(sim: Sim, tmp_path: Path) -> None:
    """With the verdicts, distances and figures that `run` has."""
    sim("report", FEB2022, "-o", tmp_path / "page.html")
    album = album_of((tmp_path / "page.html").read_bytes())
    told = json.loads(sim("run", FEB2022, "--format", "json").out)
    names = ("id", "says", "source", "per", "verdict", "distance", "given", "disputed", "actual")
    claims = album["pictures"][0]["claims"]
    assert [[claim[name] for name in names] for claim in claims] == [
        [claim[name] for name in names] for claim in told["claims"]
    ]
    assert album["scenario"] == {**told["scenario"], "end_minute": 51_839, "timezone": "America/New_York"}
    assert album["log"] == told["log"]
    assert album["program"]["command"] == f"python -m sim report {FEB2022}"


def test_the_same_bytes(sim: Sim, tmp_path: Path) -> None:
    """Twice of a scenario; and of its log, but for where that is."""
    log, pages = tmp_path / "run.jsonl", [tmp_path / f"{number}.html" for number in range(3)]
    sim("run", FEB2022, "--log", log)
    for page, of in zip(pages, (FEB2022, FEB2022, log), strict=True):
        assert sim("report", of, "-o", page).status == 0
    first, second, from_log = (page.read_bytes() for page in pages)
    assert first == second
    album, other = album_of(first), album_of(from_log)
    assert other["log"] == {**album["log"], "url": str(log)}
    assert other["program"]["command"] == f"python -m sim report {log} --run {album['log']['run']}"
    for each in (album, other):
        each |= {"log": None, "program": None}
        each["pictures"] = [{**picture, "explain": None} for picture in each["pictures"]]
    assert other == album


def _links(album: Json) -> list[Json]:
    """What can be looked up in the last sentence."""
    return [each for each in album["pictures"][0]["sentences"][-1] if not isinstance(each, str)]


def test_what_many_runs_come_to(sim: Sim, tmp_path: Path) -> None:
    """Closures, spread and chances are those that `ensemble` prints; what does not differ between runs is not told."""
    page = tmp_path / "page.html"
    assert sim("report", FLANK, "--runs", 20, "-o", page).status == 0
    album = album_of(page.read_bytes())
    told, many = json.loads(sim("ensemble", FLANK, "--runs", 20, "--format", "json").out), album["ensemble"]
    assert album["program"]["command"] == f"python -m sim report {FLANK} --runs 20"
    assert (many["runs"], many["seed"]) == (20, 0)
    assert [(each["order"], each["runs_closed"]) for each in many["closures"]] == [
        (each["order"], each["runs_closed"]) for each in told["closure"]
    ]
    assert [[*each["quantiles"]] for each in many["closures"]] == [["5", "25", "50", "75", "95"]] * len(told["closure"])
    closed = [
        (each["quantiles"][2]["value"], many["closures"][n]["quantiles"]["50"])
        for n, each in enumerate(told["closure"])
    ]
    assert all((minute is None) is (stamp == "later") for stamp, minute in closed)
    spread = [line for line in told["posture"] if line["quantiles"][0]["value"] != line["quantiles"][4]["value"]]
    assert [(band["place"], band["low"], band["middle"], band["high"]) for band in many["bands"]] == [
        (line["place"], *(line["quantiles"][share]["value"] for share in (0, 2, 4))) for line in spread
    ]
    assert [claim["id"] for claim in many["claims"]] == [claim["id"] for claim in told["claims"]]
    *_, last = sentences_of(album["pictures"][0])
    assert last.startswith("All this is of one run. In 20 with what is left to chance drawn anew, ")
    assert last.endswith(" more claims come out otherwise too.")
    verdicts = {claim["id"]: claim["verdict"] for claim in album["pictures"][0]["claims"]}
    other = [claim for claim in many["claims"] if claim[verdicts[claim["id"]]]["runs"] < 20]
    assert len(other) > 3
    for claim in other[:3]:
        (told,) = (each for each in _links(album) if each.get("claim") == claim["id"])
        assert told["text"] in last
    by_lift, too_few = many["notes"]
    assert by_lift.startswith("In these runs what can go by lift does, whatever was reported of its arrival: ")
    assert too_few.startswith("20 runs are too few to tell how far the earliest and the latest lie: ")


def test_where_it_is_written(sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In report.html where no name is given; what was there is overwritten."""
    scenario, page = Path(FEB2022).resolve(), tmp_path / "report.html"
    monkeypatch.chdir(tmp_path)
    page.write_text("something else")
    assert sim("report", scenario).err.startswith("report.html: ")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("report", FEB2022, "--run", "1"), "--run does not go with scenarios/feb2022.yaml, which is a scenario"),
        (("report", "nowhere.yaml"), "nowhere.yaml"),
        (("report", "nowhere.jsonl"), "nowhere.jsonl"),
        (("report", FEB2022, "--runs", "20"), "--runs: nothing in this scenario is left to chance"),
        (("report", FLANK, "--runs", "0"), "runs 0 is no such number"),
        (("report", FEB2022, "-o", "/nowhere/page.html"), "-o /nowhere/page.html: there is no folder /nowhere"),
        (("report", FEB2022, "-o", "-"), "-o '-' is not the name of a file"),
        (("report", FEB2022, "-o", ""), "-o '' is not the name of a file"),
        (("report", FEB2022, "-o", "scenarios"), "-o 'scenarios' is not the name of a file"),
    ],
    ids=[
        "a run of a scenario",
        "no scenario",
        "no log",
        "no chance",
        "no runs",
        "no folder",
        "standard output",
        "no name",
        "a folder",
    ],
)
def test_what_cannot_be_done(words: tuple[str, ...], told: str, sim: Sim, tmp_path: Path) -> None:
    """It is wrong use, and no page is written."""
    out = () if "-o" in words else ("-o", tmp_path / "page.html")
    done = sim(*words, *out)
    assert done.status == 2
    assert told in done.err
    assert [*tmp_path.iterdir()] == []


def test_the_scenario_is_not_written_over(sim: Sim, tmp_path: Path) -> None:
    """Nor is a log."""
    scenario = tmp_path / "page.html"
    scenario.write_bytes(Path(FEB2022).read_bytes())
    done = sim("report", scenario, "-o", scenario)
    assert done.status == 2
    assert "is what the report is made of" in done.err
    assert scenario.read_bytes() == Path(FEB2022).read_bytes()
    orders = tmp_path / "orders.csv"
    orders.write_text("id,at\n")
    done = sim("report", FEB2022, "-o", orders)
    assert (done.status, orders.read_text()) == (2, "id,at\n")
    assert "may be what a scenario or a log is made of" in done.err
