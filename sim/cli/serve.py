"""`serve`: the runs of a log over HTTP, for browsers and for programs."""

import os
from argparse import Namespace
from pathlib import Path

from sim.cli.status import ALL_WELL
from sim.cli.stream import say
from sim.errors import UsageError
from sim.runs import is_log

TOKEN_VARIABLE = "SIM_TOKEN"
"""The environment variable that holds what readers have to know; an option would show it to whoever lists programs."""


def serve(arguments: Namespace) -> int:
    """Serve a log until the program is interrupted."""
    if not is_log(arguments.log) or arguments.log == "memory:":
        raise UsageError(
            f"serve takes a log, and {arguments.log} is none",
            "Keep a run of it first: python -m sim run SCENARIO --log FILE.sqlite",
        )
    token = _token(arguments.token_file)
    try:
        from sim.web.server import serve as serve_log
    except ModuleNotFoundError as error:
        raise UsageError(
            f"serve needs the library '{error.name}', which is not here",
            "install it: pip install 'troop-ledger[web]'",
        ) from error
    serve_log(arguments.log, arguments.host, arguments.port, token, arguments.name, say)
    return ALL_WELL


def _token(path: str | None) -> str | None:
    """What readers have to know, from a file or from the environment; None where nothing is said."""
    if path is None:
        return os.environ.get(TOKEN_VARIABLE, "").strip() or None
    try:
        token = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise UsageError(f"the token cannot be read from {path}: {error}") from error
    if not token:
        raise UsageError(f"{path} holds no token")
    return token
