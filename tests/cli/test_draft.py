"""Drafts: a file is there whole or not at all, and with the rights that it has or that files have here."""

import os
import stat
from pathlib import Path

import pytest

from sim.cli.draft import Draft


def test_a_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    """Before that, nothing is, nor anything beside it."""
    path = tmp_path / "out"
    draft = Draft(str(path))
    assert os.listdir(tmp_path) == []
    before = os.umask(0o027)
    try:
        draft.write(b"whole")
    finally:
        os.umask(before)
    assert (os.listdir(tmp_path), path.read_bytes()) == (["out"], b"whole")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    """It keeps who may read it, and the links that lead to it."""
    path, link = tmp_path / "out", tmp_path / "link"
    path.write_bytes(b"before")
    path.chmod(0o604)
    link.symlink_to("out")
    Draft(str(link)).write(b"after")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode), link.is_symlink()) == (b"after", 0o604, True)
    assert sorted(os.listdir(tmp_path)) == ["link", "out"]


def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    """A pipe, for whoever reads from it: it is opened once, when there is something to write."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    draft = Draft(str(pipe))
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    draft.write(b"whole")
    assert os.read(reader, 100) == b"whole"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_pipe_without_a_name_is_written_to() -> None:
    """What a shell calls /dev/stdout before a bar, or /dev/fd/63: no other path leads there."""
    reader, writer = os.pipe()
    draft = Draft(f"/dev/fd/{writer}")
    draft.write(b"whole")
    os.close(writer)
    assert os.read(reader, 100) == b"whole"
    os.close(reader)


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    Draft(str(path)).write(b"whole")
    assert path.read_bytes() == b"whole"
    with pytest.raises(OSError, match="File name too long"):
        Draft(f"{path}x")


def test_what_may_not_be_written_is_known_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where its folder would let it be replaced."""
    path = tmp_path / "out"
    path.write_bytes(b"before")
    monkeypatch.setattr("os.access", lambda *_: False)  # as root, everything may be written
    with pytest.raises(PermissionError) as refused:
        Draft(str(path))
    assert (refused.value.filename, path.read_bytes()) == (str(path), b"before")
