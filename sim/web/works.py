"""Works: what takes time is done once, in a thread, however many ask for it, and kept as long as there is room."""

import asyncio
from asyncio import Future
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sim.web.refusal import Refusal, Why

_Value = TypeVar("_Value")

Key = tuple[Hashable, ...]

RETRY_SECONDS = 1


class Kept:
    """Values that were worked out, those asked for last; together they weigh no more than `room`, or are one.

    `given_way` is what those weigh together that gave way, since it was set to 0.
    """

    def __init__(self, room: int) -> None:
        self.given_way = 0
        self._room = room
        self._weight = 0
        self._values: OrderedDict[Key, tuple[Any, int]] = OrderedDict()

    def __contains__(self, key: Key) -> bool:
        return key in self._values

    def of(self, key: Key) -> Any:
        """A value that is kept. Raises KeyError where it is not."""
        value, _ = self._values[key]
        self._values.move_to_end(key)
        return value

    def keep(self, key: Key, value: Any, weight: int) -> None:
        """Keep a value; those that nobody asked for the longest give way to it."""
        self._values[key] = (value, weight)
        self._weight += weight
        while self._weight > self._room and len(self._values) > 1:
            _, (_, given_way) = self._values.popitem(last=False)
            self._weight -= given_way
            self.given_way += given_way


class Works:
    """Works things out in `threads` threads, at most `most` at a time and waiting; all of it from one event loop."""

    def __init__(self, name: str, threads: int, most: int, room: int, weigh: Callable[[Any], int]) -> None:
        self.kept = Kept(room)
        self._pool = ThreadPoolExecutor(threads, name)
        self._most = most
        self._weigh = weigh
        self._flying: dict[Key, Future[Any]] = {}

    async def done(self, key: Key, call: Callable[[], _Value], patience: float, what: str) -> _Value:
        """What `call` gives, or gave when it was last asked for under this key.

        Raises Refusal where too much is at work, or where it takes longer than `patience` seconds: it goes on, and who
        asks again has it then. `what` says what is being done.
        """
        if key in self.kept:
            found: _Value = self.kept.of(key)
            return found
        flying = self._flying.get(key) or self._begin(key, call)
        try:
            return await asyncio.wait_for(asyncio.shield(flying), patience)
        except TimeoutError:
            raise Refusal(Why.READING, f"{what}: this takes a moment", "Ask again.", RETRY_SECONDS) from None

    def end(self) -> None:
        """Begin nothing more; what is at work ends by itself, and nobody waits for it."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _begin(self, key: Key, call: Callable[[], _Value]) -> "Future[_Value]":
        if len(self._flying) >= self._most:
            raise Refusal(Why.BUSY, "too much is being worked out at once", "Ask again.", RETRY_SECONDS)
        flying = asyncio.get_running_loop().run_in_executor(self._pool, call)
        self._flying[key] = flying
        flying.add_done_callback(lambda future: self._ended(key, future))
        return flying

    def _ended(self, key: Key, future: "Future[Any]") -> None:
        del self._flying[key]
        if not future.cancelled() and future.exception() is None:
            value = future.result()
            self.kept.keep(key, value, self._weigh(value))
