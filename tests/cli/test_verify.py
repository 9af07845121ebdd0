"""`verify`: what is checked of a log, what is said of it, and how the command ends."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve

from sim.domain.event import RULES, Event, OrderRefused, ReadinessChanged, RunOpened
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.eventlog import open_log
from tests.cli.conftest import Done, Sim
from tests.story import alert, deploy, scenario, unit

FEB2022, FAILED = "scenarios/feb2022.yaml", "scenarios/failed-total.yaml"
RUN = "3e83368c57fb515c"
HEAD = "0df6b78160a8c91c9553ef91d0a8c5894b01e8465b28e26c242a7d2e00837d18"
OTHER_RUN = "19cfe85869c4cbc3"
OTHER_HEAD = "2c4e1a01be4764637bb1a956bb732c85479b17e3236a37c1b16b74cfff37306c"

WHOLE = f"""\
Run {RUN} verifies.
  US force posture in Europe, February 2022; seed 0
  112 records, one chain from run-opened to its run-closed
  head {HEAD}
  9 of 9 invariants hold
"""
BROKEN = f"""\
Run {OTHER_RUN} verifies, but does not add up.
  Exercise Tin Lantern (invented); seed 0
  31 records, one chain from run-opened to its run-closed
  head {OTHER_HEAD}
  8 of 9 invariants hold
    claims: 2030-05-10 23:59: claim ministry-total (ministry) is contradicted, off by 200 (expected
      1400, found 1,200 (1,130-1,270))
"""


BROKEN_WIDE = BROKEN.replace("(expected\n      1400", "(expected 1400")


@pytest.fixture
def log(sim: Sim, tmp_path: Path) -> Path:
    """A log of one run."""
    path = tmp_path / "runs.sqlite"
    sim("run", FEB2022, "--log", path)
    return path


@pytest.fixture
def two(log: Path, sim: Sim) -> Path:
    """A log of two runs, of which the last does not add up."""
    sim("run", FAILED, "--log", log)
    return log


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where a checkpoint is to be kept."""
    return tmp_path / "kept"


