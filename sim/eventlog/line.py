"""Lines: a record as one line of a JSONL file.

The line's layout is fixed to the byte, blanks included, so that the payload is what stands between `"data": ` and the
hash, and a line has one reading only.
"""

import re

from sim.domain.calendar import Calendar, TimeError
from sim.domain.event import RunOpened
from sim.eventlog.decoding import decode
from sim.eventlog.form import PayloadError
from sim.eventlog.record import Record

LINE_BYTES_MAX = 1 << 26
"""64 MiB: an order that names a million units fits."""

BEGINNING = b'{"run": "'

_read = re.compile(
    rb'\{"run": "([0-9a-f]{16})", "position": (0|[1-9][0-9]{0,17}), "at": "([^"]{17})", "minute": (0|[1-9][0-9]{0,9}), '
    rb'"type": "([a-z0-9.-]{1,64})", "data": (\{.*\}), "hash": "([0-9a-f]{64})"\}\n'
).fullmatch

_begins_run = re.compile(rb'\{"run": "([0-9a-f]{16})", "position": 0, ').match
_ends_run = re.compile(
    rb'\{"run": "[^"]*", "position": [0-9]+, "at": "[^"]*", "minute": [0-9]+, "type": "run-closed\.'
).match


def begun_run(line: bytes) -> str | None:
    """The id of the run whose first record stands in `line`, or None where it is of a later record."""
    match = _begins_run(line)
    return match[1].decode() if match else None


def ends_run(line: bytes) -> bool:
    """Whether the last record of a run stands in `line`."""
    return _ends_run(line) is not None


class LineError(ValueError):
    """A line that is no record. The message says why."""


class Lines:
    """The lines of one run, from the first: the date of each depends on the start that the first record states."""

    def __init__(self) -> None:
        self._calendar: Calendar | None = None
        self._minute = -1
        self._stamp = ""

    def write(self, record: Record) -> bytes:
        """The line of the next record. Raises LineError where it would be too long, or beyond the calendar."""
        head = (
            f'{{"run": "{record.run}", "position": {record.position}, "at": "{self._at(record)}", '
            f'"minute": {record.minute}, "type": "{record.type}", "data": '
        )
        line = b'%b%b, "hash": "%b"}\n' % (head.encode(), record.payload, record.hash.hex().encode())
        if len(line) > LINE_BYTES_MAX:
            raise LineError(f"the record is longer than {LINE_BYTES_MAX:,} bytes")
        return line

    def read(self, line: bytes) -> Record:
        """The record in the next line. Raises LineError where there is none, or its date does not fit its minute."""
        match = _read(line)
        if match is None:
            raise LineError("the line is not laid out as a record")
        run, position, at, minute, type_, payload, hash_ = match.groups()
        record = Record(
            run.decode(), int(position), int(minute), type_.decode(), payload, bytes.fromhex(hash_.decode())
        )
        if at != self._at(record).encode():
            raise LineError(f"'at' is not the date of minute {record.minute}, which is {self._stamp}")
        return record

    def _at(self, record: Record) -> str:
        if self._calendar is None:
            self._calendar = Calendar(_opened(record).start)
        if record.minute != self._minute:
            try:
                self._stamp = self._calendar.log_stamp(record.minute)
            except TimeError as error:
                raise LineError(str(error)) from error
            self._minute = record.minute
        return self._stamp


def _opened(record: Record) -> RunOpened:
    try:
        event = decode(record)
    except PayloadError as error:
        raise LineError(str(error)) from error
    if not isinstance(event, RunOpened):
        raise LineError(f"the run begins with {record.type}, not with run-opened")
    return event
