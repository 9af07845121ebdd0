"""The store in memory."""

import pytest

from sim.errors import LogError
from sim.eventlog import EventLog, open_log
from tests.eventlog.contract import LogContract


class TestMemory(LogContract):
    @pytest.fixture
    def log(self) -> EventLog:
        return open_log("memory:")

    def test_each_is_its_own(self, log: EventLog) -> None:
        """A new memory holds no run, and says so."""
        assert open_log("memory:").runs() == []
        with pytest.raises(LogError, match=r"^memory:: the log holds no run$"):
            list(log.events())
