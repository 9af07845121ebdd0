"""Logs whose hashes may be right, and whose definitions do not belong together."""

from collections.abc import Callable

import pytest
from attrs import evolve

from sim.domain.claim import Noted
from sim.domain.event import ClaimStated, Event, RunClosed, RunOpened
from sim.engine import simulate
from sim.errors import LogError
from sim.eventlog.consistency import check_consistency
from sim.ledger import Book
from tests.story import claim, deploy, scenario, unit


def _stranger(event: Event) -> Event:
    return evolve(event, claim=evolve(event.claim, source="nobody")) if isinstance(event, ClaimStated) else event


def _retitled(event: Event) -> Event:
    return evolve(event, title="Another") if isinstance(event, RunOpened) else event


def _cut_short(event: Event) -> Event:
    return evolve(event, at=event.at - 1) if isinstance(event, RunClosed) else event


@pytest.mark.parametrize(
    ("tamper", "message"),
    [
        (_stranger, "the claim 'said' names 'nobody', which nothing in it defines"),
        (_retitled, "its definitions are not those that its run was opened with"),
        (_cut_short, "its run does not close at its end, minute 9000"),
    ],
)
def test_a_log_that_is_not_sound(tamper: Callable[[Event], Event], message: str) -> None:
    """What refers to nothing, was not opened so, or ends too early is refused; untouched, the same log is sound."""
    told = scenario([unit("a")], [deploy("go", 60, "a")], [claim(Noted("why"))], end=9000)
    check_consistency(Book.replay(simulate(told)))
    with pytest.raises(LogError, match=message):
        check_consistency(Book.replay(tamper(event) for event in simulate(told)))
