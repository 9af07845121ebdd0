"""What takes time is done once, kept as long as there is room, and not waited for without end."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from sim.web.refusal import Refusal, Why
from sim.web.works import Kept, Works
from tests.web.loop import run


def _run(test: Callable[[Works], Coroutine[Any, Any, None]]) -> None:
    async def whole() -> None:
        works = Works("test", 2, 3, 10, len)
        try:
            await test(works)
        finally:
            works.end()

    run(whole())


def test_once_for_all_who_ask() -> None:
    """Fifty who ask at the same time, and one who asks later, have it from one call."""
    calls = []

    def call() -> str:
        time.sleep(0.05)
        calls.append(1)
        return "done"

    async def ask(works: Works) -> None:
        found = await asyncio.gather(*(works.done(("key",), call, 5, "it") for _ in range(50)))
        assert [*found, await works.done(("key",), call, 5, "it")] == ["done"] * 51

    _run(ask)
    assert len(calls) == 1


def test_who_does_not_wait() -> None:
    """Is told to ask again, and then has it."""

    def call() -> str:
        time.sleep(0.1)
        return "late"

    async def ask(works: Works) -> None:
        with pytest.raises(Refusal) as caught:
            await works.done(("key",), call, 0.01, "it")
        assert (caught.value.why, caught.value.retry) == (Why.READING, 1)
        assert await works.done(("key",), call, 5, "it") == "late"

    _run(ask)


def test_too_many_at_work() -> None:
    """The fourth of three is refused; when they are done, it is not."""

    def call() -> str:
        time.sleep(0.05)
        return ""

    async def ask(works: Works) -> None:
        three = [asyncio.create_task(works.done((key,), call, 5, "it")) for key in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(Refusal) as caught:
            await works.done((3,), call, 5, "it")
        assert caught.value.why is Why.BUSY
        await asyncio.gather(*three)
        assert await works.done((3,), call, 5, "it") == ""

    _run(ask)


def test_what_fails_is_tried_again() -> None:
    """Its error reaches who asked, and is not kept."""
    asked = []

    def call() -> str:
        asked.append(1)
        if len(asked) == 1:
            raise ValueError("no")
        return "yes"

    async def ask(works: Works) -> None:
        with pytest.raises(ValueError, match="no"):
            await works.done(("key",), call, 5, "it")
        assert await works.done(("key",), call, 5, "it") == "yes"

    _run(ask)


def test_what_gives_way() -> None:
    """What was asked for the longest ago; one that is too large for the room is kept alone."""
    kept = Kept(10)
    for key, weight in (("a", 4), ("b", 4)):
        kept.keep((key,), key, weight)
    assert kept.of(("a",)) == "a"
    kept.keep(("c",), "c", 4)
    assert [(key,) in kept for key in "abc"] == [True, False, True]
    kept.keep(("d",), "d", 99)
    assert [(key,) in kept for key in "acd"] == [False, False, True]
    kept.keep(("e",), "e", 1)
    assert [(key,) in kept for key in "de"] == [False, True]
