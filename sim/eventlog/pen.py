"""The pen: the end of a log's file, where one program at a time adds to it."""

import os
from contextlib import ExitStack

from sim.errors import UsageError
from sim.eventlog.folder import no_folder
from sim.eventlog.page import reason

_BATCH_BYTES = 1 << 18


class Pen:
    """Adds to the end of the file at `path`, in batches, and makes the file where there is none.

    `added` counts bytes. On leaving, everything is on the disk. Raises UsageError where another pen holds the file, and
    with the system's reason where it refuses.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.added = 0
        try:
            with ExitStack() as stack:
                self._file = stack.enter_context(open(path, "ab", buffering=_BATCH_BYTES))
                self._lock()
                self._open = stack.pop_all()
        except (OSError, ValueError) as error:  # ValueError: a path with a null character
            raise self._refused(error) from error

    def write(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as error:
            raise self._refused(error) from error
        self.added += len(data)

    def __enter__(self) -> "Pen":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            with self._open:
                self._file.flush()
                if self.added:
                    os.fsync(self._file.fileno())
        except OSError as refusal:
            if kind is None:
                raise self._refused(refusal) from refusal

    def _lock(self) -> None:
        try:
            import fcntl
        except ImportError:  # Windows: two programs that write to one log are not told of each other
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(
                f"another program is writing to the log {self.path}", "wait until it is done, or log elsewhere"
            ) from error

    def _refused(self, error: Exception) -> UsageError:
        return UsageError(f"the log {self.path} cannot be written: {reason(error)}", no_folder(self.path))
