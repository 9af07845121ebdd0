"""The database of a log, for who goes behind the log's back."""

import sqlite3
from contextlib import closing
from pathlib import Path


def change(path: Path, *statements: str) -> None:
    """Change the SQLite file at `path`; each statement is committed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
