"""Folders: made where a log is to be kept and there is none."""

import os

OWN = ".sim"
"""The folder that is this program's alone. A version control system is told to leave it out."""


def make_folder(path: str) -> None:
    """Make the folder that the file at `path` is to stand in. Raises OSError where the system refuses."""
    folder = os.path.dirname(path)
    if not folder or os.path.isdir(folder):
        return
    os.makedirs(folder, exist_ok=True)
    if os.path.basename(folder) == OWN:
        with open(os.path.join(folder, ".gitignore"), "w", encoding="utf-8") as file:
            file.write("*\n")
