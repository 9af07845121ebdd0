"""The library: runs of the log, read when they are first asked about, and answers about them."""

import gc
from shlex import join
from typing import Any

from attrs import frozen

from sim.atlas.album import album
from sim.atlas.form import album_form
from sim.atlas.limit import limited
from sim.atlas.page import json_block, page
from sim.domain.asked import known_minute, minute_of
from sim.domain.known import knowledge, known
from sim.errors import LogError, SimError, UsageError
from sim.eventlog import EventLog, Outcome, Record, RunInfo
from sim.eventlog.log import Written
from sim.posture import Book
from sim.report.answer import Answer, times_or_end
from sim.report.json_form import json_text
from sim.report.unknown import as_known
from sim.runs import Kept, play
from sim.web.question import Question
from sim.web.refusal import Refusal, Why, refused
from sim.web.snapshot_view import SNAPSHOT, needs_no_book, snapshots_told
from sim.web.told import Told
from sim.web.view import Asked, Needs, View
from sim.web.watch import Watch
from sim.web.works import Works

PATIENCE = 2.0
"""After how many seconds an answer that is not there yet is said to take a moment."""

PATIENCE_WITH_EVENTS = 30.0

EVENTS_ROOM = 4_000_000
"""How many events the runs that are held have together at most."""

ANSWERS_ROOM = 64_000_000
"""How many bytes the answers that are held have together at most."""

WHOLE_MAX = 50_000
"""How many events a run may have at most to be played out again, or told as one album."""

STUDIES_ROOM = 16_000_000
"""The same of those that may have taken long."""

GIVEN_WAY_MAX = EVENTS_ROOM // 4
"""How many events the runs have together at most that gave way to others and are not let go of yet."""

_THREADS, _AT_WORK, _BUILDS, _STUDIES = 4, 68, 8, 8

_LEAST_WEIGHT = 1_000

_PART_BYTES = 1_000


@frozen
class Chosen:
    """A finished run that is asked about, as the log has it."""

    log: EventLog
    info: RunInfo

    @property
    def kept(self) -> Kept:
        return Kept(self.log.url, Written(self.info.run, Outcome.VERIFIED, self.info.count, self.info.head))

    @property
    def where(self) -> list[str]:
        """The words of a command line that name it."""
        return [self.log.url, "--run", self.info.run]


