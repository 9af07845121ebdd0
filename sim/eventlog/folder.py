"""Folders: where a log is to be kept, and there is none yet."""

import os
from contextlib import suppress

OWN = ".sim"
"""The folder that is this program's alone. A version control system is told to leave it out."""


def find_folder(path: str) -> None:
    """Know that there is the folder that the file at `path` is to stand in. This program's own is made; any other is
    there, or the path is not what was meant. Raises OSError where it is not, or the system refuses.
    """
    folder = os.path.dirname(path)
    if os.path.basename(folder) == OWN and not os.path.isdir(folder):
        with suppress(FileExistsError):  # another program may have made it in between
            os.mkdir(folder)
            with open(os.path.join(folder, ".gitignore"), "w", encoding="utf-8") as file:
                file.write("*\n")
    if folder:
        os.stat(os.path.join(folder, ""))


def no_folder(path: str) -> str:
    """What to do where the folder that the file at `path` is to stand in is not there, or that in which this program's
    own would be made; nothing where it is.
    """
    folder = os.path.dirname(path)
    if os.path.basename(folder) == OWN:
        folder = os.path.dirname(folder)
    return "" if not folder or os.path.isdir(folder) else f"There is no folder {folder}: make it, or correct the path."
