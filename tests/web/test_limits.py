"""What would take too much is refused, with what to ask instead; and long runs are told quickly."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from sim.engine import simulate
from sim.eventlog import open_log
from sim.ledger import Book
from sim.ledger.claims import Judgement
from sim.loader import load
from sim.posture.breakdown import Breakdown, breakdown_of
from sim.runs import play_and_keep
from sim.web import claims_view, explain_view, library, series_view, stream, told
from tests.bench.log import posted
from tests.bench.workload import shuttle_of
from tests.cli.conftest import ROOT, Sim
from tests.web.conftest import opened

EVENTS = 60_000

CLAIMS = "/runs/last/claims.json"


@pytest.fixture(scope="module")
def long_log(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A log with one long run, and its trial balances."""
    path, book = str(tmp_path_factory.mktemp("long") / "long.sqlite"), Book()
    log = open_log(path)
    log.record(posted(book, simulate(shuttle_of(EVENTS))), book)
    assert next(log.balances(), None) is not None
    return path


def _refused(explorer: TestClient, address: str) -> tuple[int, str]:
    answer = explorer.get(address)
    return answer.status_code, answer.json()["error"]["code"]


def test_snapshots_before_the_run_is_read(long_log: str, sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    """They come from the trial balances that are stored, and are the same; what is no time is said all the same."""

    def read(chosen: object) -> None:
        raise AssertionError("the run was read")

    monkeypatch.setattr(library, "_read", read)
    with opened(long_log) as explorer:
        for time in ("start", "end", "2022-01-05T08:11"):
            answer = explorer.get(f"/runs/last/snapshot.json?at={time}&size=1000")
            assert answer.text == sim("snapshot", long_log, "--at", time, "--format", "json").out
        assert _refused(explorer, "/runs/last/snapshot.json?at=2099-01-01") == (400, "bad-question")
        assert _refused(explorer, "/runs/last/snapshot.json?by=nothing") == (400, "bad-question")


def test_a_long_run(long_log: str, sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its views come in pages; it is not told as one album, nor played out again."""
    monkeypatch.setattr(library, "PATIENCE", 60)
    with opened(long_log) as explorer:
        printed = sim("timeline", long_log, "--unit", "u0000007", "--format", "json").out
        assert explorer.get("/runs/last/timeline.json?unit=u0000007&size=1000").text == printed
        series = explorer.get("/runs/last/series.json?points=7").json()
        assert (len(series["times"]), series["every_change"]) == (7, False)
        for number, time in enumerate(series["times"]):
            groups = explorer.get(f"/runs/last/snapshot.json?by=place&at={time[:16]}Z").json()["snapshots"][0]["groups"]
            held = [line["held"][number]["strength"] for line in series["lines"]]
            assert [group["strength"] for group in groups] == [strength for strength in held if strength]
        for address in ("album.json", "pictures/0.json", "report", "snapshot.json?as_known=end"):
            assert _refused(explorer, f"/runs/last/{address}") == (413, "too-large")
        assert _refused(explorer, "/runs/last/explain.json?at=end") == (413, "too-large")
        assert explorer.get("/runs/last/explain.json?at=end&unit=u0000007").status_code == 200


def test_a_run_that_takes_a_moment(long_log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks first is told to ask again, and after how long; who does has the answer."""
    monkeypatch.setattr(library, "PATIENCE", 0.001)
    with opened(long_log) as explorer:
        answer = explorer.get("/runs/last/units.json")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert answer.json()["error"]["code"] == "reading"
        monkeypatch.setattr(library, "PATIENCE", 60)
        assert explorer.get("/runs/last/units.json").status_code == 200


def test_answers_that_would_be_too_large(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An explanation of too many entries, whatever it is asked by; and a series of too many figures."""
    monkeypatch.setattr(explain_view, "ENTRIES_MAX", 3)
    monkeypatch.setattr(series_view, "FIGURES_MAX", 3)
    with opened(path) as explorer:
        run = explorer.get("/runs.json").json()["runs"][0]["run"]
        claims = explorer.get(f"/runs/{run}/claims.json").json()["claims"]
        found = [explorer.get(f"/runs/{run}/explain.json?claim={claim['id']}").status_code for claim in claims]
        assert set(found) == {200, 413}
        assert _refused(explorer, f"/runs/{run}/explain.json?at=end") == (413, "too-large")
        assert _refused(explorer, f"/runs/{run}/series.json") == (413, "too-large")


def test_failures_that_would_be_too_large(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The claims are all there; of those that failed, as many are broken down as there is room for, and it is said."""
    play_and_keep(load(ROOT / "scenarios" / "failed-total.yaml"), url=path)
    with opened(path) as explorer:
        whole = explorer.get(CLAIMS).json()
        assert (len(whole["failures"]), "failures_left_out" in whole) == (1, False)
    monkeypatch.setattr(claims_view, "ENTRIES_MAX", 0)
    with opened(path) as explorer:
        cut = explorer.get(CLAIMS).json()
        assert cut == {**whole, "failures": [], "failures_left_out": 1}
        schema = explorer.get("/openapi.json").json()["paths"]["/runs/{run}/claims.json"]["get"]["responses"]["200"]
        Draft202012Validator(schema["content"]["application/json"]["schema"]).validate(cut)


def test_breakdowns_are_held(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a claim's figure is made of is worked out once, however it is asked about."""
    calls = []

    def breaking(book: Book, judgement: Judgement) -> Breakdown:
        calls.append(judgement.claim.id)
        return breakdown_of(book, judgement)

    monkeypatch.setattr(told, "breakdown_of", breaking)
    play_and_keep(load(ROOT / "scenarios" / "failed-total.yaml"), url=path)
    with opened(path) as explorer:
        for query in ("", "?verdict=contradicted", "?size=500"):
            assert len(explorer.get(f"{CLAIMS}{query}").json()["failures"]) == 1
        assert len(calls) == 1


def test_streams(explorer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """There are only so many; and who only asks what there is has none."""
    assert explorer.head("/events").headers["content-type"].startswith("text/event-stream")
    monkeypatch.setattr(stream, "STREAMS_MAX", 0)
    assert _refused(explorer, "/runs/last/events") == (503, "busy")


def test_a_bug_of_ours(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is called that, in the shape of all errors."""
    monkeypatch.setattr(library, "_text", lambda form: 1 // 0)
    with opened(path, raising=False) as explorer:
        assert _refused(explorer, "/runs/last/units.json") == (500, "our-bug")


def test_many_groupings(explorer: TestClient) -> None:
    """More than are held give way, and come again; a parameter without a value counts as not given."""
    for by in ("place", "unit", "side", "readiness", "origin", "country", "place", ""):
        assert explorer.get(f"/runs/last/series.json?by={by}").status_code == 200


def test_what_goes_together(explorer: TestClient, kept: Path) -> None:
    """Questions that make no sense say what would."""
    run = explorer.get("/runs.json").json()["runs"][0]["run"]
    for query, message in (
        ("explain.json", "an explanation needs a time, at, or a claim, claim"),
        ("explain.json?at=end&exactly=yes", "exactly is 'yes'"),
        ("explain.json?claim=x&at=end", "at does not go with claim"),
        ("diff.json", "a difference needs two times, from and to, or another run, with, and a time, at"),
        ("diff.json?from=end&to=start", "from lies after to"),
        (f"diff.json?with={run}&from=end", "two runs are compared at one time: at"),
        ("timeline.json?since=end&until=start", "since lies after until"),
        ("snapshot.json?as_known=never", "as_known: 'never' is not a date"),
    ):
        assert explorer.get(f"/runs/{run}/{query}").json()["error"]["message"].startswith(message)
