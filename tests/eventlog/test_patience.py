"""Patience with another program that has a log: who waits is told, and nobody else."""

import pytest

from sim.eventlog import patience
from sim.eventlog.patience import Patience


def test_who_tries_again_is_told_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(patience, "SAY_SECONDS", 0)
    waiting = Patience("the log", 60)
    assert waiting.left()
    assert waiting.left()
    assert caplog.messages == ["the log is locked: waiting for the program that is writing to it, 60 seconds at most"]


def test_who_gives_up_is_not_told_to_wait(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Neither because there is no time left, nor because they were stopped."""
    monkeypatch.setattr(patience, "SAY_SECONDS", 0)
    assert not Patience("the log", 0).left()
    assert not Patience("the log", 60, lambda: True).left()
    assert caplog.messages == []
