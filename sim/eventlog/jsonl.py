"""The store in a JSONL file: one record a line, one run after another. For exchange, for `diff`, and for the eye.

Only the last run of a file may be unfinished, so that bytes are only ever added at the end. A line has no place for the
version of the program that wrote it.
"""

from collections.abc import Generator, Iterator
from itertools import chain
from typing import Final

from sim.errors import LogError
from sim.eventlog.line import LineError, Lines
from sim.eventlog.page import Page
from sim.eventlog.pen import Pen
from sim.eventlog.record import Record
from sim.eventlog.store import DIFFERS, Acknowledge, Outcome, Stored, another_record
from sim.eventlog.stretch import Stretch, Survey, survey
from sim.eventlog.verifier import COMPLETE


class JsonlStore:
    """Keeps runs in the file at a path. One program at a time may write to it, and any number read."""

    balances = None

    def __init__(self, path: str) -> None:
        self.url: Final = path

    def run_ids(self) -> list[str]:
        with Page(self.url) as page:
            return [stretch.run for stretch in survey(page).stretches]

    def stored(self, run: str | None = None) -> list[Stored]:
        with Page(self.url) as page:
            found = survey(page)
            stretches = found.stretches if run is None else (self._stretch(found, run),)
            return [self._ends(page, stretch) for stretch in stretches]

    def read(self, run: str, first: int = 0) -> Generator[Record]:
        with Page(self.url) as page:
            stretch = self._stretch(survey(page), run)
            page.turn(stretch.start, stretch.end)
            lines = Lines()
            for position in range(stretch.lines):  # what is torn off behind them is not a record yet
                record = self._record(lines, page.line(page.size), stretch, position)
                if position >= first:
                    yield record

    def place(self, run: str, position: int) -> str:
        with Page(self.url) as page:
            return f"{self.url}:{self._stretch(survey(page), run).line + position}"

    def write(self, records: Iterator[Record], program: str, acknowledge: Acknowledge) -> Outcome:
        first = next(records)
        with Pen(self.url) as pen, Page(self.url) as page:
            stretch, more = self._room_for(first.run, survey(page), page.size)
            page.turn(stretch.start, stretch.end)
            last = self._compare_and_add(page, pen if more else None, stretch, chain((first,), records))
        acknowledge(last)  # now that it is on the disk
        if not pen.added:
            return Outcome.VERIFIED
        return Outcome.WRITTEN if stretch.start == stretch.end else Outcome.COMPLETED

    def _compare_and_add(self, page: Page, pen: Pen | None, stretch: Stretch, records: Iterator[Record]) -> Record:
        """Compare the lines of `records` with the page; what it has no more of goes to the pen, where there is room.

        Returns the last record.
        """
        lines = Lines()
        for record in records:
            line = self._line(lines, record, stretch)
            there = page.read(len(line))
            if not line.startswith(there):
                raise another_record(f"{self.url}:{stretch.line + record.position}", record.position)
            if len(there) < len(line):
                if pen is None:
                    what = "the log's run ends here, but this run goes on"
                    raise self._wrong(stretch, record.position, what, DIFFERS)
                pen.write(line[len(there) :])
        if page.left:
            what = "the log's run goes on here, but this run has ended"
            raise self._wrong(stretch, record.position + 1, what, DIFFERS)
        return record

    def _ends(self, page: Page, stretch: Stretch) -> Stored:
        """The first and the last record of a stretch."""
        if not stretch.lines:
            return Stored(stretch.run, None, None, None)
        lines = Lines()
        page.turn(stretch.start, stretch.end)
        first = self._record(lines, page.line(page.size), stretch, 0)
        page.turn(stretch.last, stretch.end)
        last = self._record(lines, page.line(page.size), stretch, stretch.lines - 1)
        return Stored(stretch.run, first, last, None)

    def _room_for(self, run: str, found: Survey, size: int) -> tuple[Stretch, bool]:
        """Where `run` stands or is to stand, and whether the file has room for more of it: only at its end."""
        stretch = found.of(run)
        if stretch is not None:
            return stretch, found.unfinished and stretch.end == size
        if not found.unfinished:
            return Stretch(run, found.lines + 1, size, size), True
        last = found.stretches[-1]
        if run.startswith(last.run):
            return last, True
        raise LogError(
            f"{self.url}:{last.line}: the log ends in a run that is unfinished, {last.run}",
            f"{COMPLETE}; or log elsewhere",
        )

    def _line(self, lines: Lines, record: Record, stretch: Stretch) -> bytes:
        try:
            return lines.write(record)
        except LineError as error:
            raise self._wrong(stretch, record.position, str(error)) from error

    def _record(self, lines: Lines, line: bytes, stretch: Stretch, position: int) -> Record:
        try:
            return lines.read(line)
        except LineError as error:
            raise self._wrong(stretch, position, str(error)) from error

    def _stretch(self, found: Survey, run: str) -> Stretch:
        stretch = found.of(run)
        if stretch is None:
            raise LogError(f"{self.url}: the log holds no run '{run}'")
        return stretch

    def _wrong(self, stretch: Stretch, position: int, what: str, remedy: str = "") -> LogError:
        return LogError(f"{self.url}:{stretch.line + position}: position {position}: {what}", remedy)
