"""Streams: records of a run, and runs of a log, sent as they are written."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

from sim.eventlog import Record, RunInfo
from sim.report.json_form import without_controls
from sim.report.runs_table import run_form
from sim.web.library import Library
from sim.web.refusal import Refusal, Why

STREAMS_MAX = 100
"""How many streams there are at once."""

BACK_MAX = 10_000
"""How many records back a stream begins at most."""

BATCH = 500
"""How many records are read at once."""

LOOK_SECONDS, QUIET_SECONDS, LAST_SECONDS = 1.0, 15.0, 3600.0
"""How often is looked for more; how long nothing is sent; and how long a stream lasts."""


class Streams:
    """The streams there are. `closing` ends them all."""

    def __init__(self, library: Library) -> None:
        self.closing = asyncio.Event()
        self._library = library
        self._number = 0

    def open(self, messages: AsyncIterator[str]) -> AsyncIterator[str]:
        """A stream of messages, with a sign of life between them. Raises Refusal where there are too many."""
        if self._number >= STREAMS_MAX:
            raise Refusal(Why.BUSY, "too many follow already", "Ask again later.", int(QUIET_SECONDS))
        return self._counted(messages)

    async def run(self, word: str, first: int | None) -> AsyncIterator[str]:
        """The records of a run from the position `first`, or those that are new, and when it has ended that it has."""
        info = (await self._library.watch.now()).run(word)
        position = max(info.count if first is None else first, info.count - BACK_MAX, 0)
        while True:
            info = (await self._library.watch.now()).run(info.run)
            while position < info.count:
                records = await self._records(info, position)
                yield "".join(records)
                position += len(records)
                if not records:
                    break
            if info.finished:
                yield _message("finished", {"run": info.run, "events": info.count, "head": info.head})
                return
            yield ""
            await self._wait()

    async def runs(self) -> AsyncIterator[str]:
        """How many runs there are, and each run that begins, grows or ends from now on."""
        seen: dict[str, RunInfo] | None = None
        while True:
            now = {info.run: info for info in (await self._library.watch.now()).runs}
            if seen is None or len(now) != len(seen):
                yield _message("runs", {"runs": len(now)})
            changed = [] if seen is None else [info for info in now.values() if seen.get(info.run) != info]
            yield "".join(_message("run", run_form(info)) for info in changed)
            seen = now
            await self._wait()

    async def _counted(self, messages: AsyncIterator[str]) -> AsyncIterator[str]:
        began = sent = time.monotonic()
        self._number += 1
        try:
            yield "retry: 3000\n\n"
            async for message in messages:
                now = time.monotonic()
                if self.closing.is_set() or now - began > LAST_SECONDS:
                    return
                if message or now - sent > QUIET_SECONDS:
                    yield message or ": nothing new\n\n"
                    sent = now
        except Refusal as refusal:
            yield f"event: error\ndata: {' '.join(refusal.body.split())}\n\n"
        finally:
            self._number -= 1

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self.closing.wait(), LOOK_SECONDS)
        except TimeoutError:
            return

    async def _records(self, info: RunInfo, first: int) -> list[str]:
        """Messages of the records from a position: read once for all who ask for the same."""
        opened = await self._library.opened(info)
        assert opened is not None, "it has records"
        records = await self._library.tail(info, first, min(BATCH, info.count - first))
        return [_record(record, opened.calendar.stamp(record.minute)) for record in records]


def _record(record: Record, at: str) -> str:
    told = {"position": record.position, "at": at, "type": record.type, "data": json.loads(record.payload)}
    return f"id: {record.position}\n{_message('record', told)}"


def _message(event: str, data: Any) -> str:
    text = without_controls(json.dumps(data, ensure_ascii=True, separators=(", ", ": ")))
    return f"event: {event}\ndata: {text}\n\n"
