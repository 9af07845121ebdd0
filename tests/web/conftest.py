"""Explorers over logs that hold the same runs, in every store."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sim.loader import load
from sim.runs import play_and_keep
from sim.web.app import Explorer
from sim.web.guard import Keys
from sim.web.library import Library
from sim.web.name import name_of
from sim.web.watch import Watch, look
from tests.cli.conftest import ROOT, sim
from tests.postgres import Server

SCENARIOS = ("feb2022", "eastern-flank-2022", "port-au-prince-2010")
"""The last run of each log goes by lift."""

__all__ = ["sim"]  # the command line, which answers the same

STORES = ("sqlite", "jsonl", "postgres")


def keep_all(address: str) -> str:
    """Keep a run of every scenario in the log at an address."""
    for name in SCENARIOS:
        play_and_keep(load(ROOT / "scenarios" / f"{name}.yaml"), url=address)
    return address


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the logs as files."""
    folder = tmp_path_factory.mktemp("kept")
    for store in ("sqlite", "jsonl"):
        keep_all(str(folder / f"runs.{store}"))
    return folder


@pytest.fixture(scope="session", params=STORES)
def address(request: pytest.FixtureRequest, kept: Path) -> str:
    """The address of a log with the runs, in each store."""
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres_server")
        return keep_all(server.fresh_url())
    return str(kept / f"runs.{request.param}")


@pytest.fixture
def path(kept: Path, tmp_path: Path) -> str:
    """The path of an SQLite log with the runs, of the test's own."""
    shutil.copy(kept / "runs.sqlite", tmp_path)
    return str(tmp_path / "runs.sqlite")


def opened(address: str, token: str | None = None, names: tuple[str, ...] = (), *, raising: bool = True) -> TestClient:
    """A program that asks an explorer over the log at an address; it begins when it is entered.

    A bug of ours is raised here, unless that is turned off.
    """
    library = Library(Watch(address, look(address)))
    app = Explorer(library, Keys(token)).app([*map(name_of, names)])
    return TestClient(app, "http://localhost", raise_server_exceptions=raising, follow_redirects=False)


@pytest.fixture(scope="session")
def anywhere(address: str) -> Iterator[TestClient]:
    """An explorer over the log in each store."""
    with opened(address) as client:
        yield client


@pytest.fixture(scope="session")
def explorer(kept: Path) -> Iterator[TestClient]:
    """An explorer over the log in SQLite."""
    with opened(str(kept / "runs.sqlite")) as client:
        yield client
