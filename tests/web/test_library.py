"""Runs that give way to others are let go of, and what takes long holds up nothing else."""

import gc
import threading
import weakref
from typing import Any

import pytest

from sim.ledger import Book
from sim.web import library, series_view
from sim.web.library import Chosen, Library
from sim.web.question import Question
from sim.web.refusal import Refusal, Why
from sim.web.told import Told
from sim.web.views import VIEWS
from sim.web.watch import Watch, look
from tests.web.loop import run

NOTHING = Question({})


def test_runs_that_gave_way(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often they are read again, there are as many as there is room for, and a few on their way out."""
    monkeypatch.setattr(library, "EVENTS_ROOM", 1)
    monkeypatch.setattr(library, "ANSWERS_ROOM", 1)
    monkeypatch.setattr(library, "GIVEN_WAY_MAX", 2_500)
    books: list[weakref.ref[Book]] = []
    read = library._read

    def reading(chosen: Chosen) -> Told:
        told = read(chosen)
        books.append(weakref.ref(told.book))
        return told

    monkeypatch.setattr(library, "_read", reading)

    async def ask() -> None:
        asked = Library(Watch(path, look(path)))
        for _ in range(6):
            for info in look(path).runs:
                await asked.answer(await asked.chosen(info.run), VIEWS["units"], NOTHING)
        asked.end()

    try:
        run(ask())
        assert len(books) == 18
        assert sum(book() is not None for book in books) <= 5
    finally:
        gc.unfreeze()


def test_what_takes_long(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While as many series are worked out as there may be, other views answer, and one more series is refused."""
    monkeypatch.setattr(library, "PATIENCE", 0.2)
    go_on = threading.Event()
    times = series_view._times

    def waiting(*words: Any) -> Any:
        go_on.wait(20)
        return times(*words)

    monkeypatch.setattr(series_view, "_times", waiting)

    async def ask() -> None:
        asked = Library(Watch(path, look(path)))
        chosen = await asked.chosen("last")
        for view in ("timeline", "claims", "units"):
            await asked.answer(chosen, VIEWS[view], NOTHING)
        whys = []
        for number in range(1, 11):
            with pytest.raises(Refusal) as caught:
                await asked.answer(chosen, VIEWS["series"], Question({"points": (str(number),)}))
            whys.append(caught.value.why)
        assert whys == [Why.READING] * 8 + [Why.BUSY] * 2
        for size in range(1, 30):
            assert await asked.answer(chosen, VIEWS["units"], Question({"size": (str(size),)}))
        go_on.set()
        asked.end()

    run(ask())
