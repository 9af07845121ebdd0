"""Streams: records of a run, and runs of a log, sent as they are written."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from sim.eventlog import Record, RunInfo
from sim.report.json_form import without_controls
from sim.report.runs_table import run_form, size_form
from sim.web.library import Library
from sim.web.question import Form, Parameter, Question, question_of
from sim.web.refusal import Refusal, Why

KIND = "text/event-stream"

STREAMS_MAX = 100
"""How many streams there are at once."""

BACK_MAX = 10_000
"""How many records back a stream begins at most."""

BATCH = 500
"""How many records are read at once."""

LOOK_SECONDS, QUIET_SECONDS, LAST_SECONDS = 1.0, 15.0, 3600.0
"""How often is looked for more; how long nothing is sent; and how long a stream lasts."""

POSITION_MAX = 999_999_999
"""How far a position lies at most that is asked for."""

FOLLOWING = (
    Parameter("from", "the position at which to begin, from 0", Form.NUMBER, least=0, most=POSITION_MAX),
    Parameter("after", "the position behind which to begin, instead", Form.NUMBER, least=0, most=POSITION_MAX),
)
"""What says where a stream of a run's records begins."""

Runs = tuple[RunInfo, ...]


def first_of(question: Question, heard: str) -> int | None:
    """The position at which a stream begins, after the last that was `heard` where one was; None for what is new.

    Raises Refusal for what is no position.
    """
    if question.has("from") and question.has("after"):
        raise Refusal(Why.BAD_QUESTION, "from does not go with after", "Each says where to begin.")
    if heard:
        question = question_of(FOLLOWING, [("after", heard)])
    if question.has("after"):
        return question.number("after", 0) + 1
    return question.number("from", 0) if question.has("from") else None


class Streams:
    """The streams there are. `closing` ends them all."""

    def __init__(self, library: Library) -> None:
        self.closing = asyncio.Event()
        self._library = library
        self._number = 0
        self._latest: tuple[Runs | None, Runs | None, str] = (None, None, "")

    def open(self, messages: AsyncIterator[str], headers: dict[str, str]) -> Response:
        """A stream of messages as an answer, with a sign of life between them; refused where there are too many."""
        return _Sent(self, self._lively(messages), headers=headers, media_type=KIND)

    @contextmanager
    def place(self) -> Iterator[None]:
        """One of the places there are for streams. Raises Refusal where all are taken."""
        if self._number >= STREAMS_MAX:
            raise Refusal(Why.BUSY, "too many follow already", "Ask again later.", int(QUIET_SECONDS))
        self._number += 1
        try:
            yield
        finally:
            self._number -= 1

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
        """How large the log is, and each run that begins, grows or ends from now on."""
        seen: Runs | None = None
        while True:
            now = (await self._library.watch.now()).runs
            yield "" if now is seen else self._changed(seen, now)
            seen = now
            await self._wait()

    def _changed(self, seen: Runs | None, now: Runs) -> str:
        """What is told of the runs there are now to who was told of those before: worked out once for all."""
        before, after, message = self._latest
        if before is not seen or after is not now:
            message = _runs_message(seen, now)
            self._latest = seen, now, message
        return message

    async def _lively(self, messages: AsyncIterator[str]) -> AsyncIterator[str]:
        began = sent = time.monotonic()
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


class _Sent(StreamingResponse):
    """A stream as an answer: it takes its place before anything of it is sent, and leaves it however it ends."""

    def __init__(self, streams: Streams, messages: AsyncIterator[str], **how: Any) -> None:
        super().__init__(messages, **how)
        self._streams = streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._streams.place():
            await super().__call__(scope, receive, send)


def _record(record: Record, at: str) -> str:
    told = {"position": record.position, "at": at, "type": record.type, "data": json.loads(record.payload)}
    return f"id: {record.position}\n{_message('record', told)}"


def _runs_message(seen: Runs | None, now: Runs) -> str:
    """Each run that began, grew or ended, and then how many there are, with how many events together."""
    known = set(now if seen is None else seen)
    changed = (_message("run", run_form(info)) for info in now if info not in known)
    return "".join(changed) + _message("runs", size_form(now))


def _message(event: str, data: Any) -> str:
    text = without_controls(json.dumps(data, ensure_ascii=True, separators=(", ", ": ")))
    return f"event: {event}\ndata: {text}\n\n"
