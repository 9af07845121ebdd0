"""The explorer over a long run: how long one reader waits for each view, and fifty at once who ask for anything."""

import http.client
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Barrier, Event

from sim.engine import simulate
from sim.eventlog import open_log
from sim.ledger import Book
from tests.bench.log import posted
from tests.bench.timing import ROOT
from tests.bench.workload import START, shuttle_of

READERS, QUESTIONS = 50, 20

Ask = Callable[[random.Random], str]

PAGES: dict[str, Ask] = {
    "page": lambda draw: "/runs/last/snapshot",
    "runs": lambda draw: "/runs.json",
    "run": lambda draw: "/runs/last.json",
    "snapshot": lambda draw: f"/runs/last/snapshot.json?at={_day(draw)}",
    "place": lambda draw: f"/runs/last/snapshot.json?at={_day(draw)}&place=away&by=place",
    "timeline": lambda draw: f"/runs/last/timeline.json?since={_day(draw)}",
    "units": lambda draw: f"/runs/last/units.json?search={draw.randrange(1000)}",
    "claims": lambda draw: "/runs/last/claims.json",
}
"""What readers ask for, again and again, at other times and of other units."""

STUDIES: dict[str, Ask] = {
    "explain": lambda draw: f"/runs/last/explain.json?at={_day(draw)}&unit=u{draw.randrange(1000):07}",
    "history": lambda draw: f"/runs/last/timeline.json?unit=u{draw.randrange(1000):07}",
    "there": lambda draw: f"/runs/last/timeline.json?place=away&page={draw.randrange(1, 1000)}",
    "diff": lambda draw: f"/runs/last/diff.json?from=D%2B{draw.randrange(100)}&to=D%2B{draw.randrange(200, 300)}",
    "series": lambda draw: f"/runs/last/series.json?points={draw.randrange(100, 300)}",
}
"""What asks about much of the run."""

HARD: dict[str, Ask] = {
    "by unit": lambda draw: f"/runs/last/series.json?by=unit&size=100&points={draw.randrange(100, 300)}",
    "changes": lambda draw: f"/runs/last/diff.json?by=unit&from=D%2B{draw.randrange(100)}&to=D%2B300",
}
"""What walks through it each time."""

_DAYS = 30


def serve(size: int) -> str:
    """A run of about so many events in SQLite, served by a process of its own."""
    with _served(size) as (port, process):
        reader = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        draw = random.Random(1)
        first = _waited(reader, PAGES["snapshot"](draw))
        ready = _until_read(reader)
        lines = [f"{size:,} events; first snapshot {first * 1000:.0f} ms; all of the run read after {ready:.1f} s"]
        for name, ask in {**PAGES, **STUDIES}.items():
            lines.append(f"{name:9} {_told([_waited(reader, ask(draw)) for _ in range(21)])}")
        lines += [f"{name:9} {_told([_waited(reader, ask(draw)) for _ in range(5)])}" for name, ask in HARD.items()]
        lines += [_many(port), _beside(port, reader, draw)]
        lines.append(f"memory    {_peak(process)} MiB")
    return f"\n{'':14}".join(lines)


def _many(port: int) -> str:
    barrier = Barrier(READERS)
    began = time.perf_counter()
    with ThreadPoolExecutor(READERS) as pool:
        times = [took for took_by in pool.map(partial(_read, port, barrier), range(READERS)) for took in took_by]
    rate = len(times) / (time.perf_counter() - began)
    return f"{READERS} readers at once, each of another {QUESTIONS} pages: {_told(times)}; {rate:,.0f} a second"


def _beside(port: int, reader: http.client.HTTPConnection, draw: random.Random) -> str:
    """How long the pages take while others keep asking what takes longest."""
    ended = Event()

    def ask(seed: int) -> None:
        asking, drawn = http.client.HTTPConnection("127.0.0.1", port, timeout=60), random.Random(seed)
        while not ended.is_set():
            asking.request("GET", drawn.choice([*HARD.values()])(drawn))
            asking.getresponse().read()
        asking.close()

    with ThreadPoolExecutor(7) as pool:
        asking = [pool.submit(ask, seed) for seed in range(7)]
        time.sleep(1)
        times = [_waited(reader, draw.choice([*PAGES.values()])(draw)) for _ in range(200)]
        ended.set()
    assert not [each.exception() for each in asking if each.exception()]
    return f"a page while seven keep asking the two above: {_told(times)}"


def _read(port: int, barrier: Barrier, seed: int) -> list[float]:
    """A reader who asks as soon as there is an answer."""
    reader, draw = http.client.HTTPConnection("127.0.0.1", port, timeout=60), random.Random(100 + seed)
    asked = [draw.choice(list(PAGES.values()))(draw) for _ in range(QUESTIONS)]
    barrier.wait()
    times = [_waited(reader, address) for address in asked]
    reader.close()
    return times


def _waited(reader: http.client.HTTPConnection, address: str) -> float:
    """How many seconds an answer takes, asked for again where it says that it takes a moment."""
    began = time.perf_counter()
    while True:
        reader.request("GET", address)
        answer = reader.getresponse()
        answer.read()
        if answer.status == 200:
            return time.perf_counter() - began
        assert answer.status == 503, (address, answer.status)
        time.sleep(0.05)


def _until_read(reader: http.client.HTTPConnection) -> float:
    began = time.perf_counter()
    for address in ("/runs/last/units.json", "/runs/last/timeline.json"):
        _waited(reader, address)
    return time.perf_counter() - began


def _told(times: Sequence[float]) -> str:
    ordered = sorted(times)
    late = ordered[int(len(ordered) * 0.95)]
    middle, late, last = (seconds * 1000 for seconds in (median(ordered), late, ordered[-1]))
    return f"median {middle:.1f} ms, 95% within {late:.1f} ms, all within {last:.1f} ms"


def _day(draw: random.Random) -> str:
    return f"{START.year}-01-{draw.randrange(1, _DAYS):02}T{draw.randrange(24):02}:{draw.randrange(60):02}Z"


def _peak(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))


@contextmanager
def _served(size: int) -> Iterator[tuple[int, int]]:
    """The port and the process of an explorer over a run of about so many events."""
    with TemporaryDirectory() as folder:
        path, book = str(Path(folder) / "long.sqlite"), Book()
        open_log(path).record(posted(book, simulate(shuttle_of(size))), book)
        command = [sys.executable, "-m", "sim", "serve", path, "--port", "0"]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert process.stderr is not None
                address = process.stderr.readline().split()[3]
                yield int(address.rstrip("/").rpartition(":")[2]), process.pid
            finally:
                process.terminate()