def change(path: Path, sql: str) -> None:
    """Change a log behind the program's back."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(sql)


def cut(path: Path, count: int, number: int = 1) -> None:
    """Leave the first so many records of a run."""
    change(path, f"DELETE FROM sim_records WHERE number = {number} AND position >= {count}")


def test_a_log_that_verifies(log: Path, sim: Sim) -> None:
    """What was checked."""
    assert sim("verify", log) == Done(0, WHOLE, "")


def test_a_log_in_which_something_does_not_add_up(two: Path, sim: Sim) -> None:
    """It is the whole log of a run, of which its sources contradict each other: status 1, and what."""
    assert sim("verify", two) == Done(1, BROKEN, "")


def test_played_out_again(log: Path, sim: Sim) -> None:
    """From the definitions in the log."""
    assert sim("verify", log, "--rerun") == Done(
        0, f"{WHOLE}  played out again: 112 records, the same to the byte\n", ""
    )


def test_every_run(two: Path, sim: Sim) -> None:
    """The worst status counts."""
    assert sim("verify", two, "--all") == Done(1, f"{WHOLE}\n{BROKEN}", "")


def test_one_run_of_several(two: Path, sim: Sim) -> None:
    """By its id or the beginning of it."""
    assert sim("verify", two, "--run", RUN[:5]) == Done(0, WHOLE, "")


def test_one_bad_run_does_not_hide_the_others(two: Path, sim: Sim) -> None:
    """It is named with its first bad position, and the others are verified."""
    change(two, "UPDATE sim_records SET minute = minute + 1 WHERE number = 1 AND position = 40")
    what = "the hash does not fit: the record, or one before it, is not as it was written"
    assert sim("verify", two, "--all", columns=1000) == Done(
        3, f"Run {RUN} does not verify.\n  {two}: run {RUN}: position 40: {what}\n\n{BROKEN_WIDE}", ""
    )


def test_an_unfinished_run(log: Path, sim: Sim) -> None:
    """Every record there verifies, and the command says how to complete it."""
    cut(log, 40)
    done = sim("verify", log, "--rerun")
    assert (done.status, done.err) == (3, "")
    head = done.out.split("head ")[1][:64]
    assert done.out == (
        f"Run {RUN} is unfinished.\n"
        "  US force posture in Europe, February 2022; seed 0\n"
        "  40 records, one chain from run-opened as far as it goes: its run-closed is missing\n"
        f"  head {head}\n"
        "  invariants not checked: that takes a finished run\n"
        "  To complete it, run the same scenario again with the same --log.\n"
    )
    sim("run", FEB2022, "--log", log)
    assert sim("verify", log) == Done(0, WHOLE, "")


def test_a_run_of_one_record(log: Path, sim: Sim) -> None:
    cut(log, 1)
    assert "  1 record, one chain from run-opened as far as it goes" in sim("verify", log).out


def test_a_run_without_a_record(tmp_path: Path, sim: Sim, kept: Path) -> None:
    """Torn off within its first: there is nothing that a checkpoint could know."""
    path = tmp_path / "runs.jsonl"
    path.write_text('{"run": "01234567', encoding="utf-8")
    done = sim("verify", path, "--checkpoint", kept)
    assert done == Done(
        3,
        "Run 01234567 is unfinished.\n"
        "  not even its first record was stored whole\n"
        "  invariants not checked: that takes a finished run\n"
        "  To complete it, run the same scenario again with the same --log.\n",
        f"checkpoint {kept}: not written\n",
    )
    assert not kept.exists()
    form = json.loads(sim("verify", path, "--format", "json").out)
    assert form["runs"][0]["head"] is None


Retelling = Callable[[Event], Event]


def forged(path: Path, told: Scenario, retell: Retelling) -> Path:
    """A log of a run that was told otherwise than it was played out; its hashes fit."""
    open_log(path).record(map(retell, simulate(told)))
    return path


STORY = scenario([unit("a")], [alert("up", 60, "a"), deploy("go", 90, "a"), alert("down", 99, "a")], end=9000)


def _illegal(event: Event) -> Event:
    return evolve(event, after=Readiness.DEPLOYED) if isinstance(event, ReadinessChanged) else event


def _excused(event: Event) -> Event:
    return evolve(event, reason="it was late") if isinstance(event, OrderRefused) else event


def _by_other_rules(event: Event) -> Event:
    return evolve(event, rules=RULES + 1) if isinstance(event, RunOpened) else event


def test_a_log_that_no_run_wrote(sim: Sim, tmp_path: Path) -> None:
    """The hashes fit, and what happens in it cannot happen: status 3."""
    path = forged(tmp_path / "run.jsonl", STORY, _illegal)
    done = sim("verify", path, columns=1000)
    run = done.out.split(" ", 2)[1]
    what = "a went from garrison to deployed at home, expected one of standby, heightened-alert, in-transit"
    assert done == Done(
        3,
        f"Run {run} does not verify.\n"
        f"  {path}: run {run}: minute 60 (2022-01-24T01:00Z): {what}\n"
        "    that breaks the invariant 'legal', which every run of this program keeps\n",
        "",
    )


def test_a_run_by_other_rules(sim: Sim, tmp_path: Path) -> None:
    """It cannot be played out again here, and all else is said of it."""
    path = forged(tmp_path / "run.jsonl", STORY, _by_other_rules)
    assert sim("verify", path).status == 1
    done = sim("verify", path, "--rerun", columns=1000)
    assert (done.status, done.err) == (2, "")
    assert done.out.splitlines()[0].endswith(" verifies, but does not add up.")
    assert done.out.splitlines()[4:5] + done.out.splitlines()[6:] == [
        "  8 of 9 invariants hold",
        f"  {path}: the run was played out by version {RULES + 1} of the rules, and this program has version {RULES}",
        "    only a version of the program with the same rules can play it out again; all else can be verified",
    ]


def test_a_checkpoint_is_written(two: Path, sim: Sim, kept: Path) -> None:
    """One line for the run that was verified, once it was."""
    done = sim("verify", two, "--run", RUN, "--checkpoint", kept)
    assert done == Done(0, WHOLE, f"checkpoint {kept}: written, 1 run\n")
    assert kept.read_text(encoding="ascii") == f'{{"run": "{RUN}", "count": 112, "head": "{HEAD}"}}\n'


def test_a_checkpoint_of_every_run(two: Path, sim: Sim, kept: Path) -> None:
    """A line for each, those included that do not add up: what is said in them is not what is proved."""
    done = sim("verify", two, "--all", "--checkpoint", kept)
    assert done == Done(1, f"{WHOLE}\n{BROKEN}", f"checkpoint {kept}: written, 2 runs\n")
    assert kept.read_text(encoding="ascii") == (
        f'{{"run": "{RUN}", "count": 112, "head": "{HEAD}"}}\n'
        f'{{"run": "{OTHER_RUN}", "count": 31, "head": "{OTHER_HEAD}"}}\n'
    )


def test_a_checkpoint_of_an_unfinished_run(log: Path, sim: Sim, kept: Path) -> None:
    """What there is of it can be kept; the status stays 3. Once it is completed, it agrees."""
    cut(log, 40)
    done = sim("verify", log, "--checkpoint", kept)
    assert (done.status, done.err) == (3, f"checkpoint {kept}: written, 1 run\n")
    sim("run", FEB2022, "--log", log)
    assert sim("verify", log, "--checkpoint", kept) == Done(
        0, f"{WHOLE}  agrees with the checkpoint, which knows 40 records of it\n", ""
    )


def test_no_checkpoint_of_what_does_not_verify(two: Path, sim: Sim, kept: Path) -> None:
    """Not even of the runs that do."""
    change(two, "UPDATE sim_records SET minute = minute + 1 WHERE number = 1 AND position = 40")
    done = sim("verify", two, "--all", "--checkpoint", kept)
    assert (done.status, done.err) == (3, f"checkpoint {kept}: not written\n")
    assert not kept.exists()


def test_a_checkpoint_that_agrees(log: Path, sim: Sim, kept: Path) -> None:
    """It stays as it is, and only what came after it need be read again."""
    sim("verify", log, "--checkpoint", kept)
    before = kept.read_bytes()
    assert sim("verify", log, "--checkpoint", kept) == Done(
        0, f"{WHOLE}  agrees with the checkpoint, which knows 112 records of it\n", ""
    )
    assert sim("verify", log, "--checkpoint", kept, "--incremental") == Done(
        0,
        f"Run {RUN} verifies.\n"
        "  112 records: none came after the checkpoint, and those before were not read again\n"
        f"  head {HEAD}\n"
        "  invariants not checked: that takes every record\n"
        "  agrees with the checkpoint, which knows 112 records of it\n",
        "",
    )
    assert kept.read_bytes() == before


def test_what_came_after_a_checkpoint(log: Path, sim: Sim, kept: Path) -> None:
    """It is one chain with the record that the checkpoint knows."""
    cut(log, 40)
    sim("verify", log, "--checkpoint", kept)
    sim("run", FEB2022, "--log", log)
    done = sim("verify", log, "--checkpoint", kept, "--incremental")
    assert done.status == 0
    assert done.out.splitlines()[1] == (
        "  112 records: from position 40 one chain to its run-closed; those before were not read again"
    )


def test_a_tail_cut_off(log: Path, sim: Sim, kept: Path) -> None:
    """The chain cannot see it, and the checkpoint does."""
    sim("verify", log, "--checkpoint", kept)
    cut(log, 40)
    where = f"{log}: run {RUN}: position 111: the run ends before here, but the checkpoint knows 112 records of it"
    for more in ((), ("--incremental",)):
        assert sim("verify", log, "--checkpoint", kept, *more, columns=1000) == Done(
            3, f"Run {RUN} does not verify.\n  {where}\n    its last records were cut off\n", ""
        )


def test_a_log_written_anew(sim: Sim, tmp_path: Path, kept: Path) -> None:
    """Another run under the same id, with hashes that fit: only the checkpoint sees it."""
    path = forged(tmp_path / "run.jsonl", STORY, lambda event: event)
    sim("verify", path, "--checkpoint", kept)
    path.unlink()
    forged(path, STORY, _excused)
    assert sim("verify", path).status == 1
    done = sim("verify", path, "--checkpoint", kept, columns=1000)
    assert (done.status, done.err) == (3, "")
    assert done.out.endswith("\n    this record, or one before it, was written anew since\n")


def test_a_run_that_was_taken_out(two: Path, sim: Sim, kept: Path) -> None:
    """Every run that the checkpoint knows must be there, whichever is verified."""
    sim("verify", two, "--all", "--checkpoint", kept)
    for table in ("sim_runs", "sim_records"):
        change(two, f"DELETE FROM {table} WHERE number = 1")
        change(two, f"UPDATE {table} SET number = 1")
    done = sim("verify", two, "--checkpoint", kept, columns=1000)
    assert done == Done(
        3,
        f"{BROKEN_WIDE}  agrees with the checkpoint, which knows 31 records of it\n"
        f"\nRun {RUN} does not verify.\n"
        f"  {two}: the log holds no run {RUN}, but the checkpoint knows 112 records of it\n"
        "    the run was taken out, or this is another log\n",
        "",
    )


def test_runs_that_were_not_asked_for(two: Path, sim: Sim, kept: Path) -> None:
    """They are said to be there; and so it is that the checkpoint does not know the one that is."""
    sim("verify", two, "--run", RUN, "--checkpoint", kept)
    assert sim("verify", two, "--checkpoint", kept) == Done(
        1,
        f"{BROKEN}  the checkpoint knows nothing of it\n"
        "\nThe checkpoint knows 1 other run, and the log has each as far as it knows it.\n",
        "",
    )


def test_a_checkpoint_that_is_none(log: Path, sim: Sim, kept: Path) -> None:
    """One error with its line, before anything is verified; the file stays as it is."""
    kept.write_text("{}\n", encoding="utf-8")
    assert sim("verify", log, "--checkpoint", kept) == Done(
        2,
        "",
        f"{kept}:1: this is not a line of a checkpoint\n"
        "  fetch it anew from where it is kept; to have another one written, name a file that is not there\n",
    )
    assert kept.read_text(encoding="utf-8") == "{}\n"


def test_a_checkpoint_that_cannot_be_written(log: Path, sim: Sim, tmp_path: Path) -> None:
    """What was verified is printed all the same."""
    kept = tmp_path / "nowhere" / "kept"
    assert sim("verify", log, "--checkpoint", kept) == Done(
        2, WHOLE, f"the checkpoint {kept} cannot be written: No such file or directory\n"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--incremental",), "--incremental goes on from a checkpoint that is there"),
        (("--incremental", "--checkpoint", "nowhere"), "--incremental goes on from a checkpoint that is there"),
        (("--incremental", "--rerun"), "--rerun does not go with --incremental: it compares every record"),
        (("--all", "--run", RUN), "argument --run: not allowed with argument --all"),
        (("--format", "csv"), "argument --format: invalid choice: 'csv'"),
    ],
)
def test_what_does_not_go_together(words: tuple[str, ...], message: str, log: Path, sim: Sim) -> None:
    done = sim("verify", log, *words)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(message)


def test_what_is_no_log(sim: Sim, tmp_path: Path) -> None:
    """A scenario, a file that is not there, an empty one."""
    assert sim("verify", FEB2022).status == 2
    assert sim("verify", tmp_path / "nowhere.sqlite").status == 2
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    assert sim("verify", empty, "--all") == Done(3, "", f"{empty}: the log holds no run\n")


def test_as_json(two: Path, sim: Sim, kept: Path) -> None:
    """All that is printed, and every finding; what was not checked is null."""
    sim("verify", two, "--run", RUN, "--checkpoint", kept)
    change(two, "UPDATE sim_records SET minute = minute + 1 WHERE number = 2 AND position = 30")
    done = sim("verify", two, "--all", "--rerun", "--checkpoint", kept, "--format", "json")
    assert (done.status, done.err) == (3, "")
    form = json.loads(done.out)
    whole, broken = form.pop("runs")
    assert form == {"log": {"url": str(two)}, "checkpoint": {"file": str(kept), "others": 0}, "ensembles": []}
    assert [invariant["holds"] for invariant in whole.pop("invariants")] == [True] * 9
    assert whole == {
        "run": RUN,
        "verdict": "verifies",
        "scenario": "US force posture in Europe, February 2022",
        "seed": 0,
        "events": 112,
        "finished": True,
        "head": HEAD,
        "since": 0,
        "balances": 0,
        "checkpoint": 112,
        "rerun": 112,
        "problem": None,
    }
    assert {key: value for key, value in broken.items() if value is not None} == {
        "run": OTHER_RUN,
        "verdict": "does not verify",
        "problem": f"{two}: run {OTHER_RUN}: position 30: the hash does not fit: the record, or one before it, "
        "is not as it was written",
    }
    assert list(whole) == [key for key in broken if key != "invariants"]


def test_findings_as_json(two: Path, sim: Sim) -> None:
    form = json.loads(sim("verify", two, "--format", "json").out)
    assert form["checkpoint"] is None
    assert form["runs"][0]["invariants"][-1] == {
        "name": "claims",
        "holds": False,
        "findings": [
            {
                "at": "2030-05-10T23:59:00Z",
                "message": "claim ministry-total (ministry) is contradicted, off by 200",
                "expected": "1400",
                "found": "1,200 (1,130-1,270)",
            }
        ],
    }


def test_many_findings(sim: Sim, tmp_path: Path) -> None:
    """A page shows the first of them and says how many there are; the JSON has all."""
    orders = [deploy(f"go-{number:02}", 90 + number, "a") for number in range(25)]
    path = forged(tmp_path / "run.jsonl", scenario([unit("a")], orders, end=9000), lambda event: event)
    done = sim("verify", path)
    assert done.status == 1
    assert sum(line.startswith("    obeyed: ") for line in done.out.splitlines()) == 21
    assert done.out.endswith("    obeyed: 4 more, which --format json has\n")
    form = json.loads(sim("verify", path, "--format", "json").out)
    assert [len(one["findings"]) for one in form["runs"][0]["invariants"] if not one["holds"]] == [24]


ASKED = ("ensemble", "tests/golden/airlift.yaml", "--runs", 5, "--log")
SAID = "agrees with its digest: An airlift that nobody has timed (invented); seed\n  0, 5 runs.\n"


@pytest.mark.parametrize("name", ["runs.sqlite", "runs.jsonl"])
def test_ensembles_alone(name: str, sim: Sim, tmp_path: Path) -> None:
    """They are held against their digests; that there are no runs is no error."""
    path = tmp_path / name
    id = sim(*ASKED, path).err.partition("ensemble ")[2][:16]
    assert sim("verify", path) == Done(0, f"Ensemble {id} {SAID}", "")
    assert sim("verify", path, "--all").status == 0
    again = sim("verify", path, "--rerun")
    assert again.err == "ensembles were not played again: a log keeps what they counted, and not their scenarios\n"
    form = json.loads(sim("verify", path, "--format", "json").out)
    title = "An airlift that nobody has timed (invented)"
    assert form["ensembles"] == [
        {
            "ensemble": id,
            "verdict": "verifies",
            "scenario": title,
            "against": None,
            "seed": 0,
            "runs": 5,
            "problem": None,
        }
    ]
    assert sim("verify", path, "--run", "abc").status in {2, 3}


def test_a_damaged_ensemble_beside_a_run(log: Path, sim: Sim) -> None:
    """The run verifies, and the log does not; `runs` says so too."""
    id = sim(*ASKED, log).err.partition("ensemble ")[2][:16]
    assert sim("verify", log) == Done(0, f"{WHOLE}\nEnsemble {id} {SAID}", "")
    change(log, "UPDATE sim_ensembles SET body = substr(body, 1, length(body) - 1)")
    done = sim("verify", log)
    assert (done.status, done.err) == (3, "")
    assert done.out.startswith(f"{WHOLE}\nEnsemble {id} does not verify.\n")
    assert "what it keeps of the ensemble" in " ".join(done.out.split())
    assert sim("runs", log).out.splitlines()[-1].split() == [id, ".", ".", ".", ".", "damaged"]


def test_an_ensemble_under_another_id(log: Path, sim: Sim) -> None:
    """What it is kept under has to be that of what it says of itself."""
    sim(*ASKED, log)
    change(log, "UPDATE sim_ensembles SET ensemble = '0123456789abcdef'")
    assert sim("verify", log).status == 3
