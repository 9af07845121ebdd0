"""A program that is killed while it records: what it acknowledged is there, and the run can be completed."""

import time
from random import Random

import pytest
from attrs import frozen

from tests.reliability.judge import Judge
from tests.reliability.runs import long_run
from tests.reliability.site import MortalSites
from tests.reliability.writing import acknowledged, start, until_ended, until_reached

CHANGES = 7_000
RUN = long_run(CHANGES)
DELAY_SECONDS_MAX = 0.03
"""Longer than a commit takes."""


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(RUN)


@frozen
class Moment:
    """When to kill a writer: so long after it has come to give event `stop` to the log."""

    stop: int
    delay_seconds: float


def moments(kills: int, random: Random) -> list[Moment]:
    """Moments spread over the whole of a run, from before its first commit until after its last."""
    spread = [int((number + random.random()) * len(RUN) / kills) for number in range(kills)]
    return [Moment(stop, random.uniform(0, DELAY_SECONDS_MAX)) for stop in (0, *spread[1:-1], len(RUN))]


def killed(url: str, moment: Moment) -> list[int]:
    """What a writer acknowledged before it was killed."""
    writer = start(url, CHANGES, stop=moment.stop)
    said = until_reached(writer)
    assert writer.stdin is not None
    writer.stdin.write("\n")
    writer.stdin.flush()
    time.sleep(moment.delay_seconds)
    writer.kill()
    return acknowledged(said + until_ended(writer))


def test_what_is_acknowledged_is_there(sites: MortalSites, judge: Judge) -> None:
    """Whenever so many records are said to be safe, another program finds them."""
    site = sites()
    found: list[tuple[int, int]] = []
    site.log().record(RUN, acknowledge=lambda count: found.append((count, judge.read(site.url).count)))
    assert found[-1] == (len(RUN), len(RUN))
    assert all(said == there for said, there in found)


def test_writers_killed(sites: MortalSites, judge: Judge, store: str, long: bool) -> None:
    """No acknowledged event is lost, no commit is there in part, and completing gives what an undisturbed run gives.

    Every second run is killed again while it is completed.
    """
    alone = sites()
    commits = {0, *acknowledged(until_ended(start(alone.url, CHANGES)))}
    random = Random(store)
    for number, moment in enumerate(moments(200 if long else 10, random)):
        site = sites()
        kept = 0
        for again in (moment, *moments(3, random)[1 : 1 + number % 2]):
            certain = max([kept, *killed(site.url, again)])
            site.settle()
            found = judge.read(site.url)
            judge.list(site.url, found)
            kept = found.count
            assert kept >= certain, (moment, again)
            assert site.torn or kept in commits, (moment, again)
        outcome = "written" if not kept else "verified" if kept == len(RUN) else "completed"
        assert until_ended(start(site.url, CHANGES)).endswith(f"{outcome} {len(RUN)}\n"), (moment, again)
        assert site.stored() == alone.stored(), (moment, again)
