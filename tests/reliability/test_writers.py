"""Programs that write at the same time: different runs all come out whole, and of one run there is one writer."""

import re

import pytest

from tests.reliability.judge import Judge
from tests.reliability.runs import long_run, records_of
from tests.reliability.site import Sites
from tests.reliability.writing import start, until_ended, until_reached

CHANGES = 5_000
RUN = long_run(CHANGES)
BETWEEN = 3_000
"""Where a writer waits: behind its first commit, before its second."""

is_refusal = re.compile(
    r"UsageError: another program is writing (the run [0-9a-f]{16} )?to the log .*\n  wait until it is done.*\n"
).fullmatch

DATABASES = pytest.mark.parametrize("store", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(RUN)


def test_a_second_program_comes_upon_a_run(sites: Sites, judge: Judge) -> None:
    """One of the two is refused and says why, and the run of the other is whole."""
    site = sites()
    first = start(site.url, CHANGES, stop=BETWEEN)
    until_reached(first)
    second = start(site.url, CHANGES)
    ends = [until_ended(second), until_ended(first)]
    last_lines = ["\n".join(end.splitlines()[-2:]) + "\n" for end in ends]
    assert sum(is_refusal(lines) is not None for lines in last_lines) == 1
    assert sum(end.endswith(f" {len(RUN)}\n") for end in ends) == 1
    found = judge.read(site.url)
    judge.list(site.url, found)
    assert found.error is None


def test_two_programs_race_for_one_run(sites: Sites, judge: Judge, long: bool) -> None:
    """However they meet: who does not find the run finished, and verify it, is refused."""
    for _ in range(25 if long else 2):
        site = sites()
        writers = [start(site.url, CHANGES) for _ in range(2)]
        ends = [until_ended(writer) for writer in writers]
        whole = [end for end in ends if re.search(rf"^(written|completed|verified) {len(RUN)}$", end, re.MULTILINE)]
        refused = [end for end in ends if "another program is writing" in end]
        assert (len(whole), len(whole) + len(refused)) in {(1, 2), (2, 2)}, ends
        assert judge.read(site.url).error is None


@DATABASES
def test_programs_write_many_runs(sites: Sites, long: bool) -> None:
    """All begin at once, in a database without tables; every run comes out whole, and each has its number."""
    site, count = sites(), 16 if long else 5
    writers = [start(site.url, CHANGES, seed) for seed in range(count)]
    for writer in writers:
        assert until_ended(writer).endswith(f"written {len(RUN)}\n")
    log = site.log()
    for seed in range(count):
        records = records_of(long_run(CHANGES, seed))
        assert list(log.records(records[0].run)) == records
    assert [row[0] for row in site.stored()["sim_runs"]] == list(range(1, count + 1))
