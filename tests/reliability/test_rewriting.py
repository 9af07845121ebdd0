"""Logs that somebody changed who knows how they are made: what the chain cannot see, and what sees it."""

import pytest

from sim.errors import LogError
from sim.eventlog import Record, database, trial
from sim.eventlog.chain import GENESIS, link
from sim.posture import Book
from tests.reliability.judge import Judge
from tests.reliability.runs import posted, small_run
from tests.reliability.site import Site, Sites, TableSite

RUN = small_run()
COMMIT, APART = 2, 3
"""How many records are in a commit, and between trial balances at least: few enough for a small run to have some."""

DATABASES = pytest.mark.parametrize("store", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(RUN)


def rewritten(records: list[Record]) -> list[Record]:
    """A run that is as sound as the true one, in which the unit only goes to standby."""
    changed: list[Record] = []
    head = GENESIS
    for record in records:
        payload = record.payload.replace(b'"to":"heightened-alert"', b'"to":"standby"')
        head = link(head, record.position, record.minute, record.type, payload)
        changed.append(record._replace(payload=payload, hash=head))
    return changed


def kept_with_balances(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Record the run as the command `run` does; small as it is, trial balances are stored."""
    monkeypatch.setattr(database, "BATCH", COMMIT)
    monkeypatch.setattr(trial, "SPACING", APART)
    book = Book()
    site.log().record(posted(RUN, book), book)
    assert len(list(site.log().balances())) == 2


def test_a_tail_cut_off(sites: Sites, judge: Judge) -> None:
    """What is left is an unfinished run like any other. The checkpoint knows that there was more."""
    site = sites()
    site.log().record(RUN)
    site.replace(judge.records[0].run, judge.records[:-2])
    verified = site.log().verify()
    assert (verified.count, verified.finished) == (len(RUN) - 2, False)
    with pytest.raises(LogError, match=f"the run ends before here, but the checkpoint knows {len(RUN)} records of it"):
        site.log().verify(checkpoint=judge.checkpoint)


def test_a_run_written_anew(sites: Sites, judge: Judge) -> None:
    """It verifies, and tells another story. The checkpoint has the hash of the true one."""
    site = sites()
    site.log().record(RUN)
    changed = rewritten(judge.records)
    site.replace(judge.records[0].run, changed)
    assert list(site.log().records()) == changed
    assert site.log().verify().adds_up
    with pytest.raises(LogError, match="this record, or one before it, was written anew since"):
        site.log().verify(checkpoint=judge.checkpoint)
    with pytest.raises(LogError, match="the log has another record here than this run gives"):
        site.log().record(RUN)


@DATABASES
def test_a_run_written_anew_beside_its_trial_balances(
    sites: Sites, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that were left give it away: to who verifies the log, and to who asks for a snapshot."""
    site = sites()
    kept_with_balances(site, monkeypatch)
    site.replace(judge.records[0].run, rewritten(judge.records))
    with pytest.raises(LogError, match="the trial balance stored here is not what the records before it come to"):
        site.log().verify()
    with pytest.raises(LogError, match="the trial balance stored here is not of this run"):
        site.log().snapshots([60])


@DATABASES
def test_a_bit_changed_in_a_trial_balance(
    sites: Sites, store: str, judge: Judge, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    """Every bit of its text, one of every byte of its hashes: a snapshot is right or refused, and verifying refuses."""
    site = sites()
    assert isinstance(site, TableSite)
    kept_with_balances(site, monkeypatch)
    *_, last = site.log().balances()
    for column, every_bit in (("body", True), ("hash", False), ("digest", False)):
        whole: bytes = getattr(last, column)
        for place in range(0, len(whole), 1 if long or store == "sqlite" else 7):  # PostgreSQL connects ten times each
            for bit in range(8) if every_bit else [place % 8]:
                changed = bytearray(whole)
                changed[place] ^= 1 << bit
                site.change_balance(last.position, column, bytes(changed))
                assert not judge.look(site.url), (column, place, bit)
                assert not judge.check(site.url), (column, place, bit)
        site.change_balance(last.position, column, whole)
    assert judge.look(site.url)
    assert judge.check(site.url)


@DATABASES
@pytest.mark.parametrize(("column", "value"), [("minute", 59), ("minute", 61), ("minute", 2**40), ("position", 7)])
def test_a_trial_balance_in_another_place(
    column: str, value: int, sites: Sites, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A snapshot is right, where it needs that balance no more, or refused; and verifying refuses."""
    site = sites()
    assert isinstance(site, TableSite)
    kept_with_balances(site, monkeypatch)
    *_, last = site.log().balances()
    site.change_balance(last.position, column, value)
    judge.look(site.url)
    assert not judge.check(site.url)
