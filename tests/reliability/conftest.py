"""The stores, each as a maker of empty sites."""

from itertools import count
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.reliability.site import JsonlSite, MortalSite, MortalSites, PostgresSite, SqliteSite

STORES = ["jsonl", "sqlite", "postgresql"]
"""Those that outlive the process that writes to them."""

JSONL, SQLITE = "run.jsonl", "run.sqlite"


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> str:
    """The name of a store."""
    return str(request.param)


@pytest.fixture
def sites(store: str, tmp_path: Path, request: pytest.FixtureRequest) -> MortalSites:
    """Makes sites of that store."""
    numbers = count()

    def make() -> MortalSite:
        match store:
            case "jsonl":
                return JsonlSite(tmp_path / f"{next(numbers)}.jsonl")
            case "sqlite":
                return SqliteSite(tmp_path / f"{next(numbers)}.sqlite")
            case _:
                server: Server = request.getfixturevalue("postgres_server")
                return PostgresSite.on(server)

    return make


@pytest.fixture(params=[JSONL, SQLITE])
def name(request: pytest.FixtureRequest) -> str:
    """The name of a log's file."""
    return str(request.param)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder to mount a disk on."""
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder
