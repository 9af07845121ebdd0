"""The program knows nothing of the scenarios in this repository: one that a user writes works the same."""

import ast
import re
from pathlib import Path

import pytest

from sim.domain.scenario import Scenario
from sim.loader import load

ROOT = Path(__file__).parents[2]

NAMES = (
    *("82nd", "xviii", "stryker", "airborne", "fort bragg", "germany", "romania", "ukraine", "russia"),
    *("axios", "beast", "wsj", "wall street", "pentagon", "nato", "estmark", "vesterland", "gazette", "lantern"),
)
"""Names in the scenarios that no program about posture needs. Poland and CNN stand in errors' examples."""


@pytest.fixture(scope="module")
def code() -> dict[str, str]:
    """The code of every module, without comments and docstrings."""
    files = sorted((ROOT / "sim").rglob("*.py"))
    return {str(file.relative_to(ROOT)): bare(file.read_text(encoding="utf-8")) for file in files}


def bare(text: str) -> str:
    """`text` without comments, and without strings that stand alone as statements."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant(...)
    return ast.unparse(tree)


@pytest.mark.parametrize("name", ["feb2022", "failed-total"])
def test_no_code_names_what_is_in_a_scenario(name: str, code: dict[str, str]) -> None:
    """Neither a source, place, unit, order or claim of it, nor the names in any."""
    wanted = {*NAMES, *ids(load(ROOT / "scenarios" / f"{name}.yaml"))}
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(wanted)))})(?![\w-])", re.IGNORECASE)
    assert [(file, match[0]) for file, text in code.items() for match in pattern.finditer(text)] == []


def ids(scenario: Scenario) -> set[str]:
    """Every id of the scenario that is no common word of code, such as abc: those of several words."""
    every = {*scenario.sources, *scenario.places, *scenario.units, *scenario.orders, *scenario.claims}
    return {each for each in every if "-" in each}
