"""The command line on a PostgreSQL log: what is asked of it, and what is never said."""

import json
from urllib.parse import quote

import pytest

from tests.cli.conftest import Sim
from tests.postgres import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]

SECRET = "s3cr3t"
FEB2022 = "scenarios/feb2022.yaml"


@pytest.fixture(params=["user", "parameter"])
def address(request: pytest.FixtureRequest, postgres_url: str) -> str:
    """The address of an empty database with a password that the server does not ask for."""
    before, after = postgres_url.split("@", 1)
    scheme, user = before.split("://")
    if request.param == "user":
        return f"{scheme}://{user.split(':')[0]}:{quote(SECRET)}@{after}"
    return f"{postgres_url}{'&' if '?' in postgres_url else '?'}password={SECRET}"


def test_no_password_is_shown_where_all_is_well(address: str, sim: Sim) -> None:
    """Not by any command, in any form, on either stream; and each answers as it does of a file."""
    told = [sim("run", FEB2022, "--log", address), sim("run", "scenarios/failed-total.yaml", "--log", address)]
    run = told[0].err.split("run ")[-1].split(",")[0]
    for words in (
        ("run", address),
        ("check", address),
        ("runs", address),
        ("verify", address, "--all", "--rerun"),
        ("snapshot", address, "--at", "end"),
        ("timeline", address),
        ("diff", address, "--from", "start", "--to", "end"),
        ("diff", address, address, "--at", "end"),
        (
            "diff",
            address,
            "--run",
            run,
            "--run",
            json.loads(sim("runs", address, "--format", "json").out)["runs"][1]["run"],
            "--at",
            "end",
        ),
        ("explain", address, "--at", "end"),
        ("explain", address, "--run", run, "--claim", "41-unnamed-total"),
    ):
        told += [
            sim(*words),
            *(sim(*words, "--format", form) for form in ("json", "csv", "markdown") if words[0] != "check"),
        ]
    assert [done for done in told if SECRET in done.out + done.err] == []
    assert {done.status for done in told} == {0, 1, 2}  # 2: verify has two forms
