"""Whatever the bytes, loading gives a scenario or a LoadError, never another exception."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.scenario import Scenario
from sim.errors import LoadError
from sim.loader import dump, load
from tests.strategies import lift_scenarios, scenarios

SPLICES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(list("\n\t\r-?[]{}'\"#|>,;=~0\x85\u2028\ufeff")).map(str.encode),
    st.sampled_from([b": ", b"- ", b"&a ", b"*a ", b"!t ", b"---\n", b"...\n", b"%YAML 1.3\n", b"<<"]),
)
EDITS = st.lists(st.tuples(st.integers(0), st.integers(0, 12), SPLICES), min_size=1, max_size=6)

HEAD = b"format: 1\ntitle: T\nstart: 2022-01-24\nend: 2022-02-28\nsources: {s: {outlet: S}}\nplaces: {us: {}}\n"
UNITS = b'id,name,troops,place,sources\na,Alpha,about 100,us,s\nb,"Br\navo",more,us,\nc,C,200,us,s\n'
ORDERS = (
    b"id,at,action,units,to,depart_after,arrive_by,transit,cancels,because\n"
    b"o,2022-02-02,deploy,a;c,us,2022-02-02T08:00,2022-02-03,,,x\np,D+3,alert,c,,,,,,x\nq,D+4,cancel,,,,,,p,x\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def survives(path: Path) -> None:
    """Loading ends well, or with an error that can be shown."""
    try:
        load(path)
    except LoadError as error:
        assert error.findings
        assert str(error)


def edited(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, splice in edits:
        start = place % (len(data) + 1)
        data = data[:start] + splice + data[start + length :]
    return data


@given(st.binary(max_size=200))
def test_arbitrary_bytes(folder: Path, data: bytes) -> None:
    (folder / "x.yaml").write_bytes(data)
    survives(folder / "x.yaml")


@given(st.text(st.sampled_from("aé: -?[]{}&*!|>'\"%@#,\n\t\r\x85\u2028~<="), max_size=60))
def test_arbitrary_yaml(folder: Path, text: str) -> None:
    (folder / "x.yaml").write_bytes(text.encode())
    survives(folder / "x.yaml")


@given(st.one_of(scenarios(), lift_scenarios()), EDITS)
def test_a_scenario_with_mistakes(folder: Path, scenario: Scenario, edits: list[tuple[int, int, bytes]]) -> None:
    (folder / "x.yaml").write_bytes(edited(dump(scenario).encode(), edits))
    survives(folder / "x.yaml")


@given(EDITS, EDITS)
def test_tables_with_mistakes(
    folder: Path, units: list[tuple[int, int, bytes]], orders: list[tuple[int, int, bytes]]
) -> None:
    (folder / "x.yaml").write_bytes(HEAD + b"units: units.csv\norders: orders.csv\n")
    (folder / "units.csv").write_bytes(edited(UNITS, units))
    (folder / "orders.csv").write_bytes(edited(ORDERS, orders))
    survives(folder / "x.yaml")
