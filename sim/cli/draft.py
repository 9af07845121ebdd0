"""Drafts: files that are written whole, or not at all."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from secrets import token_hex


class Draft:
    """What is to become the file at `path`, or at the end of its links; until it is whole, what is there stays.

    That it can be written is known at once, before there is anything to write. Raises OSError where it cannot.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._target = path
        with self._named():
            mode = self._mode()
            if mode is None or stat.S_ISREG(mode):  # no path leads to a pipe that has no name but a descriptor's
                self._target = os.path.realpath(path)
            if mode is not None and stat.S_ISDIR(mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if mode is not None and not os.access(self._target, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            if mode is None or stat.S_ISREG(mode):
                os.close(self._begin(beside := self._beside()))
                os.unlink(beside)

    def write(self, data: bytes) -> None:
        """Make this the file. Raises OSError where that fails, which changes nothing."""
        mode = self._mode()
        if mode is not None and not stat.S_ISREG(mode):  # such as a pipe or a device, of which there is no other
            with open(self._target, "wb") as file:
                file.write(data)
            return
        beside = self._beside()
        try:
            with self._named(), open(self._begin(beside), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                if mode is not None:
                    os.chmod(beside, stat.S_IMODE(mode))
                os.replace(beside, self._target)
        finally:
            with suppress(OSError):
                os.unlink(beside)

    def _mode(self) -> int | None:
        """What stands there by now, and who may do what with it; None for nothing."""
        try:
            return os.stat(self._target).st_mode
        except FileNotFoundError:
            return None

    def _beside(self) -> str:
        """A path in the same folder. It does not have the file's name in it, which may be as long as names can be."""
        return os.path.join(os.path.dirname(self._target), f".{token_hex(8)}.draft")

    def _begin(self, beside: str) -> int:
        """Open a file that is not there yet, for whomever files are made for here."""
        return os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Let the system's errors name the file that was asked for."""
        try:
            yield
        except OSError as error:
            raise OSError(error.errno, error.strerror, self._path) from error
