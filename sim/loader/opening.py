"""Opening: files named by users, which may be missing, enormous, endless or not files at all."""

import os
import stat
from typing import BinaryIO

from sim.loader.faults import NO_FILE, NOT_A_FILE, TOO_LARGE, UNREADABLE
from sim.loader.problem import Problems, Spot

MEBIBYTE = 2**20


def open_regular(
    path: str, mebibytes_max: int, problems: Problems, *, shown: str, spot: Spot | None
) -> BinaryIO | None:
    """The file at `path`, open for reading, or None with the problem noted: `shown` is its name, named at `spot`.

    Never waits: a pipe without a writer is refused like every other file that is not regular.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        problems.add(NO_FILE, spot, file=(shown,))
        return None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        problems.add(UNREADABLE, spot, file=(shown,), reason=reason)
        return None
    status = os.fstat(descriptor)  # before it is a file to Python, which refuses a folder
    if not stat.S_ISREG(status.st_mode):
        problems.add(NOT_A_FILE, spot, file=(shown,))
    elif status.st_size > mebibytes_max * MEBIBYTE:
        problems.add(TOO_LARGE, spot, file=(shown,), limit=mebibytes_max)
    else:
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    return None
