"""Checkpoints: how far runs had come, in a small file that is kept elsewhere than the log.

The hash chain shows that no record was changed by itself. That the last records were cut off, or that all were written
anew, only somebody sees who knows from elsewhere how long the log was and with which hash it ended.
"""

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from attrs import frozen

from sim.errors import LogError, UsageError
from sim.eventlog.page import reason
from sim.eventlog.record import Record

LINE_BYTES_MAX = 1_000
"""Some times what a line has."""

MARKS_MAX = 1_000_000

_read = re.compile(
    rb'\s*\{\s*"run"\s*:\s*"([0-9a-f]{16})"\s*,\s*"count"\s*:\s*([1-9][0-9]{0,17})\s*,\s*"head"\s*:\s*"([0-9a-f]{64})"\s*\}\s*'
).fullmatch


@frozen
class Mark:
    """A run had `count` records, at least one, and the last of them the hash `head`, in hex."""

    run: str
    count: int
    head: str

    def compare(self, record: Record | None, place: str) -> Record:
        """The record that has the mark's position, if it is the one that was there.

        `record` is None where the run ends before it; `place` is where it stands or would stand. Raises LogError where
        it is another.
        """
        where = f"{place}: position {self.count - 1}"
        if record is None:
            raise LogError(
                f"{where}: the run ends before here, but the checkpoint knows {self.count:,} records of it",
                "its last records were cut off",
            )
        if record.position != self.count - 1:
            raise LogError(f"{where}: the record says that its position is {record.position}")
        if record.run != self.run:
            raise LogError(f"{where}: the record says that it is of the run '{record.run}', not '{self.run}'")
        if record.hash.hex() != self.head:
            raise LogError(
                f"{where}: the hash is {record.hash.hex()}, but the checkpoint has {self.head}",
                "this record, or one before it, was written anew since",
            )
        return record


@frozen
class Checkpoint:
    """What stands in the file at `path`: marks, at least one, each under its run."""

    path: str
    marks: Mapping[str, Mark]

    @classmethod
    def read(cls, path: str) -> "Checkpoint":
        """The checkpoint in a file. Raises UsageError, with the line, where that is none."""
        marks: dict[str, Mark] = {}
        for number, line in enumerate(_lines(path), 1):
            found = _read(line)
            if found is None:
                raise UsageError(f"{path}:{number}: this is not a line of a checkpoint", _REMEDY)
            mark = Mark(found[1].decode(), int(found[2]), found[3].decode())
            if mark.run in marks:
                raise UsageError(f"{path}:{number}: the checkpoint has the run {mark.run} twice", _REMEDY)
            if number > MARKS_MAX:
                raise UsageError(f"{path}:{number}: a checkpoint has no more than {MARKS_MAX:,} lines", _REMEDY)
            marks[mark.run] = mark
        if not marks:
            raise UsageError(f"{path}:1: the checkpoint is empty", _REMEDY)
        return cls(path, marks)

    @classmethod
    def write(cls, path: str, marks: Iterable[Mark]) -> "Checkpoint":
        """Write a checkpoint to a file that is not there yet: all of it, or nothing.

        Raises UsageError where the file is there, or the system refuses.
        """
        checkpoint = cls(path, {mark.run: mark for mark in marks})
        lines = (
            f'{{"run": "{mark.run}", "count": {mark.count}, "head": "{mark.head}"}}\n'
            for mark in checkpoint.marks.values()
        )
        draft = f"{path}.{os.getpid()}"
        try:
            with open(draft, "x", encoding="ascii", newline="\n") as file:
                file.writelines(lines)
                file.flush()
                os.fsync(file.fileno())
            _publish(draft, path)
        except (OSError, ValueError) as error:  # ValueError: a path with a null character
            raise UsageError(f"the checkpoint {path} cannot be written: {reason(error)}") from error
        finally:
            with suppress(OSError, ValueError):
                os.unlink(draft)
        return checkpoint


_REMEDY = "fetch it anew from where it is kept; to have another one written, name a file that is not there"


def _lines(path: str) -> Iterator[bytes]:
    """The lines of a file, each no longer than its limit. Raises UsageError where it cannot be read."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise UsageError(f"the checkpoint {path} cannot be read: it is no file of the ordinary kind")
        with open(path, "rb") as file:
            while line := file.readline(LINE_BYTES_MAX):
                yield line
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        raise UsageError(f"the checkpoint {path} cannot be read: {reason(error)}") from error


def _publish(draft: str, path: str) -> None:
    """Give a file the name it is to have, which nothing may have yet."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system that knows one name for each file, as on a memory stick
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        os.rename(draft, path)
