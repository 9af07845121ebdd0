"""Loops: where answers from the network are awaited, while the thread that wants them looks after other things."""

import asyncio
from collections.abc import Awaitable, Coroutine
from concurrent.futures import Future
from math import ceil
from threading import Thread
from typing import Any, TypeVar

LOOK_SECONDS = 0.1
"""How often it is asked whether to wait any longer."""

CLOSE_SECONDS = 2
"""How long a loop is waited for at its end. One that a call to the system holds up ends later, or with the program."""

T = TypeVar("T")


class Loop:
    """An event loop in a thread of its own. There may be another in this thread already, as in a notebook."""

    def __init__(self) -> None:
        self._loop = asyncio.SelectorEventLoop()  # not the one that Windows has by default: Dask cannot use that
        self._loop.set_exception_handler(lambda _loop, _context: None)  # of tasks that nobody here began
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def begin(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Begin with something there. To cancel the future is to give it up."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def close(self) -> None:
        """Give up all that is still going on, and end."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CLOSE_SECONDS)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.get_loop().run_forever()


async def within(seconds: float, awaited: Awaitable[T]) -> T:
    """What is awaited. Raises TimeoutError where it takes longer, and gives it up.

    The seconds are counted by looking again and again: where this process itself is paused, nobody else is late.
    """
    task = asyncio.ensure_future(awaited)
    try:
        for _ in range(ceil(seconds / LOOK_SECONDS)):
            if (await asyncio.wait([task], timeout=LOOK_SECONDS))[0]:
                return task.result()
    finally:
        task.cancel()
    raise TimeoutError
