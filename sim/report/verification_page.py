"""What verifying a log found, run by run: for a person to read, and as JSON."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from sim.domain.calendar import Calendar
from sim.domain.event import RunOpened
from sim.errors import LogError, SimError
from sim.eventlog.verifier import COMPLETE
from sim.ledger.invariants import Outcome
from sim.report.json_form import json_text
from sim.report.prose import prose
from sim.report.table import Style
from sim.report.text import clean, finished

if TYPE_CHECKING:
    from sim.ensemble.kept import Kept
    from sim.eventlog.verification import Verification

FINDINGS_MAX = 20
"""How many findings of one invariant a page shows; the JSON has all."""


@frozen
class Examined:
    """A run of a log, and what was found to be so of it: None where it was not read, or does not verify.

    `rerun` says how many records were the same when it was played out again, None where it was not; `problem` is what
    is wrong, or could not be done.
    """

    run: str
    found: "Verification | None"
    rerun: int | None = None
    problem: SimError | None = None

    @property
    def verdict(self) -> str:
        """In a word or a few."""
        if isinstance(self.problem, LogError):
            return "does not verify"
        if self.found is None:
            return "cannot be verified"
        if not self.found.finished:
            return "is unfinished"
        return "verifies" if self.found.adds_up else "verifies, but does not add up"


@frozen
class Compared:
    """The checkpoint at `path`. `others` are the runs that it knows, that were not asked for, and of which the log has
    what it knows.
    """

    path: str
    others: int


def verification_page(
    examined: Sequence[Examined], checkpoint: Compared | None, room: int, ensembles: "Sequence[Kept]" = ()
) -> str:
    """A few lines for each run, one for what else the checkpoint knows, and one for each ensemble, or more."""
    blocks = [_block(one, checkpoint, room) for one in examined]
    if checkpoint is not None and checkpoint.others:
        runs = "run" if checkpoint.others == 1 else "runs"
        said = f"The checkpoint knows {checkpoint.others:,} other {runs}, and the log has each as far as it knows it."
        blocks.append(prose([said], Style.PLAIN, room))
    if ensembles:
        blocks.append(prose([line for kept in ensembles for line in _kept(kept)], Style.PLAIN, room))
    return finished("\n\n".join("\n".join(block) for block in blocks) + "\n")


def _kept(kept: "Kept") -> Iterator[str]:
    """What is found of an ensemble: its digest speaks for what was written, and not for what should have been."""
    if kept.problem is not None:
        yield f"Ensemble {clean(kept.ensemble)} does not verify."
        yield from (f"  {clean(line.lstrip())}" for line in str(kept.problem).splitlines())
    else:
        what = "an older version kept it" if kept.title is None else clean(kept.title)
        runs = f"{kept.runs:,} {'run' if kept.runs == 1 else 'runs'}"
        yield f"Ensemble {clean(kept.ensemble)} agrees with its digest: {what}; seed {kept.seed}, {runs}."


def verification_json(
    url: str, examined: Sequence[Examined], checkpoint: Compared | None, ensembles: "Sequence[Kept]" = ()
) -> str:
    """The same as JSON text."""
    known = None if checkpoint is None else {"file": checkpoint.path, "others": checkpoint.others}
    runs, kept = [_form(one) for one in examined], [_kept_form(each) for each in ensembles]
    return json_text({"log": {"url": url}, "checkpoint": known, "runs": runs, "ensembles": kept})


def _kept_form(kept: "Kept") -> dict[str, Any]:
    """An ensemble; what is not known of it is null."""
    return {
        "ensemble": kept.ensemble,
        "verdict": "verifies" if kept.problem is None else "does not verify",
        "scenario": kept.title,
        "against": kept.against,
        "seed": kept.seed,
        "runs": kept.runs,
        "problem": None if kept.problem is None else str(kept.problem),
    }


def _block(one: Examined, checkpoint: Compared | None, room: int) -> list[str]:
    sentences = [] if one.found is None else _sentences(one.found, checkpoint)
    if one.rerun is not None:
        sentences.append(f"played out again: {one.rerun:,} records, the same to the byte")
    if one.problem is not None:
        sentences += str(one.problem).splitlines()
    lines = [
        f"Run {clean(one.run)} {one.verdict}.",
        *(f"  {_indent(line)}{clean(line.lstrip())}" for line in sentences),
    ]
    return prose(lines, Style.PLAIN, room)


def _indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip(" ")))


def _sentences(found: "Verification", checkpoint: Compared | None) -> list[str]:
    lines = [_records(found), *([f"head {found.head}"] if found.count else []), _invariants(found)]
    if found.opened is not None:
        lines = [f"{found.opened.title}; seed {found.opened.seed}", *lines, *_broken(found, found.opened)]
    if found.balances:
        are = "trial balance is" if found.balances == 1 else "trial balances are"
        lines.append(f"{found.balances:,} stored {are} what the records come to")
    if found.agreed is not None:
        lines.append(f"agrees with the checkpoint, which knows {found.agreed.count:,} records of it")
    elif checkpoint is not None:
        lines.append("the checkpoint knows nothing of it")
    return lines if found.finished else [*lines, f"{COMPLETE[0].upper()}{COMPLETE[1:]}."]


def _records(found: "Verification") -> str:
    """How many there are, and what of them was read."""
    end = "to its run-closed" if found.finished else "as far as it goes: its run-closed is missing"
    records = f"{found.count:,} {'record' if found.count == 1 else 'records'}"
    if not found.count:
        return "not even its first record was stored whole"
    if not found.since:
        return f"{records}, one chain from run-opened {end}"
    if found.since == found.count:
        return f"{records}: none came after the checkpoint, and those before were not read again"
    return f"{records}: from position {found.since:,} one chain {end}; those before were not read again"


def _invariants(found: "Verification") -> str:
    """How many hold, or why they were not checked."""
    if found.outcomes:
        return f"{sum(outcome.holds for outcome in found.outcomes)} of {len(found.outcomes)} invariants hold"
    return "invariants not checked: " + ("that takes every record" if found.since else "that takes a finished run")


def _broken(found: "Verification", opened: RunOpened) -> Iterator[str]:
    """What breaks invariants, a line each."""
    calendar = Calendar(opened.start, opened.timezone)
    for outcome in found.outcomes:
        for finding in outcome.findings[:FINDINGS_MAX]:
            pairs = (("expected", finding.expected), ("found", finding.found))
            detail = ", ".join(f"{name} {text}" for name, text in pairs if text)
            when = "" if finding.at is None else f"{calendar.local(finding.at):%Y-%m-%d %H:%M}: "
            yield f"  {outcome.name}: {when}{finding.message}" + (f" ({detail})" if detail else "")
        if len(outcome.findings) > FINDINGS_MAX:
            yield f"  {outcome.name}: {len(outcome.findings) - FINDINGS_MAX:,} more, which --format json has"


def _form(one: Examined) -> dict[str, Any]:
    """A run; what is not known of it, or was not checked, is null."""
    form: dict[str, Any] = dict.fromkeys(_KEYS)
    found = one.found
    if found is not None:
        form |= {"events": found.count, "finished": found.finished, "since": found.since, "balances": found.balances}
        form |= {"head": found.head if found.count else None, "checkpoint": found.agreed and found.agreed.count}
        if found.opened is not None:
            form |= {"scenario": found.opened.title, "seed": found.opened.seed}
            calendar = Calendar(found.opened.start, found.opened.timezone)
            form["invariants"] = [_outcome(outcome, calendar) for outcome in found.outcomes] or None
    problem = None if one.problem is None else str(one.problem)
    return form | {"run": one.run, "verdict": one.verdict, "rerun": one.rerun, "problem": problem}


_KEYS = (
    *("run", "verdict", "scenario", "seed", "events", "finished", "head", "since"),
    *("invariants", "balances", "checkpoint", "rerun", "problem"),
)


def _outcome(outcome: Outcome, calendar: Calendar) -> dict[str, Any]:
    findings = [
        {
            "at": None if finding.at is None else calendar.stamp(finding.at),
            "message": finding.message,
            "expected": finding.expected or None,
            "found": finding.found or None,
        }
        for finding in outcome.findings
    ]
    return {"name": outcome.name, "holds": outcome.holds, "findings": findings}
