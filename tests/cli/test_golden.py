"""All that the command line prints, byte for byte. `pytest --rewrite` writes the files anew; then read them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Sim

GOLDEN = ROOT / "tests" / "golden"
FEB2022 = "scenarios/feb2022.yaml"
HARD = "tests/golden/hard.yaml"
TABLES = ("posture", "timeline", "claims", "invariants")

Compare = Callable[[Path, str], None]


@pytest.mark.parametrize("columns", [100, 60])
def test_the_page(columns: int, sim: Sim, golden: Compare) -> None:
    """The page of the real scenario on a wide and on a narrow terminal: it fits."""
    done = sim("run", FEB2022, columns=columns)
    golden(GOLDEN / f"feb2022-{columns}.txt", done.out)
    assert (done.status, done.err) == (0, "")
    assert [line for line in done.out.splitlines() if len(line) > columns and not line.startswith("Next: ")] == []


@pytest.mark.parametrize(("form", "suffix"), [("markdown", "md"), ("json", "json")])
def test_the_other_forms(form: str, suffix: str, sim: Sim, golden: Compare) -> None:
    """The real scenario as a Markdown page and as JSON."""
    done = sim("run", FEB2022, "--format", form)
    golden(GOLDEN / f"feb2022.{suffix}", done.out)
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize("table", TABLES)
def test_every_table_as_csv(table: str, sim: Sim, golden: Compare) -> None:
    """Each table of the real scenario as CSV."""
    done = sim("run", FEB2022, "--format", "csv", "--table", table)
    golden(GOLDEN / f"feb2022-{table}.csv", done.out)
    assert (done.status, done.err) == (0, "")


def test_the_log(sim: Sim, golden: Compare, tmp_path: Path) -> None:
    """The log of the real scenario, every record with its hash."""
    path = tmp_path / "feb2022.jsonl"
    sim("run", FEB2022, "--log", path)
    golden(GOLDEN / "feb2022.jsonl", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("columns", [100, 60])
def test_a_total_that_fails(columns: int, sim: Sim, golden: Compare) -> None:
    """The teaching scenario: its page says what is off, by how much, and what the figure is made of; it exits 1."""
    done = sim("run", "scenarios/failed-total.yaml", columns=columns)
    golden(GOLDEN / f"failed-total-{columns}.txt", done.out)
    assert (done.status, done.err) == (1, "")
    assert [line for line in done.out.splitlines() if len(line) > columns and not line.startswith("Next: ")] == []


def test_a_hard_page(sim: Sim, golden: Compare) -> None:
    """Several sides and kinds, wide letters, names without end, refusals and every kind of failure, in 60 columns."""
    done = sim("run", HARD, columns=60)
    golden(GOLDEN / "hard-60.txt", done.out)
    assert (done.status, done.err) == (1, "")


def test_a_hard_page_in_markdown(sim: Sim, golden: Compare) -> None:
    """The same as Markdown: what users wrote reads as they wrote it."""
    done = sim("run", HARD, "--format", "markdown")
    golden(GOLDEN / "hard.md", done.out)
    assert (done.status, done.err) == (1, "")


def test_no_file_tells_where_it_was_written() -> None:
    """The folder that this checkout stands in is in none of them: they are the same on every machine."""
    told = [path.name for path in GOLDEN.iterdir() if str(ROOT).encode() in path.read_bytes()]
    assert told == []
