"""Addresses of logs."""

from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.eventlog import open_log


@pytest.mark.parametrize(
    "url", ["run.sqlite", "postgresql://localhost/sim", "", "memory", "run.json", "s3://a/b.jsonl"]
)
def test_an_address_that_this_version_cannot_open(url: str) -> None:
    """The error says which it can."""
    with pytest.raises(UsageError) as caught:
        open_log(url)
    assert str(caught.value) == (
        f"'{url}' is not the address of a log\n  a log is a file that ends in .jsonl, or memory:"
    )


def test_opening_touches_nothing(tmp_path: Path) -> None:
    """A file is made when something is recorded, and missed when something is read."""
    path = tmp_path / "run.jsonl"
    log = open_log(str(path))
    assert not path.exists()
    with pytest.raises(UsageError) as caught:
        log.runs()
    assert str(caught.value) == f"the log {path} cannot be read: No such file or directory"
    assert log.url == str(path)
