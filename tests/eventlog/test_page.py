"""A log's file whose disk fails while it is read."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from sim.errors import LogError, UsageError
from sim.eventlog.jsonl import JsonlStore
from sim.eventlog.page import Page


class FailingFile:
    """Fails at whatever is asked of it."""

    def seek(self, _: int) -> NoReturn:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    read = readline = seek


READS: list[Callable[[Page], object]] = [
    lambda page: page.turn(0, 1),
    lambda page: page.read(1),
    lambda page: page.line(1),
]


@pytest.mark.parametrize("read", READS, ids=["turn", "read", "line"])
def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Page], object]) -> None:
    """One error, in the system's words."""
    path = tmp_path / "run.jsonl"
    path.write_bytes(b"{")
    with Page(str(path)) as page:
        monkeypatch.setattr(page, "_file", FailingFile())
        with pytest.raises(UsageError) as caught:
            read(page)
    assert str(caught.value) == f"the log {path} cannot be read: Input/output error"


def test_a_run_that_is_gone(tmp_path: Path) -> None:
    """A file may be replaced between one look at it and the next."""
    path = tmp_path / "run.jsonl"
    path.write_bytes(b"")
    with pytest.raises(LogError) as caught:
        list(JsonlStore(str(path)).read("0" * 16))
    assert str(caught.value) == f"{path}: the log holds no run '0000000000000000'"
