"""What the explorer answers is what the command line prints for the same question, to the byte."""

from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from tests.cli.conftest import Sim

QUESTIONS: tuple[tuple[str, list[tuple[str, str]]], ...] = (
    ("snapshot", [("at", "end")]),
    ("snapshot", [("at", "2022-02-06"), ("at", "start"), ("at", "D+15")]),
    ("snapshot", [("at", "2022-02-06T08:00"), ("as_known", "2022-02-03")]),
    ("timeline", []),
    ("timeline", [("place", "pl"), ("since", "2022-02-03")]),
    ("timeline", [("until", "2022-02-03")]),
    ("timeline", [("as_known", "2022-02-03")]),
    ("claims", []),
    ("claims", [("verdict", "contradicted,compatible")]),
    ("claims", [("question", "1"), ("as_known", "2022-02-12")]),
    ("explain", [("at", "end")]),
    ("explain", [("at", "2022-02-06"), ("place", "pl"), ("kind", "troops")]),
    ("explain", [("at", "end"), ("place", "pl"), ("exactly", "true")]),
    ("explain", [("at", "2022-02-12"), ("country", "PL"), ("as_known", "2022-02-12")]),
    ("diff", [("from", "start"), ("to", "2022-02-06")]),
    ("diff", [("from", "start"), ("to", "end"), ("by", "unit")]),
)


def _words(view: str, asked: list[tuple[str, str]]) -> list[str]:
    """The options of the command line that ask the same."""
    return [
        word
        for name, value in asked
        for word in ([f"--{name}"] if name == "exactly" else [f"--{name.replace('_', '-')}", value])
    ]


@pytest.mark.parametrize(("view", "asked"), QUESTIONS)
def test_the_same_as_the_command_line(
    anywhere: TestClient, address: str, sim: Sim, view: str, asked: list[tuple[str, str]]
) -> None:
    """In every store."""
    run = anywhere.get("/runs.json").json()["runs"][1]["run"]
    printed = sim(view, address, "--run", run, *_words(view, asked), "--format", "json").out
    answer = anywhere.get(f"/runs/{run}/{view}.json?{urlencode(asked)}")
    assert (answer.status_code, answer.text) == (200, printed)


@pytest.mark.parametrize("view", ["timeline", "claims"])
def test_what_goes_by_lift(anywhere: TestClient, address: str, sim: Sim, view: str) -> None:
    """What waited for what, and what stays behind, as on the command line; `last` is the run begun last."""
    printed = sim(view, address, "--format", "json").out
    assert anywhere.get(f"/runs/last/{view}.json?size=1000").text == printed


def test_the_runs(anywhere: TestClient, address: str, sim: Sim) -> None:
    """All runs of the log, in the order in which they were begun."""
    assert anywhere.get("/runs.json").text == sim("runs", address, "--format", "json").out


def test_a_claim_and_two_runs(anywhere: TestClient, address: str, sim: Sim) -> None:
    """Every claim of a run explained, and two runs side by side."""
    first, second, _ = (run["run"] for run in anywhere.get("/runs.json").json()["runs"])
    for claim in anywhere.get(f"/runs/{first}/claims.json").json()["claims"]:
        printed = sim("explain", address, "--run", first, "--claim", claim["id"], "--format", "json").out
        assert anywhere.get(f"/runs/{first}/explain.json?claim={claim['id']}").text == printed
    printed = sim("diff", address, "--run", first, "--run", second, "--at", "2022-02-06", "--format", "json").out
    assert anywhere.get(f"/runs/{first}/diff.json?with={second}&at=2022-02-06").text == printed


def test_a_run_by_the_beginning_of_its_id(explorer: TestClient) -> None:
    """As on the command line; one that begins several, or none, is not found."""
    runs = [run["run"] for run in explorer.get("/runs.json").json()["runs"]]
    assert explorer.get(f"/runs/{runs[0][:6]}.json").json()["run"]["run"] == runs[0]
    assert explorer.get("/runs/zzz.json").json()["error"] == {
        "code": "not-found",
        "message": "the log holds no run 'zzz'",
        "remedy": "See /runs.json for those it holds.",
        "retry": None,
    }


def test_the_report(explorer: TestClient, kept: object, sim: Sim, tmp_path: object) -> None:
    """The page is the one that `report` writes, and may do nothing with what else comes from here."""
    out, run = f"{tmp_path}/page.html", explorer.get("/runs.json").json()["runs"][0]["run"]
    sim("report", f"{kept}/runs.sqlite", "--run", run, "-o", out)
    answer = explorer.get(f"/runs/{run}/report")
    with open(out, "rb") as page:
        assert answer.content == page.read()
    assert answer.headers["content-security-policy"].startswith("frame-ancestors 'none'; sandbox allow-scripts ")


def test_what_was_not_known_yet(explorer: TestClient) -> None:
    """Of what came out later, an answer says when, and by whom."""
    run = explorer.get("/runs.json").json()["runs"][1]["run"]
    unit = explorer.get(f"/runs/{run}/units.json?as_known=2022-03-01").json()["units"][-1]["id"]
    answer = explorer.get(f"/runs/{run}/snapshot.json?unit={unit}&as_known=2022-01-01")
    assert answer.status_code == 400
    assert "not known yet on 2022-01-01" in answer.json()["error"]["message"]
    assert "Leave out as_known, or ask as_known 2022-" in answer.json()["error"]["remedy"]
