"""A run that another process is writing: what is new comes by itself, and the run can be asked once it has ended."""

import http.client
import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from starlette.testclient import TestClient

from sim.eventlog import open_log
from sim.loader import load
from sim.runs import play_and_keep
from sim.web.refusal import Refusal
from sim.web.watch import LOOK_SECONDS, look
from tests.cli.conftest import ROOT
from tests.eventlog.writers import LONG, writer
from tests.web.conftest import opened
from tests.web.served import Served, served

PAUSE = 15_000


@pytest.fixture(params=["sqlite", "jsonl", "postgres"])
def growing(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a log that is not there yet, in each store."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return str(tmp_path / f"growing.{request.param}")


def _all(answer: http.client.HTTPResponse) -> Iterator[tuple[str, Any]]:
    """The messages of a stream till it ends."""
    event = ""
    for raw in answer:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            event = line[7:]
        elif line.startswith("data: "):
            yield event, json.loads(line[6:])


def _status(explorer: Served, address: str) -> tuple[int, Any]:
    answer = explorer.get(address)
    return answer.status, json.loads(answer.read())


def test_a_growing_log(growing: str) -> None:
    """Every record comes once, in order, across what was there, what is added, and a reader who comes back."""
    with writer(growing, pause=PAUSE) as writing:
        writing.wait_until_paused()
        with served(growing) as explorer:
            (run,) = _status(explorer, "/runs.json")[1]["runs"]
            assert not run["finished"]
            assert 0 < run["events"] <= PAUSE
            assert _status(explorer, "/runs/last/snapshot.json")[0] == 409
            assert _status(explorer, f"/runs/{run['run']}.json")[1]["scenario"]["title"]
            first = run["events"] - 50
            following = explorer.get(f"/runs/last/events?after={first - 1}")
            log_wide = explorer.get("/events")
            messages, runs = _all(following), _all(log_wide)
            begun = [next(messages) for _ in range(50)]
            kind, size = next(runs)
            assert (kind, size["runs"]) == ("runs", 1)
            assert 0 < size["events"] <= PAUSE
            writing.go_on()
            assert writing.ended() == "written\n"
            *rest, (event, end) = [*begun, *messages]
            records = [*open_log(growing).records()]
            assert (event, end["events"]) == ("finished", len(records))
            assert [told["position"] for _, told in rest] == [*range(first, len(records))]
            assert {kind for kind, _ in rest} == {"record"}
            assert rest[-1][1]["type"] == records[-1].type
            changed = next(told for kind, told in runs if kind == "run" and told["finished"])
            assert (changed["run"], changed["events"]) == (run["run"], len(records))
            assert next(runs) == ("runs", {"runs": 1, "events": len(records)})
            log = _status(explorer, "/runs.json")[1]["log"]
            assert (log["runs"], log["events"]) == (1, len(records))
            assert _status(explorer, "/runs/last.json")[1]["run"]["finished"]
            back = explorer.get("/runs/last/events", {"last-event-id": str(len(records) - 3)})
            assert [kind for kind, _ in _all(back)] == ["record", "record", "finished"]
    assert len(records) > LONG


def test_a_run_that_was_begun_since(path: str) -> None:
    """It is there, and it is the last, a second after it was written: nobody has to start anything again."""
    with opened(path) as explorer:
        before = explorer.get("/runs.json").json()["runs"]
        play_and_keep(load(ROOT / "scenarios" / "failed-total.yaml"), url=path)
        time.sleep(LOOK_SECONDS)
        after = explorer.get("/runs.json").json()["runs"]
        assert after[:-1] == before
        answer = explorer.get("/runs/last/snapshot.json").json()
        assert answer["log"]["run"] == after[-1]["run"]


def test_words_that_begin_several_runs(path: str) -> None:
    """Are said to, with some of them."""
    runs = tuple(evolve(run, run=f"ab{number}") for number, run in enumerate(look(path).runs))
    with pytest.raises(Refusal) as caught:
        evolve(look(path), runs=runs).run("ab")
    assert (caught.value.message, caught.value.remedy) == ("several runs begin with 'ab'", "Among them: ab0, ab1, ab2.")


def test_a_log_that_is_gone(path: str) -> None:
    """Is said, and not what was there before."""
    with opened(path) as explorer:
        assert explorer.get("/runs.json").status_code == 200
        Path(path).rename(f"{path}.elsewhere")
        time.sleep(LOOK_SECONDS)
        answer = explorer.get("/runs.json")
        assert (answer.status_code, answer.json()["error"]["code"]) == (502, "bad-log")


def test_a_log_that_was_changed(path: str) -> None:
    """Its run is not told: what does not verify is said."""
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE sim_records SET hash = zeroblob(32) WHERE position = 20 AND number = 1")
    connection.close()
    with opened(path) as explorer:
        first, second, _ = (run["run"] for run in explorer.get("/runs.json").json()["runs"])
        answer = explorer.get(f"/runs/{first}/snapshot.json")
        assert (answer.status_code, answer.json()["error"]["code"]) == (502, "bad-log")
        assert "position 20" in answer.json()["error"]["message"]
        assert explorer.get(f"/runs/{second}/snapshot.json").status_code == 200


def test_from_too_far_back(explorer: TestClient) -> None:
    """A stream of a run that is finished has what was asked for, and ends."""
    run = explorer.get("/runs.json").json()["runs"][0]
    events = run["events"]
    for query, count in (
        ("", 0),
        ("?after=", 0),
        ("?after=0", events - 1),
        (f"?after={events + 5}", 0),
        ("?from=0", events),
        ("?from=1", events - 1),
        (f"?from={events}", 0),
    ):
        text = explorer.get(f"/runs/{run['run']}/events{query}").text
        assert text.count("event: record\n") == count
        assert text.endswith(f'"head": "{run["head"]}"}}\n\n')


def test_coming_back(explorer: TestClient) -> None:
    """Begins behind what was last heard, wherever it began before."""
    run = explorer.get("/runs.json").json()["runs"][0]
    for query in ("", "?after=3", "?from=0"):
        address = f"/runs/{run['run']}/events{query}"
        text = explorer.get(address, headers={"last-event-id": str(run["events"] - 3)}).text
        assert text.count("event: record\n") == 2


@pytest.mark.parametrize(
    "query",
    [
        "?after=x",
        "?after=-1",
        "?after=1&x=2",
        "?x=1",
        "?after=9999999999999999",
        "?from=-1",
        "?from=0&after=0",
        "?from=0&from=1",
    ],
)
def test_what_is_no_position(explorer: TestClient, query: str) -> None:
    """Is said, before anything is sent."""
    assert explorer.get(f"/runs/last/events{query}").status_code == 400
