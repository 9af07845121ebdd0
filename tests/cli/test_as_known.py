"""`--as-known`: what had been published by a time, and nothing that came later; of a scenario, and of a log."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, Sim
from tests.report.test_laws import columns as columns_of

GOLDEN = ROOT / "tests" / "golden"
AMENDED = "tests/golden/amended.yaml"
FLANK = "scenarios/eastern-flank-2022.yaml"

ASKED = {
    "run": "run {}",
    "snapshot": "snapshot {} --at 2022-02-10 --at end --by unit",
    "timeline": "timeline {}",
    "explain": "explain {} --at end --place away",
    "explain a claim": "explain {} --claim all-there",
    "claims": "claims {}",
}
"""A question of each command that knows the option; `{}` is what it is asked of."""

AWAITED = "tests/golden/awaited.yaml"

UNKNOWN = {
    ("explain {} --claim", "claim", "inland-in-the-end"): ("2030-05-05", "Ministry"),
    ("claims {} --question", "claim", "inland-in-the-end"): ("2030-05-05", "Ministry"),
    ("claims {} --source", "source", "landed"): ("2030-05-12", "Herald"),
    ("claims {} --source", "source", "herald"): ("2030-05-12", "Herald"),
    ("explain {} --at end --order", "order", "corps-inland"): ("2030-05-05", "Ministry"),
    ("reconcile {} --at end --order", "order", "corps-inland"): ("2030-05-05", "Ministry"),
    ("timeline {} --order", "order", "corps-inland"): ("2030-05-05", "Ministry"),
}
"""What had not been published on 3 May, with when it was, and by whom."""

FORMS = ("table", "markdown", "csv", "json")
LATER = "2022-02-08T12:00"

Compare = Callable[[Path, str], None]


def words(question: str, of: str | Path, *more: str) -> list[str]:
    """The words of a command."""
    return [*shlex.split(ASKED[question].format(of)), *more]


@pytest.mark.parametrize("columns", [60, 100])
@pytest.mark.parametrize("day", ["2022-02-03", "2022-02-12"])
def test_the_page(day: str, columns: int, sim: Sim, golden: Compare) -> None:
    """The eastern flank as known when it was announced, and when a part had arrived: all but the command fits."""
    done = sim("run", FLANK, "--as-known", day, columns=columns)
    golden(GOLDEN / f"eastern-flank-as-known-{day}-{columns}.txt", done.out)
    assert (done.status, done.err) == (0, "")
    wide = [line for line in done.out.splitlines() if columns_of(line) > columns]
    assert [line for line in wide if not line.startswith("Next: ")] == []


@pytest.mark.parametrize("question", ASKED)
def test_every_page(question: str, sim: Sim, golden: Compare) -> None:
    """A small scenario before the last sources: each of the commands, whole."""
    done = sim(*words(question, AMENDED, "--as-known", "2022-02-04"))
    golden(GOLDEN / f"amended-as-known-{question.replace(' ', '-')}.txt", done.out)
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("run {}", True),
        ("run {} --table claims", True),
        ("claims {}", True),
        ("reconcile {}", True),
        ("run {} --table posture", False),
        ("run {} --table timeline", False),
        ("run {} --table invariants", False),
        ("snapshot {} --at 2022-02-10", False),
        ("timeline {}", False),
    ],
)
def test_claims_that_lie_ahead(command: str, told: bool, sim: Sim) -> None:
    """They are counted where the page is about claims, and nowhere else."""
    done = sim(*shlex.split(command.format(AMENDED)), "--as-known", "2022-02-04", columns=200)
    assert "As known on 4 Feb 2022" in done.out
    assert ("3 of 3 claims are about times after that" in done.out) is told


def test_json(sim: Sim, golden: Compare) -> None:
    """It says as known when, and is otherwise what a run gives; what was not known yet is not there at all."""
    done = sim("run", AMENDED, "--as-known", "2022-02-04", "--format", "json")
    golden(GOLDEN / "amended-as-known.json", done.out)
    found = json.loads(done.out)
    assert found["scenario"]["as_known"] == "2022-02-04T23:59:00Z"
    assert "gazette" not in done.out
    assert "planes" not in done.out


@pytest.mark.parametrize("as_known", ["2022-01-01", "2022-02-01", "2022-02-04", LATER, "end", "2030-12-31"])
@pytest.mark.parametrize("question", [each for each in ASKED if each != "explain a claim"])
def test_a_log_answers_what_its_scenario_does(question: str, as_known: str, sim: Sim, tmp_path: Path) -> None:
    """From the definitions in it, to the byte, but for its own address; whichever store it is in."""
    sim("run", AMENDED, "--log", tmp_path / "run.jsonl")
    sim("run", AMENDED, "--log", tmp_path / "run.sqlite")
    for form in FORMS:
        more = ("--as-known", as_known, "--format", form)
        expected = sim(*words(question, AMENDED, *more), columns=1000)
        for log in (tmp_path / "run.jsonl", tmp_path / "run.sqlite"):
            found = sim(*words(question, log, *more), columns=1000)
            assert (found.status, found.err) == (expected.status, expected.err)
            assert found.out.replace(str(log), AMENDED) == expected.out


def _without_the_time(whole: Any) -> Any:
    """An answer without the time at which it was known, and without where it is kept."""
    assert whole["scenario"].pop("as_known", None) in (None, "2022-12-31T23:59:00Z", "2023-01-01T04:59:00Z")
    for key in ("url", "run", "head"):  # a run that is only asked about may not have been recorded at all
        del whole["log"][key]
    return whole


@pytest.mark.parametrize("scenario", [AMENDED, FLANK])
@pytest.mark.parametrize("command", ["run", "snapshot --at end", "timeline", "claims", "explain --at end"])
def test_once_all_is_known(command: str, scenario: str, sim: Sim) -> None:
    """The answer is the plain one: all of it in JSON and CSV, and on a page but for the line that says so."""
    name, *asked = shlex.split(command)
    plain, known = [name, scenario, *asked], [name, scenario, *asked, "--as-known", "2022-12-31"]
    whole, part = sim(*plain, "--format", "json"), sim(*known, "--format", "json")
    assert part.status == whole.status
    assert _without_the_time(json.loads(part.out)) == _without_the_time(json.loads(whole.out))
    assert sim(*known, "--format", "csv").out == sim(*plain, "--format", "csv").out
    for form in ("table", "markdown"):
        lines = sim(*known, "--format", form, columns=1000).out.replace(" --as-known 2022-12-31", "").splitlines()
        said = [line for line in lines if "As known on 31 Dec 2022: " in line or "without a date, and so known" in line]
        assert len(said) == 2
        rest = "\n".join(line for line in lines if line not in said)
        assert rest.lstrip("\n") + "\n" == sim(*plain, "--format", form, columns=1000).out


def test_before_anything_was_published(sim: Sim) -> None:
    """What rests on no dated source is there; where all is dated, nothing is, and nothing breaks."""
    found = json.loads(sim("run", AMENDED, "--as-known", "2001-01-01", "--format", "json").out)
    assert {row["unit"] for row in found["snapshots"][0]["rows"]} == {"local", "scouts"}
    assert [claim["id"] for claim in found["claims"]] == ["none-at-home"]
    for command in ("run", "claims", "timeline", "snapshot --at end", "explain --at end"):
        name, *asked = shlex.split(command)
        for form in FORMS:
            done = sim(name, "scenarios/feb2022.yaml", *asked, "--as-known", "2001-01-01", "--format", form)
            assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize(
    ("as_known", "known"),
    [
        ("start", "2022-02-01T00:00:00Z"),
        ("end", "2022-02-20T23:59:00Z"),
        ("D+3", "2022-02-04T00:00:00Z"),
        ("2022-02-04", "2022-02-04T23:59:00Z"),
        ("2022-02-04T12:00+02:00", "2022-02-04T10:00:00Z"),
        ("1999-01-01", "1999-01-01T23:59:00Z"),
        ("2099-01-01", "2099-01-01T23:59:00Z"),
    ],
)
def test_times(as_known: str, known: str, sim: Sim) -> None:
    """A date is its last minute; it need not lie within the run."""
    done = sim("run", AMENDED, "--as-known", as_known, "--format", "json")
    assert json.loads(done.out)["scenario"]["as_known"] == known


@pytest.mark.parametrize("as_known", ["", "never", "2022-13-01", "2022-02", "D-1", "2022-02-30", "10000-01-01"])
@pytest.mark.parametrize("question", ASKED)
def test_what_is_no_time(question: str, as_known: str, sim: Sim) -> None:
    """One clear error; nothing is printed."""
    done = sim(*words(question, AMENDED, "--as-known", as_known))
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("--as-known: ")
    assert done.err.endswith("\n  Or write start or end.\n")


def test_beyond_the_calendar(sim: Sim) -> None:
    """A time that the clocks of the scenario do not have."""
    done = sim("run", FLANK, "--as-known", "9999-12-31")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("--as-known: 9999-12-31T23:59 lies outside the years 1 to 9999\n")


def test_it_is_a_question_and_kept_nowhere(sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where runs are kept by default: no log is written, and to ask for one is refused."""
    monkeypatch.delenv("SIM_LOG")
    scenario = (ROOT / AMENDED).read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(scenario, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = sim("run", "a.yaml", "--as-known", "2022-02-04")
    assert (done.status, done.err) == (0, "")
    refused = sim("run", "a.yaml", "--as-known", "2022-02-04", "--log", "kept.jsonl")
    assert (refused.status, refused.out, refused.err) == (
        2,
        "",
        "--log does not go with --as-known, which asks a question of a run and keeps none\n"
        "  Keep the run itself, and ask its log --as-known.\n",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_what_was_not_known_cannot_be_asked_about(sim: Sim) -> None:
    """It is said that it was not known, from when on it was, on whose word, and what to do."""
    for (command, noun, word), (day, outlet) in UNKNOWN.items():
        done = sim(*shlex.split(command.format(AWAITED)), word, "--as-known", "2030-05-03")
        assert (done.status, done.out) == (2, "")
        assert done.err == (
            f"the {noun} '{word}' was not known yet on 2030-05-03\n"
            f"  It became known on {day}, by {outlet}. Leave out --as-known, or ask --as-known {day}.\n"
        )
        assert sim(*shlex.split(command.format(AWAITED)), word).status in (0, 1)


def test_what_there_never_was(sim: Sim) -> None:
    """It is said as ever."""
    for command, noun, _ in UNKNOWN:
        done = sim(*shlex.split(command.format(AWAITED)), "what-is-this", "--as-known", "2030-05-03")
        assert done.status == 2
        assert done.err.startswith(f"there is no {noun if '--question' not in command else 'question'} 'what-is-this'")


@pytest.mark.parametrize(
    ("name", "asked"),
    {
        "run": "run {} --as-known 2030-05-06",
        "claims": "claims {} --as-known 2030-05-06",
        "claims-80": "claims {} --as-known 2030-05-06 --verdict open",
        "explain": "explain {} --claim corps-closed --as-known 2030-05-06",
        "explain-count": "explain {} --claim all-in-port --as-known 2030-05-06",
        "history": "history {} --claim corps-closed",
    }.items(),
)
def test_what_turns_on_arrivals_nobody_had_announced(name: str, asked: str, sim: Sim, golden: Compare) -> None:
    """Claims are open, and an order that waits for an arrival is not played: nothing is broken by that."""
    columns = 80 if name.endswith("80") else 100
    done = sim(*shlex.split(asked.format(AWAITED)), columns=columns)
    golden(GOLDEN / f"awaited-{name}.txt", done.out)
    assert (done.status, done.err) == (0, "")


def test_open_in_json(sim: Sim) -> None:
    """The verdict, what could be counted, and how much had arrived: only where there is such a thing."""
    done = sim("run", AWAITED, "--as-known", "2030-05-06", "--format", "json")
    claims = {claim["id"]: claim for claim in json.loads(done.out)["claims"]}
    told = {id: (claim["verdict"], claim.get("could_be"), claim.get("there")) for id, claim in claims.items()}
    assert told == {
        "all-in-port": ("open", {"low": 200, "high": 1000}, None),
        "corps-closed": ("open", None, 200),
        "half-at-sea": ("contradicted", None, None),
        "inland-in-the-end": ("open", {"low": 0, "high": 1000}, None),
        "one-more": ("holds", None, None),
        "sappers-seen": ("open", {"low": 0, "high": 330}, None),
    }
    outcomes = {each["name"]: each["holds"] for each in json.loads(done.out)["invariants"]}
    assert outcomes["obeyed"] and outcomes["claims"]


TOO_EARLY = """
format: 1
title: A return of whom nobody had seen leave
start: 2030-05-01
end: 2030-05-20
sources:
  herald: {outlet: Herald, published: 2030-05-02}
  ministry: {outlet: Ministry, published: 2030-05-12}
places:
  home: {name: Home, country: HM}
  port: {name: Port, country: PT}
units:
  corps: {troops: 1000, place: home, sources: [herald]}
orders:
  back: {at: 2030-05-05, action: return, units: [corps], arrive: {by: 2030-05-08}, sources: [herald]}
"""
SEEN = """
  out:
    at: 2030-05-02
    action: deploy
    units: [corps]
    to: port
    arrive: {by: 2030-05-03}
    sources: [ministry]
"""
NOT_YET = """
  go: {at: 2030-05-03, action: deploy, to: port, units: [guard], arrive: {by: 2030-05-05}, sources: [herald]}
claims:
  none-of-them: {source: herald, count: {place: port, side: UK}, is: 0}
  all-there: {source: herald, closed: {orders: [go]}, by: 2030-05-10}
"""
GUARD = "  guard: {troops: 500, place: home, side: UK, sources: [ministry]}\norders:\n"


def test_what_comes_out_later_excuses_nothing(sim: Sim, tmp_path: Path) -> None:
    """An order that cannot be played out is told as that, with why, and breaks nothing: whatever explains it later."""
    story = tmp_path / "a.yaml"
    told = []
    for text in (TOO_EARLY, TOO_EARLY + SEEN):
        story.write_text(text, encoding="utf-8")
        done = sim("run", story, "--as-known", "2030-05-06")
        assert (done.status, done.err) == (0, "")
        told.append(done.out)
        assert sim("run", story).status == (0 if SEEN in text else 1)
    assert told[0] == told[1]
    assert "  not played out as known then: back (already at its origin, home)\n" in told[0]


def test_who_is_not_known_yet_is_not_misspelt(sim: Sim, tmp_path: Path) -> None:
    """Whether a side that a claim names has any units nobody can say, nor whether one has closed that nobody knows."""
    story = tmp_path / "a.yaml"
    story.write_text(TOO_EARLY.replace("orders:\n", GUARD) + NOT_YET, encoding="utf-8")
    done = sim("run", story, "--as-known", "2030-05-06")
    assert (done.status, done.err) == (0, "")
    assert "Check the spelling" not in done.out
    (told,) = (line for line in done.out.splitlines() if line.startswith("Open: "))
    assert told.endswith("; who is meant was not known yet: go.")
    assert "Check the spelling" not in sim("run", story).out


BACK_AND_FORTH = """
format: 1
title: An order that is given to others
start: 2030-05-01
end: 2030-05-20
sources:
  s1: {outlet: One, published: 2030-05-02}
  s2: {outlet: Two, published: 2030-05-04}
  s3: {outlet: Three, published: 2030-05-06}
  s4: {outlet: Four, published: 2030-05-08}
places:
  home: {name: Home, country: HM}
  port: {name: Port, country: PT}
units:
  corps: {troops: 1000, place: home, sources: [s1]}
  other: {troops: 500, place: home, sources: [s3]}
orders:
  go: {at: 2030-05-05, action: deploy, to: port, units: [corps], arrive: {by: 2030-05-08}, sources: [s1]}
  go-2: {amends: go, units: [other], sources: [s2]}
"""


@pytest.mark.parametrize(
    ("as_known", "told"),
    [
        (
            "2030-05-01",
            "the order 'go' was not known yet on 2030-05-01\n"
            "  It became known on 2030-05-02, by One. Leave out --as-known, or ask --as-known 2030-05-02.\n",
        ),
        (
            "2030-05-05",
            "the order 'go' was no longer known on 2030-05-05\n"
            "  It became known again on 2030-05-06, by Three. Leave out --as-known, or ask --as-known 2030-05-06.\n",
        ),
    ],
)
def test_what_was_known_and_then_was_not(as_known: str, told: str, sim: Sim, tmp_path: Path) -> None:
    """An order that is amended to units nobody knows is not there until they are: it is said which of it holds."""
    story = tmp_path / "a.yaml"
    story.write_text(BACK_AND_FORTH, encoding="utf-8")
    done = sim("explain", story, "--at", "end", "--order", "go", "--as-known", as_known)
    assert (done.status, done.out, done.err) == (2, "", told)
    for day, status in (("2030-05-02", 0), ("2030-05-03", 0), ("2030-05-04", 2), ("2030-05-06", 0)):
        assert sim("explain", story, "--at", "end", "--order", "go", "--as-known", day).status == status


def test_one_of_several_runs(sim: Sim, tmp_path: Path) -> None:
    """The last run of the log, and it is said which; or the one that is asked for."""
    log = tmp_path / "runs.sqlite"
    for scenario in (AMENDED, "scenarios/failed-total.yaml"):
        sim("run", scenario, "--log", log)
    first = json.loads(sim("runs", log, "--format", "json").out)["runs"][0]["run"]
    last = sim("timeline", log, "--as-known", "2022-02-04")
    assert last.err.startswith(f"{log} holds 2 runs: this is the last, ")
    chosen = sim("timeline", log, "--run", first, "--as-known", "2022-02-04")
    assert (chosen.out, chosen.err) == (sim("timeline", AMENDED, "--as-known", "2022-02-04").out, "")
    assert sim("timeline", AMENDED, "--run", first, "--as-known", "2022-02-04").status == 2


def test_undated_sources(sim: Sim) -> None:
    """The page names those that count as published though they do not say when, and that it uses."""

    def said(as_known: str) -> list[str]:
        lines = sim("run", AMENDED, "--as-known", as_known, columns=1000).out.splitlines()
        return lines[2:5]

    why = "  without a date, and so known as soon as what they relay, or from the beginning: "
    assert said("2022-02-04") == [
        "As known on 4 Feb 2022: 2 of 3 dated sources had been published",
        why + "B a reader's letter",
        "  what lies after that is as announced or assumed by then",
    ]
    assert said(LATER) == [
        "As known on 8 Feb 2022 12:00: 3 of 3 dated sources had been published",
        why + "B The Echo, D a reader's letter",
        "  what lies after that is as announced or assumed by then",
    ]


def test_the_next_question_is_of_the_same_time(sim: Sim) -> None:
    """The command at the foot of an explanation asks about what was known then, too."""
    done = sim("explain", AMENDED, "--at", "end", "--place", "away", "--as-known", "2022-02-04", columns=1000)
    command = done.out.splitlines()[-1].removeprefix("Next: python -m sim ")
    assert "--as-known 2022-02-04" in command
    assert sim(*shlex.split(command)).status == 0
