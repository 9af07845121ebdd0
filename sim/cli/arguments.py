"""The arguments of every command, and their help."""

import argparse
from typing import NoReturn

from sim import __version__
from sim.errors import UsageError

FORMATS = ("table", "json", "csv", "markdown")
TABLES = ("posture", "timeline", "claims", "invariants")

_LOG_HELP = "a log (FILE.sqlite, FILE.jsonl, postgresql://…)"
_TIME_HELP = "a date (its last minute), a time, D+3, start or end; may be given several times"


class _Parser(argparse.ArgumentParser):
    """A parser that raises UsageError, with the command that shows what it takes."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, f"What it takes: {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; the parsed arguments have the name of the command as `command`."""
    top = _Parser(
        prog="python -m sim",
        description="Plays out reported troop movements and keeps a double-entry ledger of strength.",
        epilog="example: python -m sim run scenarios/feb2022.yaml",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"sim {__version__}")
    chosen = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    _add_run(chosen)
    _add_check(chosen)
    _add_snapshot(chosen)
    _add_runs(chosen)
    return top


def _add_run(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    run = chosen.add_parser(
        "run",
        help="play a scenario out; print who is where and whether the reports add up",
        description="Play a scenario out, or read a log back; print who is where and whether the reports add up.",
        epilog="example: python -m sim run scenarios/feb2022.yaml --at end --log feb2022.jsonl\n"
        "exit status: 0 all well; 1 an invariant is broken, as by a contradicted claim;\n"
        "             2 wrong usage, or no scenario that loads; 3 a log that does not verify",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    run.add_argument("scenario", metavar="SCENARIO", help=f"a scenario (YAML), or {_LOG_HELP}")
    run.add_argument("--at", metavar="TIME", action="append", default=[], help=f"columns: {_TIME_HELP}")
    _add_output(run)
    kept = run.add_mutually_exclusive_group()
    kept.add_argument(
        "--log",
        metavar="URL",
        dest="log_url",
        help="keep the run's log here: FILE.sqlite, FILE.jsonl, postgresql://… (default: what SIM_LOG says, "
        "else .sim/runs.sqlite)",
    )
    kept.add_argument("--no-log", action="store_true", help="keep no log (nor with SIM_LOG=none)")
    _add_which(run)
    run.add_argument("--table", choices=TABLES, help="print this table alone; for csv the default is posture")
    run.set_defaults(command="run")


def _add_check(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    check = chosen.add_parser(
        "check",
        help="validate scenarios without running them",
        description="Validate scenarios without running them, and verify logs; report every error with its place.",
        epilog="example: python -m sim check scenarios/*.yaml\n"
        "exit status: 0 all well; 2 a scenario that does not load; 3 a log that does not verify",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    check.add_argument("files", metavar="SCENARIO", nargs="+", help=f"a scenario (YAML), or {_LOG_HELP}")
    check.set_defaults(command="check")


def _add_snapshot(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    snapshot = chosen.add_parser(
        "snapshot",
        help="who was where at a moment, from a log (or a scenario)",
        description="Print who was where, and how ready, at a moment: from a log alone, or from a scenario.",
        epilog="example: python -m sim snapshot feb2022.jsonl --at 2022-02-06 --by unit\n"
        "exit status: 0 all well; 2 wrong usage, or no scenario that loads; 3 a log that does not verify",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    snapshot.add_argument("log", metavar="LOG", help=f"{_LOG_HELP}, or a scenario (YAML)")
    snapshot.add_argument("--at", metavar="TIME", action="append", required=True, help=_TIME_HELP)
    _add_which(snapshot)
    _add_output(snapshot)
    snapshot.set_defaults(command="snapshot")


def _add_runs(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    runs = chosen.add_parser(
        "runs",
        help="list the runs in a log",
        description="List the runs that a log holds, in the order in which they were begun.",
        epilog="example: python -m sim runs\nexit status: 0 all well; 2 wrong usage; 3 a file that is no log",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    runs.add_argument(
        "log", metavar="LOG", nargs="?", help=f"{_LOG_HELP}; default: what SIM_LOG says, else .sim/runs.sqlite"
    )
    runs.add_argument("--format", choices=FORMATS, default="table", help="default table")
    runs.set_defaults(command="runs")


def _add_which(command: argparse.ArgumentParser) -> None:
    command.add_argument("--run", metavar="ID", help="which run of a log: its id, or how it begins (default: the last)")


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--by",
        metavar="FIELDS",
        help="group the posture by any of place,country,unit,side,readiness,origin (default place,readiness)",
    )
    command.add_argument("--format", choices=FORMATS, default="table", help="default table; json holds everything")
