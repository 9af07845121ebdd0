"""What verifying a log found, in words: what the command line's tests cannot bring about in a moment."""

import json
from fractions import Fraction

from attrs import evolve

from sim.domain.event import RunOpened
from sim.errors import UsageError
from sim.eventlog.checkpoint import Mark
from sim.eventlog.verification import Verification
from sim.report.verification_page import Compared, Examined, verification_json, verification_page
from tests.story import CALENDAR

HEAD = "ab" * 32
RUN = "0123456789abcdef"
OPENED = RunOpened(0, "A \x1b[2J title\nof 部隊", CALENDAR.start, 100, "UTC", Fraction(0), (), "", 3, 1, 1)
FOUND = Verification(RUN, OPENED, 1234, HEAD, True, 0, (), None, None)


def page(*examined: Examined, checkpoint: Compared | None = None) -> list[str]:
    return verification_page(examined, checkpoint, 100).splitlines()


def test_a_title_cannot_steer_the_terminal() -> None:
    """It stands on one line, and what it has of control characters is gone."""
    assert page(Examined(RUN, FOUND))[1] == "  A [2J title of 部隊; seed 3"
    assert "\x1b" not in verification_json("runs.sqlite", [Examined(RUN, FOUND)], None)


def test_trial_balances_are_counted() -> None:
    """Where there are any."""
    lines = [page(Examined(RUN, evolve(FOUND, balances=count)))[5:] for count in (0, 1, 2345)]
    assert lines == [
        [],
        ["  1 stored trial balance is what the records come to"],
        ["  2,345 stored trial balances are what the records come to"],
    ]


def test_what_could_not_be_read() -> None:
    """The server went away: that says nothing of the run."""
    one = Examined(RUN, None, problem=UsageError("the log postgresql://here cannot be read: it is gone", "wait"))
    assert page(one) == [
        f"Run {RUN} cannot be verified.",
        "  the log postgresql://here cannot be read: it is gone",
        "    wait",
    ]


def test_other_runs_of_a_checkpoint() -> None:
    """They are counted; nothing is said of them where there are none."""
    agreed = Examined(RUN, evolve(FOUND, agreed=Mark(RUN, 1000, HEAD)))
    assert (
        page(agreed, checkpoint=Compared("kept", 0))[-1]
        == "  agrees with the checkpoint, which knows 1,000 records of it"
    )
    assert page(agreed, checkpoint=Compared("kept", 2))[-1] == (
        "The checkpoint knows 2 other runs, and the log has each as far as it knows it."
    )


def test_what_is_not_known_is_null() -> None:
    """Of a run that was read from the middle, how it began."""
    since = evolve(FOUND, opened=None, since=1000, agreed=Mark(RUN, 1000, HEAD))
    (form,) = json.loads(verification_json("runs.sqlite", [Examined(RUN, since)], Compared("kept", 0)))["runs"]
    assert (form["scenario"], form["seed"], form["invariants"]) == (None, None, None)
    assert (form["since"], form["checkpoint"], form["events"], form["head"]) == (1000, 1000, 1234, HEAD)
