"""Checkpoints: the small files that know how far runs had come."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UsageError
from sim.eventlog.checkpoint import LINE_BYTES_MAX, Checkpoint, Mark

ONE = Mark("0123456789abcdef", 112, "ab" * 32)
OTHER = Mark("fedcba9876543210", 1, "01" * 32)
LINE = f'{{"run": "0123456789abcdef", "count": 112, "head": "{"ab" * 32}"}}'


def refusal(path: Path) -> str:
    """What is said of a file that is no checkpoint."""
    with pytest.raises(UsageError) as caught:
        Checkpoint.read(str(path))
    return caught.value.message.replace(str(path), "kept")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A line for each run, in the order given; nothing else is left in the folder."""
    path = tmp_path / "kept"
    written = Checkpoint.write(str(path), [ONE, OTHER])
    assert path.read_text(encoding="ascii") == (
        f'{LINE}\n{{"run": "fedcba9876543210", "count": 1, "head": "{"01" * 32}"}}\n'
    )
    assert Checkpoint.read(str(path)) == written == Checkpoint(str(path), {ONE.run: ONE, OTHER.run: OTHER})
    assert os.listdir(tmp_path) == ["kept"]


@pytest.mark.parametrize(
    "text", [LINE, f"{LINE}\r\n", f"  {LINE} \n", LINE.replace(" ", ""), LINE.replace(":", "\t:\t") + "\n"]
)
def test_blanks_and_line_ends_are_free(text: str, tmp_path: Path) -> None:
    """Whatever a mail program or an editor did to them."""
    path = tmp_path / "kept"
    path.write_bytes(text.encode())
    assert Checkpoint.read(str(path)).marks == {ONE.run: ONE}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{}",
        "null",
        LINE + LINE,
        LINE[:-1],
        LINE[1:],
        LINE.replace("112", "0"),
        LINE.replace("112", "-1"),
        LINE.replace("112", "1.0"),
        LINE.replace("112", "1e3"),
        LINE.replace("112", "9" * 19),
        LINE.replace("112", "\u0661\u0662"),
        LINE.replace("112", '"112"'),
        LINE.replace("ab", "AB", 1),
        LINE.replace("abab", "ab", 1),
        LINE.replace("abcdef", "abcdeg", 1),
        LINE.replace("count", "Count"),
        LINE.replace("}", ', "more": 1}'),
        LINE.replace("112", "112" + " " * LINE_BYTES_MAX),
        "[" * 100_000,
        "\0" * 100_000,
    ],
)
def test_a_line_that_is_none(line: str, tmp_path: Path) -> None:
    """It is named by its number, and nothing of the file counts."""
    path = tmp_path / "kept"
    path.write_text(f"{LINE.replace('0123', '3210')}\n{line}\n", encoding="utf-8")
    assert refusal(path) == "kept:2: this is not a line of a checkpoint"


@given(data=st.one_of(st.binary(max_size=300), st.builds(bytes.__add__, st.just(LINE.encode()), st.binary(max_size=3))))
def test_any_bytes(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """They are a checkpoint, or one error that says in which line."""
    path = tmp_path_factory.mktemp("any") / "kept"
    path.write_bytes(data)
    try:
        assert Checkpoint.read(str(path)).marks == {ONE.run: ONE}
    except UsageError as error:
        assert error.message.startswith((f"{path}:1: ", f"{path}:2: "))
        assert error.remedy


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """No file, no name for one, and what would keep the reader waiting."""
    assert refusal(tmp_path / "kept") == "the checkpoint kept cannot be read: No such file or directory"
    with pytest.raises(UsageError, match=r"^the checkpoint a\x00b cannot be read: .*embedded null"):
        Checkpoint.read("a\0b")
    os.mkfifo(tmp_path / "kept")
    assert refusal(tmp_path / "kept") == "the checkpoint kept cannot be read: it is no file of the ordinary kind"


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """Not even the same."""
    path = tmp_path / "kept"
    path.write_text(f"{LINE}\n", encoding="ascii")
    with pytest.raises(UsageError, match=r"kept cannot be written: File exists$"):
        Checkpoint.write(str(path), [ONE])
    assert os.listdir(tmp_path) == ["kept"]


def test_where_a_file_has_one_name_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a memory stick: it comes to stand there whole, all the same."""

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "kept"
    Checkpoint.write(str(path), [ONE])
    assert path.read_text(encoding="ascii") == f"{LINE}\n"
    assert os.listdir(tmp_path) == ["kept"]


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a part of the checkpoint nor a draft of it."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match=r"kept cannot be written: No space left on device$"):
        Checkpoint.write(str(tmp_path / "kept"), [ONE])
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "why"), [("nowhere/kept", "No such file or directory"), ("a\0b", "embedded null byte")]
)
def test_what_cannot_be_written(name: str, why: str, tmp_path: Path) -> None:
    """No folder is made, and no name is guessed."""
    with pytest.raises(UsageError) as caught:
        Checkpoint.write(f"{tmp_path}/{name}", [ONE])
    assert caught.value.message.endswith(f"cannot be written: {why}")
    assert os.listdir(tmp_path) == []