class Library:
    """Answers questions about the runs of a log, each once; whatever takes time is done in threads."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self._builds = Works("build", 1, _BUILDS, EVENTS_ROOM, _weight)
        self._answers = Works("answer", _THREADS, _AT_WORK, ANSWERS_ROOM, _size)
        self._studies = Works("study", 1, _STUDIES, STUDIES_ROOM, _size)

    async def chosen(self, word: str) -> Chosen:
        """The finished run that a word of an address means. Raises Refusal where there is none."""
        held = await self.watch.now()
        info = held.run(word)
        if not info.finished:
            raise Refusal(
                Why.UNFINISHED,
                f"the run {info.run} is unfinished: {info.count:,} records are written so far",
                f"Follow it at /runs/{info.run}/events, or complete it: run the same scenario again with the same log.",
            )
        return Chosen(self.watch.log, info)

    async def answer(self, chosen: Chosen, view: View, question: Question) -> bytes:
        """What a view says to a question. Raises Refusal where it says nothing."""
        key = (chosen.info.run, chosen.info.head, view.name, question.key)
        works = self._studies if Needs.STUDY in view.needs else self._answers
        if key in works.kept:
            found: bytes = works.kept.of(key)
            return found
        call = await self._call(chosen, view, question)
        return await works.done(key, call, PATIENCE, f"the {view.name} of the run {chosen.info.run}")

    async def opened(self, info: RunInfo) -> Book | None:
        """A book that has how a run was opened, finished or not; None where not even that is written yet."""
        if not info.count:
            return None

        def read() -> tuple[Book]:
            book = Book()
            book.post(self.watch.log.opened(info.run))
            return (book,)

        found: tuple[Book] = await self._answers.done(("opened", info.run), lambda: _of_log(read), PATIENCE, "the log")
        return found[0]

    async def tail(self, info: RunInfo, first: int, most: int) -> list[Record]:
        """At most so many records of a run, finished or not, from the position `first`."""

        def read() -> list[Record]:
            return self.watch.log.tail(info.run, first, most)

        key = ("tail", info.run, first, most)
        found: list[Record] = await self._answers.done(key, lambda: _of_log(read), PATIENCE_WITH_EVENTS, "the log")
        return found

    async def album(self, chosen: Chosen) -> list[bytes]:
        """The album of a run: its JSON with the first picture alone, and then that of each of its pictures."""
        found: list[bytes] = await self._whole(chosen, "album", _album)
        return found

    async def report(self, chosen: Chosen) -> bytes:
        """The page that `report` writes of a run."""
        found: bytes = await self._whole(chosen, "report", _report)
        return found

    def end(self) -> None:
        """Begin nothing more."""
        for each in (self._builds, self._answers, self._studies):
            each.end()
        self.watch.end()

    async def _call(self, chosen: Chosen, view: View, question: Question) -> Any:
        """What works an answer out, in a thread, with all that it takes at hand."""
        unread = view is SNAPSHOT and needs_no_book(question) and self._run_key(chosen) not in self._builds.kept
        if unread and await self._has_balances(chosen):
            return lambda: _looked_up(chosen, question)
        told = await self._told(chosen, question.one("as_known"))
        other = None
        if Needs.OTHER in view.needs and question.has("with"):
            other = await self._told(await self.chosen(question.one("with") or ""), None)
        if Needs.TIMELINE in view.needs:
            # by what is held, and not by the run: it may have been read again since
            await self._build(("timeline", id(told)), lambda: _with_timeline(told), chosen)
        return lambda: _answered(view, Asked(question, told, other))

    async def _has_balances(self, chosen: Chosen) -> bool:
        def ask() -> bytes:
            return b"yes" if next(iter(chosen.log.balances(chosen.info.run)), None) is not None else b""

        key = ("balances", chosen.info.run, chosen.info.head)
        return bool(await self._answers.done(key, lambda: _of_log(ask), PATIENCE, "the log"))

    async def _told(self, chosen: Chosen, time: str | None) -> Told:
        """What is held of a run: of all of it, or of what was known by a time."""
        whole: Told = await self._build(self._run_key(chosen), lambda: _read(chosen), chosen)
        if time is None:
            return whole
        _check_size(chosen, "as known at some time")
        scenario = whole.book.scenario
        try:
            minute = known_minute(scenario.calendar, scenario.end, time, "as_known")
        except UsageError as error:
            raise refused(error) from error
        told: Told = await self._build(("known", *self._run_key(chosen), minute), lambda: _known(whole, minute), chosen)
        return told

    async def _whole(self, chosen: Chosen, what: str, make: Any) -> Any:
        _check_size(chosen, "as one page")
        told = await self._told(chosen, None)
        return await self._build((what, *self._run_key(chosen)), lambda: make(told, chosen.where), chosen)

    def _run_key(self, chosen: Chosen) -> tuple[str, str]:
        return chosen.info.run, chosen.info.head

    async def _build(self, key: Any, call: Any, chosen: Chosen) -> Any:
        what = f"the run {chosen.info.run} of {chosen.info.count:,} events is being read"
        return await self._builds.done(key, lambda: self._with_room(call), PATIENCE, what)

    def _with_room(self, call: Any) -> Any:
        """What reads the log gives, once the runs that gave way are let go of.

        The collector passes over what a run is made of, so that it is let go of here alone. That takes a moment, and is
        not done for every small run.
        """
        if self._builds.kept.given_way > GIVEN_WAY_MAX:
            self._builds.kept.given_way = 0
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        return _of_log(call)


def _size(value: Any) -> int:
    """About how many bytes an answer takes."""
    return len(value) if isinstance(value, bytes) else _PART_BYTES * len(value)


def _weight(value: Any) -> int:
    """What holding something costs, in events of a run."""
    if isinstance(value, Told):
        return max(_LEAST_WEIGHT, value.weight)
    size = len(value) if isinstance(value, bytes) else sum(map(len, value))
    return max(_LEAST_WEIGHT, size // 100)


def _of_log(call: Any) -> Any:
    """What reads the log gives. Raises Refusal where the log cannot be read, or does not verify."""
    try:
        return call()
    except SimError as error:
        raise refused(error, Why.BAD_LOG) from error


def _read(chosen: Chosen) -> Told:
    """A run, read back and held. What it is made of lives as long as the program: the collector passes it over."""
    book, written = chosen.log.replay(chosen.info.run)
    if (written.count, written.head) != (chosen.info.count, chosen.info.head):
        raise LogError(f"{chosen.log.url}: the run {chosen.info.run} is no longer what it was")
    answer = Answer(book, times_or_end(book.opened.snapshots, book.opened.end), chosen.kept)
    told = Told(answer).prepare()
    gc.freeze()
    return told


def _known(whole: Told, minute: int) -> Told:
    """What had been published of a run by a minute, played out anew."""
    scenario, seed = whole.book.scenario, whole.book.opened.seed
    book = play(known(scenario, minute), seed)
    times = times_or_end(scenario.snapshots, scenario.end)
    return Told(Answer(book, times, None, None, knowledge(scenario, minute), scenario)).prepare()


def _with_timeline(told: Told) -> Told:
    told.prepare_timeline()
    gc.freeze()
    return told


def _looked_up(chosen: Chosen, question: Question) -> bytes:
    """Snapshots by the trial balances that are stored beside a run."""

    def look() -> bytes:
        opened = chosen.log.opened(chosen.info.run)
        try:
            asked = (minute_of(opened.calendar, opened.end, text, "at") for text in question.all("at"))
            times = times_or_end(tuple(asked), opened.end)
        except UsageError as error:
            raise refused(error) from error
        book, taken, _ = chosen.log.snapshots(times, chosen.info.run)
        answer = Answer(book, times, chosen.kept, taken)
        try:
            return _text(snapshots_told(question, answer, taken))
        except UsageError as error:
            raise refused(error) from error

    found: bytes = _of_log(look)
    return found


def _answered(view: View, asked: Asked) -> bytes:
    try:
        with as_known(asked.told.answer, "as_known"):
            return _text(view.answer(asked))
    except SimError as error:
        raise refused(error) from error


def _album(told: Told, where: list[str]) -> list[bytes]:
    form = limited(album_form(album(told.answer, where), join(["python", "-m", "sim", "report", *where])))
    first = {**form, "pictures": form["pictures"][:1]}
    return [json_block(each).encode("utf-8", "backslashreplace") for each in (first, *form["pictures"])]


def _report(told: Told, where: list[str]) -> bytes:
    return page(told.answer, join(["python", "-m", "sim", "report", *where]), where)


def _check_size(chosen: Chosen, what: str) -> None:
    if chosen.info.count > WHOLE_MAX:
        raise Refusal(
            Why.TOO_LARGE,
            f"the run has {chosen.info.count:,} events, and up to {WHOLE_MAX:,} can be told {what}",
            "Ask the other views, or ask on the command line.",
        )


def _text(form: Any) -> bytes:
    return json_text(form).encode("utf-8", "backslashreplace")
