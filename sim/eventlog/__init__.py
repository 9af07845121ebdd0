"""The event log: events as bytes, the hash chain over them, and the stores behind `open_log`."""

from sim.eventlog.address import open_log, open_tallies
from sim.eventlog.log import EventLog, RunInfo, Written
from sim.eventlog.record import Record
from sim.eventlog.recorder import Recorder
from sim.eventlog.store import Outcome, Store

__all__ = ["EventLog", "Outcome", "Record", "Recorder", "RunInfo", "Store", "Written", "open_log", "open_tallies"]
