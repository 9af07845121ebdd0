"""The arguments of every command, and their help."""

import argparse
import re
from collections.abc import Iterator, Sequence
from typing import NoReturn

from sim.cli.terminal import COLORS
from sim.errors import UsageError
from sim.version import __version__

FORMATS = ("table", "json", "csv", "markdown")
TABLES = ("posture", "timeline", "claims", "invariants")
DIFFERENCES = ("changes", "definitions")
RECONCILED = ("contradictions", "agreements", "bounds")
ENSEMBLED = ("closure", "by", "claims", "waits", "posture", "shifts", "agreed")

_is_whole = re.compile(r"-?[0-9]{1,100}").fullmatch
_is_negative = re.compile(r"-[0-9].*", re.DOTALL).fullmatch
_is_option = re.compile(r"--[a-z-]+").fullmatch

_LOG_HELP = "a log (FILE.sqlite, FILE.jsonl, postgresql://…)"
_TIME_HELP = "a date (its last minute), a time, D+3, start or end; may be given several times"


class _Parser(argparse.ArgumentParser):
    """A parser that raises UsageError, with the command that shows what it takes."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, f"What it takes: {self.prog} --help")


def parsed(words: Sequence[str]) -> argparse.Namespace:
    """The arguments that words are, `command` among them. Raises UsageError for words that it does not take."""
    top = parser()
    arguments, unknown = top.parse_known_args(_joined(words))
    if unknown:  # a word that is no option may be an address, and hold a password: it is not repeated
        options = [word.partition("=")[0] for word in unknown if word.startswith("-")]
        told = f"unrecognized arguments: {' '.join(options)}" if options else "there are more words than it takes"
        raise UsageError(told, f"What it takes: {top.prog} {arguments.command} --help")
    return arguments


def whole(text: str) -> int | str:
    """The whole number that a text is in plain digits; any other as it is, for whoever knows the limits to refuse."""
    return int(text) if _is_whole(text) else text


def _joined(words: Sequence[str]) -> Iterator[str]:
    """The words, one that begins like a negative figure joined to the option before it: it is no option itself."""
    option = ""
    for word in words:
        if option and _is_negative(word):
            yield f"{option}={word}"
            option = ""
            continue
        if option:
            yield option
        option = word if _is_option(word) else ""
        if not option:
            yield word
    if option:
        yield option


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
    _add_lint(chosen)
    _add_snapshot(chosen)
    _add_timeline(chosen)
    _add_diff(chosen)
    _add_explain(chosen)
    _add_claims(chosen)
    _add_history(chosen)
    _add_reconcile(chosen)
    _add_ensemble(chosen)
    _add_plot(chosen)
    _add_report(chosen)
    _add_serve(chosen)
    _add_runs(chosen)
    _add_verify(chosen)
    return top


def _command(
    chosen: "argparse._SubParsersAction[_Parser]",
    name: str,
    *,
    help: str,
    description: str,
    example: str,
    exits: str = "0 all well; 2 wrong usage, or no scenario that loads; 3 a log that does not verify",
) -> _Parser:
    """A command that takes no arguments yet. `exits` says what each exit status means; its lines are aligned here."""
    heading = "exit status: "
    aligned = exits.replace("\n", "\n" + " " * len(heading))
    command = chosen.add_parser(
        name,
        help=help,
        description=description,
        epilog=f"example: {example}\n{heading}{aligned}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.set_defaults(command=name)
    return command


def _add_run(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    run = _command(
        chosen,
        "run",
        help="play a scenario out; print who is where and whether the reports add up",
        description="Play a scenario out, or read a log back; print who is where and whether the reports add up.",
        example="python -m sim run scenarios/feb2022.yaml --at end --log feb2022.jsonl",
        exits="0 all well; 1 an invariant is broken, as by a contradicted claim;\n"
        "2 wrong usage, or no scenario that loads; 3 a log that does not verify",
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
    _add_known(run)
    run.add_argument("--table", choices=TABLES, help="print this table alone; for csv the default is posture")
    _add_color(run)


def _add_check(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    check = _command(
        chosen,
        "check",
        help="validate scenarios without running them",
        description="Validate scenarios without running them, and verify logs; report every error with its place.",
        example="python -m sim check scenarios/*.yaml",
        exits="0 all well; 2 a scenario that does not load; 3 a log that does not verify",
    )
    check.add_argument("files", metavar="SCENARIO", nargs="+", help=f"a scenario (YAML), or {_LOG_HELP}")


def _add_lint(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    lint = _command(
        chosen,
        "lint",
        help="what an author may want to put right in scenarios that load",
        description="Look at scenarios that load for what their authors may want to put right: sources nobody uses,\n"
        "claims that cannot fail, orders that no claim tests. docs/reference/lint.md has every check.",
        example="python -m sim lint scenarios/*.yaml",
        exits="0 all well, nothing to remark; 1 there are remarks;\n2 wrong usage, or a scenario that does not load",
    )
    lint.add_argument("files", metavar="SCENARIO", nargs="+", help="a scenario (YAML)")
    for option, dest, help_ in (
        ("check", "check", "ask only this check"),
        ("except", "excepted", "do not ask this check"),
    ):
        lint.add_argument(
            f"--{option}",
            metavar="NAME",
            dest=dest,
            action="append",
            default=[],
            help=f"{help_}; several with commas between them",
        )
    lint.add_argument("--format", choices=FORMATS, default="table", help="default table")


def _add_snapshot(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    snapshot = _command(
        chosen,
        "snapshot",
        help="who was where at a moment, from a log (or a scenario)",
        description="Print who was where, and how ready, at a moment: from a log alone, or from a scenario.",
        example="python -m sim snapshot feb2022.jsonl --at 2022-02-06 --by unit",
    )
    snapshot.add_argument("log", metavar="LOG", help=f"{_LOG_HELP}, or a scenario (YAML)")
    snapshot.add_argument("--at", metavar="TIME", action="append", required=True, help=_TIME_HELP)
    _add_which(snapshot)
    _add_known(snapshot)
    _add_output(snapshot)
    _add_color(snapshot)


def _add_timeline(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    timeline = _command(
        chosen,
        "timeline",
        help="what happened, to whom, where and when",
        description="Print all that happened in a run, or what of it has to do with certain units, places or orders.",
        example="python -m sim timeline scenarios/feb2022.yaml --place pl --since 2022-02-03",
    )
    timeline.add_argument("log", metavar="LOG", help=f"{_LOG_HELP}, or a scenario (YAML)")
    for option, help_ in (
        ("unit", "of this unit and its parts"),
        ("place", "at, to or from this place and all within it"),
        ("order", "under this order, and what cancels it"),
    ):
        timeline.add_argument(
            f"--{option}", metavar="ID", action="append", default=[], help=f"{help_}; several with commas between them"
        )
    timeline.add_argument("--since", metavar="TIME", help="from this time on: a date (its first minute), a time, D+3")
    timeline.add_argument("--until", metavar="TIME", help="up to this time: a date (its last minute), a time, D+3")
    _add_which(timeline)
    _add_known(timeline)
    timeline.add_argument("--format", choices=FORMATS, default="table", help="default table")
    _add_color(timeline)


def _add_diff(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    diff = _command(
        chosen,
        "diff",
        help="what changed between two times, or differs between two runs",
        description="Print what changed between two times of a run and which orders did it; or what differs between\n"
        "two runs at a time, and between their scenarios.",
        example="python -m sim diff scenarios/feb2022.yaml --from 2022-02-01 --to 2022-02-06\n"
        "     or: python -m sim diff before.jsonl after.jsonl --at end",
        exits="0 all well, also where things differ; 2 wrong usage, or no scenario that loads;\n"
        "3 a log that does not verify",
    )
    diff.add_argument("logs", metavar="LOG", nargs="+", help=f"one or two: {_LOG_HELP}, or a scenario (YAML)")
    diff.add_argument("--from", metavar="TIME", dest="first", help="the time before; a date is its last minute")
    diff.add_argument("--to", metavar="TIME", dest="last", help="the time after; a date is its last minute")
    diff.add_argument("--at", metavar="TIME", help="the time at which two runs are compared; a date is its last minute")
    diff.add_argument(
        "--run",
        metavar="ID",
        action="append",
        default=[],
        help="which run of a log (default: the last); twice to compare two, of one log or of the first and the second",
    )
    diff.add_argument("--table", choices=DIFFERENCES, help="print this table alone; for csv the default is changes")
    _add_output(diff)


def _add_explain(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    explain = _command(
        chosen,
        "explain",
        help="what a figure is made of, and which reports it rests on",
        description="Print what a figure is made of: accounts, entries, orders, and the sources behind them with what\n"
        "each says. The options combine with 'and'; each takes a value, or several with commas between them.",
        example="python -m sim explain scenarios/feb2022.yaml --at end --place pl\n"
        "         python -m sim explain scenarios/failed-total.yaml --claim ID",
    )
    explain.add_argument("log", metavar="LOG", help=f"{_LOG_HELP}, or a scenario (YAML)")
    explain.add_argument("--at", metavar="TIME", help="a date (its last minute), a time, D+3, start or end")
    _add_selecting(explain)
    explain.add_argument(
        "--exactly",
        action="store_true",
        help="places, origins and units as themselves, as in the posture: without what lies within or is part of them",
    )
    explain.add_argument("--claim", metavar="ID", help="the ledger's figure in the verdict on this claim, instead")
    _add_which(explain)
    _add_known(explain)
    explain.add_argument("--format", choices=FORMATS, default="table", help="default table; json and csv hold all")
    _add_color(explain)


def _add_history(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    history = _command(
        chosen,
        "history",
        help="how the answer to one question changed as reports came in",
        description="Print what was known when: how a claim's verdict, or a figure, changed as reports came in, and\n"
        "which changed it. The options combine with 'and'; each takes a value, or several with commas.",
        example="python -m sim history scenarios/eastern-flank-2022.yaml --place pl --at 2022-02-06\n"
        "         python -m sim history scenarios/feb2022.yaml --claim ID",
    )
    history.add_argument("log", metavar="LOG", help=f"{_LOG_HELP}, or a scenario (YAML)")
    history.add_argument("--claim", metavar="ID", help="what this claim came to")
    history.add_argument("--at", metavar="TIME", help="a date (its last minute), a time, D+3, start or end")
    _add_selecting(history)
    _add_which(history)
    history.add_argument("--format", choices=FORMATS, default="table", help="default table; json and csv hold all")


def _add_reconcile(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    reconcile = _command(
        chosen,
        "reconcile",
        help="whether what the reports say can all be true together, and what they allow",
        description="Print what cannot all be true together, whose claims it is, and whether rounding explains it;\n"
        "which sources agree; and the least and the most that the reports, taken together, allow.\n"
        "The options that say which strength combine with 'and', and each --place is a question of its own;\n"
        "without any, every line of the posture is meant.",
        example="python -m sim reconcile scenarios/feb2022.yaml\n"
        "         python -m sim reconcile scenarios/eastern-flank-2022.yaml --place pl --at 2022-02-17",
        exits="0 all well, or only rounding differences; 1 what is not disputed cannot all be true;\n"
        "2 wrong usage, or no scenario that loads; 3 a log that does not verify",
    )
    reconcile.add_argument("log", metavar="LOG", help=f"{_LOG_HELP}, or a scenario (YAML)")
    reconcile.add_argument("--at", metavar="TIME", action="append", default=[], help=f"default the end; {_TIME_HELP}")
    _add_selecting(reconcile)
    reconcile.add_argument(
        "--limit",
        metavar="N",
        type=whole,
        default=100,
        help="how many contradictions, and sets of sources, to look for (default 100)",
    )
    reconcile.add_argument(
        "--table", choices=RECONCILED, help="which table for csv: contradictions (the default), agreements or bounds"
    )
    _add_which(reconcile)
    _add_known(reconcile)
    reconcile.add_argument("--format", choices=FORMATS, default="table", help="default table; json holds all")


def _add_ensemble(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    ensemble = _command(
        chosen,
        "ensemble",
        help="play a scenario out many times: when orders close, and in how many runs claims hold",
        description="Play a scenario out many times, each with other draws of what is not known exactly, and by lift\n"
        "wherever an order names any. Print when each order closes, in how many runs each dated claim\n"
        "holds, what loads waited for, and who was where. The same seed gives the same answer, whatever\n"
        "the workers.",
        example="python -m sim ensemble scenarios/eastern-flank-2022.yaml --runs 200",
        exits="0 all well; 2 wrong usage, or no scenario that loads; 3 a log that does not verify;\n"
        "130 interrupted: the answer is that of the runs that were done",
    )
    ensemble.add_argument("scenario", metavar="SCENARIO", help=f"a scenario (YAML), or {_LOG_HELP}")
    ensemble.add_argument("--runs", metavar="N", type=whole, default=1000, help="how many (default 1000)")
    ensemble.add_argument("--seed", metavar="S", type=whole, default=0, help="of the draws, a whole number (default 0)")
    players = ensemble.add_mutually_exclusive_group()
    players.add_argument("--workers", metavar="W", type=whole, help="processes (default: as many as are worth it)")
    players.add_argument(
        "--dask", metavar="ADDRESS", help="the scheduler of a Dask cluster that plays them, such as tcp://10.0.0.5:8786"
    )
    ensemble.add_argument(
        "--against", metavar="OTHER", help="another scenario, compared run by run, each with the same draws"
    )
    ensemble.add_argument(
        "--until-width",
        metavar="DURATION",
        help="stop before all runs are played once every median closure is known to this, such as 2h",
    )
    kept = ensemble.add_mutually_exclusive_group()
    kept.add_argument(
        "--log",
        metavar="URL",
        dest="log_url",
        help="keep what is counted here, and answer from there: FILE.sqlite, FILE.jsonl, postgresql://… (default: what "
        "SIM_LOG says, else .sim/runs.sqlite)",
    )
    kept.add_argument("--no-log", action="store_true", help="keep nothing (nor with SIM_LOG=none)")
    ensemble.add_argument("--resume", action="store_true", help="go on with what the log keeps, or say that it is none")
    ensemble.add_argument("--at", metavar="TIME", action="append", default=[], help=f"columns: {_TIME_HELP}")
    ensemble.add_argument("--table", choices=ENSEMBLED, help="which table for csv and parquet (default closure)")
    ensemble.add_argument(
        "--format", choices=(*FORMATS, "parquet"), default="table", help="default table; json holds all"
    )
    ensemble.add_argument("-o", "--output", metavar="FILE", help="the file that --format parquet writes")


def _add_plot(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    plot = _command(
        chosen,
        "plot",
        help="draw a picture for a document: the posture over time, or how orders closed",
        description="Draw the posture over time, or how orders closed, as a picture that can stand alone in a\n"
        "document; print what it shows in words, for its alternative text. The options that say which\n"
        "strength combine with 'and'; each takes a value, or several with commas between them.",
        example="python -m sim plot scenarios/feb2022.yaml --side US --out posture.svg\n"
        "         python -m sim plot scenarios/eastern-flank-2022.yaml --closure --out closure.png",
    )
    plot.add_argument("log", metavar="LOG", help=f"{_LOG_HELP}, or a scenario (YAML)")
    plot.add_argument("-o", "--out", metavar="FILE", required=True, help="the picture: FILE.png, FILE.svg or FILE.pdf")
    plot.add_argument(
        "--by",
        metavar="FIELDS",
        help="the layers of the posture: any of place,country,unit,side,readiness,origin (default place)",
    )
    _add_selecting(plot)
    plot.add_argument(
        "--closure", action="store_true", help="how orders closed, all that move anything or those named with --order"
    )
    plot.add_argument(
        "--runs", metavar="N", type=int, help="with --closure: also when they close in so many runs of an ensemble"
    )
    _add_which(plot)
    _add_known(plot)


def _add_report(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    report = _command(
        chosen,
        "report",
        help="write a page for a browser: a map that moves, and every figure with its sources",
        description="Write a run as one file for a browser that needs no network: what was announced and whether it\n"
        "adds up, a map that moves, who was where, what sources say, and what every figure rests on;\n"
        "all of it also as it was known on each day on which something was published. The same run\n"
        "gives the same bytes.",
        example="python -m sim report scenarios/eastern-flank-2022.yaml -o eastern-flank.html",
    )
    report.add_argument("log", metavar="SCENARIO", help=f"a scenario (YAML), or {_LOG_HELP}")
    report.add_argument(
        "-o", "--out", metavar="FILE", default="report.html", help="the page; overwritten (default report.html)"
    )
    report.add_argument(
        "--runs",
        metavar="N",
        type=int,
        help="also what so many runs come to, each with other draws of what is not known exactly: see ensemble",
    )
    _add_which(report)


def _add_serve(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    serve = _command(
        chosen,
        "serve",
        help="let others look into a log with a browser: every run, place and time, each view with its address",
        description="Serve the runs of a log to browsers and programs until Ctrl-C: who was where, what happened,\n"
        "what sources say, and what every figure rests on, each view with an address to share and JSON\n"
        "beside it. Nothing is ever written. New events of a run that is being written appear.",
        example="python -m sim serve .sim/runs.sqlite",
        exits="0 all well, ended by Ctrl-C; 2 wrong usage; 3 a file that is no log",
    )
    serve.add_argument("log", metavar="LOG", help=_LOG_HELP)
    serve.add_argument("--host", default="127.0.0.1", help="where to listen (default 127.0.0.1: this machine alone)")
    serve.add_argument("--port", type=int, default=8765, help="at which port (default 8765; 0: any that is free)")
    serve.add_argument(
        "--name",
        action="append",
        default=[],
        help="a name under which it is asked for, such as that of a proxy before it; may be given several times",
    )
    serve.add_argument(
        "--token-file",
        metavar="FILE",
        help="what readers have to know stands in this file (default: in SIM_TOKEN); needed where --host is not this "
        "machine alone",
    )


def _add_selecting(command: "argparse._ActionsContainer") -> None:
    """The options that say which strength is meant."""
    for option, metavar, help_ in (
        ("place", "ID", "at this place and all within it; on the way there with --readiness in-transit"),
        ("country", "CODE", "in this country, or on the way there as with --place; unstated where none is known"),
        ("unit", "ID", "of this unit and its parts"),
        ("order", "ID", "of the units that this order addresses"),
        ("origin", "ID", "of units from this place and all within it"),
        ("readiness", "WORD", "garrison, standby, heightened-alert, in-transit or deployed"),
        ("side", "SIDE", "of this side"),
        ("kind", "KIND", "troops, aircraft, vehicles or batteries (default: all, each apart)"),
    ):
        command.add_argument(f"--{option}", metavar=metavar, action="append", default=[], help=help_)


def _add_claims(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    claims = _command(
        chosen,
        "claims",
        help="who says what, side by side, and how it stands against the ledger",
        description="Print what each source says to each question, how that stands against the ledger, and what\n"
        "cannot all be true; of a failed claim, what the ledger's figure is made of and the nearest reading\n"
        "that fits. The options combine with 'and', several values of one with 'or'.",
        example="python -m sim claims scenarios/feb2022.yaml --question 1\n"
        "         python -m sim claims scenarios/feb2022.yaml --source cnn --verdict compatible,contradicted",
        exits="0 all well; 1 of these an undisputed claim is contradicted, or a disputed one holds;\n"
        "2 wrong usage, or no scenario that loads; 3 a log that does not verify",
    )
    claims.add_argument("log", metavar="LOG", help=f"{_LOG_HELP}, or a scenario (YAML)")
    for option, metavar, help_ in (
        ("question", "QUESTION", "this question: its number, the id of a claim to it, or words that stand in it"),
        ("source", "SOURCE", "said by this source, or by others from it: its id, its letter, or its outlet"),
        ("verdict", "WORD", "holds, compatible, open, contradicted, given, disputed, withdrawn or noted; with commas"),
    ):
        claims.add_argument(f"--{option}", metavar=metavar, action="append", default=[], help=help_)
    _add_which(claims)
    _add_known(claims)
    claims.add_argument("--format", choices=FORMATS, default="table", help="default table; json and csv hold all")
    _add_color(claims)


def _add_runs(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    runs = _command(
        chosen,
        "runs",
        help="list the runs in a log",
        description="List the runs that a log holds, in the order in which they were begun, and the ensembles\n"
        "that are kept beside them.",
        example="python -m sim runs",
        exits="0 all well; 2 wrong usage; 3 a file that is no log",
    )
    runs.add_argument(
        "log", metavar="LOG", nargs="?", help=f"{_LOG_HELP}; default: what SIM_LOG says, else .sim/runs.sqlite"
    )
    runs.add_argument("--format", choices=FORMATS, default="table", help="default table")
    runs.add_argument(
        "--table",
        choices=["runs", "ensembles"],
        help="what --format csv has (default: runs); all other formats have both",
    )


def _add_known(command: "argparse._ActionsContainer") -> None:
    command.add_argument(
        "--as-known",
        metavar="TIME",
        help="with only what had been published by then: a date (its last minute), a time, D+3, start or end; "
        "it may lie outside the run",
    )


def _add_which(command: "argparse._ActionsContainer") -> None:
    command.add_argument("--run", metavar="ID", help="which run of a log: its id, or how it begins (default: the last)")


def _add_color(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--color",
        choices=COLORS,
        default="auto",
        help="colours and sparklines: default auto, on terminals that have them, as NO_COLOR and FORCE_COLOR say",
    )


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--by",
        metavar="FIELDS",
        help="group the posture by any of place,country,unit,side,readiness,origin (default place,readiness)",
    )
    command.add_argument("--format", choices=FORMATS, default="table", help="default table; json holds everything")


def _add_verify(chosen: "argparse._SubParsersAction[_Parser]") -> None:
    verify = _command(
        chosen,
        "verify",
        help="whether a log is what was written, and adds up",
        description="Verify a run of a log: the hash chain, every position, how it begins and ends, whether it\n"
        "can be read, all invariants, and the trial balances stored beside it. Print what was checked,\n"
        "or what is wrong first.",
        example="python -m sim verify feb2022.sqlite --checkpoint elsewhere/feb2022.checkpoint",
        exits="0 all well; 1 it is whole, but what was reported does not add up;\n"
        "2 wrong usage; 3 the log does not verify, or the run is unfinished",
    )
    verify.add_argument("log", metavar="LOG", help=_LOG_HELP)
    which = verify.add_mutually_exclusive_group()
    _add_which(which)
    which.add_argument("--all", action="store_true", help="verify every run")
    verify.add_argument("--rerun", action="store_true", help="play it out again, and compare every record")
    verify.add_argument(
        "--checkpoint",
        metavar="FILE",
        help="compare it with what this file knows of it; where there is no such file, write it",
    )
    verify.add_argument("--incremental", action="store_true", help="do not read again what the checkpoint knows")
    verify.add_argument("--format", choices=("table", "json"), default="table", help="default table")
