"""`plot`: a picture in a file, and what it shows in words."""

from pathlib import Path

import pytest

from tests.cli.conftest import Sim

FEB2022 = "scenarios/feb2022.yaml"


def test_a_picture_of_a_scenario_and_of_its_log(sim: Sim, tmp_path: Path) -> None:
    """The same picture, to the byte, with the run's id and the head of its log in words at its foot."""
    log, one, other = tmp_path / "feb.jsonl", tmp_path / "one.svg", tmp_path / "other.svg"
    assert sim("run", FEB2022, "--log", log).status == 0
    first = sim("plot", FEB2022, "--side", "US", "--out", one)
    assert (first.status, first.err) == (0, "")
    assert first.out.splitlines() == [
        "US force posture in Europe, February 2022. Strength by place, 24 Jan - 28 Feb 2022, America/New_York time.",
        "Troops, US, 24 Jan and 28 Feb: Fort Bragg 2,000, then 0; Germany 1,000, then 300 (270-330), only announced; "
        "on the way up to 3,000 (2,700-3,300), on an assumption between; Poland 0, then 1,700 (1,530-1,870), only "
        "announced; Romania 0, then 1,000 "
        "(900-1,100), only announced; not stated 5,000, then 5,000 (4,500-5,500); United States 8,500, then 8,500.",
        "Only forces these sources name: ABC News; not named, Axios style; The Daily Beast; CNN; not named.",
    ]
    assert sim("plot", log, "--side", "US", "-o", other).out == first.out
    assert one.read_bytes() == other.read_bytes()


def test_as_known(sim: Sim, tmp_path: Path) -> None:
    """With only what had been published by then, which stands below it."""
    done = sim("plot", FEB2022, "--as-known", "2022-02-02", "--out", tmp_path / "then.png")
    assert done.status == 0
    assert "As known on 2 Feb 2022: " in done.out


def test_closures(sim: Sim, tmp_path: Path) -> None:
    """Of some orders, with when they close in the runs of an ensemble."""
    flank = "scenarios/eastern-flank-2022.yaml"
    done = sim("plot", flank, "--closure", "--order", "82nd-to-poland", "--runs", 5, "--out", tmp_path / "closure.PDF")
    assert (done.status, done.err) == (0, "")
    assert (
        "82nd Airborne Division, first elements, ordered 2 Feb: 1,700 to Rzeszów-Jasionka, closed 17 Feb; in half of "
        "the runs by "
    ) in done.out


def test_boxes_are_said(sim: Sim, tmp_path: Path) -> None:
    """Of a scenario with letters that the font does not have."""
    done = sim("plot", "tests/golden/hard.yaml", "--out", tmp_path / "hard.svg")
    assert done.status == 0
    assert done.err == "warning: the font has not every character of its words: boxes stand for the others\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--out a.gif", "--out a.gif is no picture\n  Let it end with .png, .svg or .pdf."),
        ("--out a.svg --runs 5", "--runs goes with --closure only\n  A posture is that of one run."),
        (
            "--out a.svg --closure --place pl",
            "--place does not go with --closure\n  Say with --order which orders are meant.",
        ),
        ("--out a.svg --closure --runs 0", "--runs 0 is no such number\n  Give one from 1 to 100,000."),
        (
            "--out a.svg --closure --runs 5 --as-known end",
            "--as-known does not go with --runs\n  Leave out one of the two.",
        ),
        (
            "--out a.svg --by weather",
            "--by: there is no field 'weather'\n  There are: place, country, unit, side, readiness, origin.",
        ),
        ("--out a.svg --run abc", f"--run does not go with {FEB2022}, which is a scenario and holds no runs"),
        ("--out no/such/folder/a.svg", "no/such/folder/a.svg: No such file or directory"),
    ],
)
def test_wrong_use(words: str, told: str, sim: Sim) -> None:
    """Said before anything is written."""
    done = sim("plot", FEB2022, *words.split())
    assert (done.status, done.out, done.err) == (2, "", f"{told}\n")
