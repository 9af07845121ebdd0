"""Pages: a log's file, open for reading. What the system refuses becomes a UsageError with its reason."""

import os
from contextlib import ExitStack

from sim.errors import UsageError


class Page:
    """The file at `path`, as long as it is now: `size` bytes. What is added later is not seen.

    `left` counts the bytes still to be read.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            with ExitStack() as stack:
                self._file = stack.enter_context(open(path, "rb"))
                self.size = os.fstat(self._file.fileno()).st_size
                self._open = stack.pop_all()
        except (OSError, ValueError) as error:  # ValueError: a path with a null character
            raise self._refused(error) from error
        self.left = self.size

    def __enter__(self) -> "Page":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def turn(self, start: int, end: int) -> None:
        """Read on from the byte `start`, and no further than `end`."""
        self.left = end - start
        try:
            self._file.seek(start)
        except OSError as error:
            raise self._refused(error) from error

    def read(self, length: int) -> bytes:
        """The next `length` bytes, fewer at the end."""
        try:
            return self._took(self._file.read(min(length, self.left)))
        except OSError as error:
            raise self._refused(error) from error

    def line(self, length: int) -> bytes:
        """The next line with its line end, or its first `length` bytes; without one where the file ends before it."""
        try:
            return self._took(self._file.readline(min(length, self.left)))
        except OSError as error:
            raise self._refused(error) from error

    def _took(self, data: bytes) -> bytes:
        self.left -= len(data)
        return data

    def _refused(self, error: Exception) -> UsageError:
        return UsageError(f"the log {self.path} cannot be read: {reason(error)}")


def reason(error: Exception) -> str:
    """Why the system refused, in its words."""
    return (isinstance(error, OSError) and error.strerror) or str(error)
