"""The store in a JSONL file: one record a line, one run after another. For exchange, for `diff`, and for the eye.

Only the last run of a file may be unfinished, so that bytes are only ever added at the end.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from sim.errors import LogError
from sim.eventlog.line import LineError, Lines
from sim.eventlog.page import Page
from sim.eventlog.pen import Pen
from sim.eventlog.record import Record
from sim.eventlog.store import DIFFERS, Outcome, another_record
from sim.eventlog.stretch import Stretch, Survey, survey
from sim.eventlog.verifier import COMPLETE


class JsonlStore:
    """Keeps runs in the file at a path. One program at a time may write to it, and any number read."""

    def __init__(self, path: str) -> None:
        self.url: Final = path

    def runs(self) -> list[str]:
        with Page(self.url) as page:
            return [stretch.run for stretch in survey(page).stretches]

    def read(self, run: str) -> Iterator[Record]:
        with Page(self.url) as page:
            stretch = self._stretch(survey(page), run)
            page.turn(stretch.start, stretch.end)
            lines, position = Lines(), 0
            while (line := page.line(page.size)).endswith(b"\n"):  # without it, torn off: not a record yet
                try:
                    record = lines.read(line)
                except LineError as error:
                    raise self._wrong(stretch, position, str(error)) from error
                yield record
                position += 1

    def place(self, run: str, position: int) -> str:
        with Page(self.url) as page:
            return f"{self.url}:{self._stretch(survey(page), run).line + position}"

    def write(self, records: Iterator[Record]) -> Outcome:
        first = next(records)
        with Pen(self.url) as pen, Page(self.url) as page:
            stretch, more = self._room_for(first.run, survey(page), page.size)
            page.turn(stretch.start, stretch.end)
            self._compare_and_add(page, pen if more else None, stretch, chain((first,), records))
        if not pen.added:
            return Outcome.VERIFIED
        return Outcome.WRITTEN if stretch.start == stretch.end else Outcome.COMPLETED

    def _compare_and_add(self, page: Page, pen: Pen | None, stretch: Stretch, records: Iterator[Record]) -> None:
        """Compare the lines of `records` with the page; what it has no more of goes to the pen, where there is room."""
        lines = Lines()
        position = 0
        for record in records:
            line = self._line(lines, record, stretch)
            there = page.read(len(line))
            if not line.startswith(there):
                raise another_record(f"{self.url}:{stretch.line + position}", position)
            if len(there) < len(line):
                if pen is None:
                    raise self._wrong(stretch, position, "the log's run ends here, but this run goes on", DIFFERS)
                pen.write(line[len(there) :])
            position += 1
        if page.left:
            raise self._wrong(stretch, position, "the log's run goes on here, but this run has ended", DIFFERS)

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

    def _stretch(self, found: Survey, run: str) -> Stretch:
        stretch = found.of(run)
        if stretch is None:
            raise LogError(f"{self.url}: the log holds no run '{run}'")
        return stretch

    def _wrong(self, stretch: Stretch, position: int, what: str, remedy: str = "") -> LogError:
        return LogError(f"{self.url}:{stretch.line + position}: position {position}: {what}", remedy)
