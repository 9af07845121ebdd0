"""Scenario to YAML and back, and the same scenario out of tables."""

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Kind
from sim.loader import dump, load
from tests.strategies import lift_scenarios, scenarios

SECTIONS = ("sources", "places", "lift", "ports", "units", "orders", "claims")
Tree = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scenarios")


def loaded(folder: Path, text: str) -> Scenario:
    path = folder / "x.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    return load(path)


@given(st.one_of(scenarios(), lift_scenarios()))
def test_what_is_dumped_loads_equal(folder: Path, scenario: Scenario) -> None:
    """Writing loses nothing, and what is written is within the format."""
    assert loaded(folder, dump(scenario)) == scenario


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
@pytest.mark.parametrize("month", ["2021-12", "2022-02", "2022-03"])
def test_a_month_stays_a_month(folder: Path, month: str, zone: str) -> None:
    """What was published in a month is dumped as that, and not as its last day; a day at its end stays a day."""
    head = f"format: 1\ntitle: T\nstart: 2022-01-24\nend: 2022-02-28\ntimezone: {zone}\n"
    found = loaded(
        folder, head + f"sources: {{a: {{outlet: A, published: {month}}}, b: {{outlet: B, published: 2022-02-28}}}}"
    )
    assert [source.by_month for source in found.sources.values()] == [True, False]
    assert loaded(folder, dump(found)) == found


@given(st.one_of(scenarios(), lift_scenarios()), st.randoms(use_true_random=False))
def test_the_order_of_keys_means_nothing(folder: Path, scenario: Scenario, random: Any) -> None:
    """Sections and their entries may stand in any order."""
    tree = yaml.load(dump(scenario), yaml.BaseLoader)
    for name in SECTIONS:
        tree[name] = shuffled(tree.get(name, {}), random)
    assert loaded(folder, yaml.safe_dump(shuffled(tree, random), sort_keys=False)) == scenario


@given(st.one_of(scenarios(units_most=6, orders_most=12), lift_scenarios(orders_most=8)), st.booleans())
def test_tables_say_the_same(folder: Path, scenario: Scenario, bare: bool) -> None:
    """A section that a table can hold loads from one as it does from YAML."""
    tree = yaml.load(dump(scenario), yaml.BaseLoader)
    for name in SECTIONS:
        rows = [{"id": id, **flat(entry)} for id, entry in tree.get(name, {}).items()]
        if rows and all(isinstance(cell, str) for row in rows for cell in row.values()):
            rows = [{named(key, bare): cell for key, cell in row.items()} for row in rows]
            columns = dict.fromkeys(column for row in rows for column in row)
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                table = csv.DictWriter(file, list(columns), restval="")
                table.writeheader()
                table.writerows(rows)
            tree[name] = f"{name}.csv"
    assert loaded(folder, yaml.safe_dump(tree, sort_keys=False, allow_unicode=True)) == scenario


def shuffled(tree: Tree, random: Any) -> Tree:
    keys = list(tree)
    random.shuffle(keys)
    return {key: tree[key] for key in keys}


def named(column: str, bare: bool) -> str:
    """The column of a value that may be written bare, one way or the other."""
    name = column.removesuffix("_is")
    return name if bare or name not in {"transit", *Kind} else f"{name}_is"


def flat(entry: Tree, prefix: str = "") -> Tree:
    """An entry as a row; what no row can hold stays a list or a mapping."""
    row: Tree = {}
    for key, value in entry.items():
        if isinstance(value, dict) and value:
            row |= flat(value, f"{prefix}{key}_")
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            row[prefix + key] = ";".join(value)
        else:
            row[prefix + key] = value
    return row
