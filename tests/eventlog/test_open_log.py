"""Addresses of logs."""

from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.eventlog import open_log


@pytest.mark.parametrize(
    "url", ["run.sqlite3", "", "memory", "run.json", "s3://a/b.jsonl", "mysql://a/b.sqlite", "postgresql:"]
)
def test_an_address_that_no_store_has(url: str) -> None:
    """The error says which there are."""
    with pytest.raises(UsageError) as caught:
        open_log(url)
    assert str(caught.value) == (
        f"'{url}' is not the address of a log\n"
        "  a log is a file that ends in .sqlite or .jsonl, postgresql://…, or memory:"
    )


@pytest.mark.parametrize("url", ["mysql://me:hush@h/runs", "postgresql:/me:hush@h", "me:hush@h"])
def test_an_address_that_may_hold_a_password(url: str) -> None:
    """It is not repeated."""
    with pytest.raises(UsageError) as caught:
        open_log(url)
    assert caught.value.message == "this is not the address of a log"


@pytest.mark.parametrize("name", ["run.jsonl", "run.sqlite"])
def test_opening_touches_nothing(tmp_path: Path, name: str) -> None:
    """A file is made when something is recorded, and missed when something is read."""
    path = tmp_path / name
    log = open_log(str(path))
    assert not path.exists()
    with pytest.raises(UsageError) as caught:
        log.runs()
    assert str(caught.value) == f"the log {path} cannot be read: No such file or directory"
    assert log.url == str(path)
    assert not path.exists()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_server_is_not_asked_before_the_log_is(scheme: str) -> None:
    """Opening a log on a server that is not there is no error yet."""
    assert open_log(f"{scheme}://nowhere.invalid:1/runs").url == "postgresql://nowhere.invalid:1/runs"
