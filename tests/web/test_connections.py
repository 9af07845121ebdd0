"""Who connects and does not ask, or does not take what is answered, keeps nobody else out."""

import asyncio
import socket
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from sim.web import connection, stream
from sim.web.asset import asset
from sim.web.server import Serving
from sim.web.watch import Watch, look


class Visitors:
    """Who connects to an explorer."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._open: list[asyncio.StreamWriter] = []

    async def connect(self, sent: bytes) -> asyncio.StreamReader:
        """A connection on which this is sent at once."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(sent)
        self._open.append(writer)
        return reader

    async def leave(self) -> None:
        """Close all connections."""
        for writer in self._open:
            writer.transport.abort()
        self._open.clear()
        await asyncio.sleep(0)


Visit = Callable[[Visitors], Awaitable[None]]

ASKED = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"


def _visited(path: str, visit: Visit) -> None:
    """Have a visitor at the port of an explorer, and end it."""

    async def whole() -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)  # what the system holds for a visitor
            server = Serving(Watch(path, look(path)), None, (), listening)
            serving = asyncio.create_task(server.serve([listening]))
            visitors = Visitors(listening.getsockname()[1])
            try:
                await asyncio.wait_for(visit(visitors), 20)
            finally:
                await visitors.leave()
                server.end()
                await serving

    asyncio.run(whole())


async def _status(reader: asyncio.StreamReader) -> int | None:
    """The status of an answer; None for a connection that ended without one."""
    try:
        line = await reader.readline()
    except ConnectionError:
        return None
    return int(line.split()[1]) if line else None


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTT",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n",
        b"POST /login HTTP/1.1\r\nContent-Length: 9\r\n\r\nx",
    ],
)
def test_half_a_question(
    path: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], sent: bytes
) -> None:
    """Ends the connection after a time, and nothing is said of it."""
    monkeypatch.setattr(connection, "ASKING_SECONDS", 0.2)

    async def visit(visitors: Visitors) -> None:
        reader = await visitors.connect(sent)
        assert b"200 OK" not in await reader.read()

    _visited(path, visit)
    assert capfd.readouterr().err == ""


def test_a_question_in_pieces(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is answered where all of it comes in time, however long the answer takes; a second one has its own time."""
    monkeypatch.setattr(connection, "ASKING_SECONDS", 0.6)

    async def visit(visitors: Visitors) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", visitors.port)
        for _ in range(2):
            for piece in (ASKED[:9], ASKED[9:]):
                writer.write(piece)
                await asyncio.sleep(0.2)
            head = await reader.readuntil(b"\r\n\r\n")
            size = int(head.lower().partition(b"content-length: ")[2].split()[0])
            assert len(await reader.readexactly(size)) == size
        assert await reader.read() == b""
        writer.close()
        following = await visitors.connect(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert await _status(following) == 200
        await asyncio.sleep(0.8)
        assert not following.at_eof()

    _visited(path, visit)


def test_more_than_there_is_room_for(
    path: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Those who have waited the longest with no question give way to one who asks, and nothing is said of it."""
    monkeypatch.setattr(connection, "CONNECTIONS_MAX", 4)

    async def visit(visitors: Visitors) -> None:
        idle = [await visitors.connect(b"GET / HTTP/1.1\r\n") for _ in range(20)]
        assert await _status(await visitors.connect(ASKED)) == 200
        ended = [await asyncio.wait_for(reader.read(), 5) for reader in idle[:-4]]
        assert ended == [b""] * 16

    _visited(path, visit)
    assert capfd.readouterr().err == ""


def test_where_all_are_at_work(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody who is being answered gives way: who is new is not let in."""
    monkeypatch.setattr(connection, "CONNECTIONS_MAX", 2)

    async def visit(visitors: Visitors) -> None:
        ask = b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"
        following = [await visitors.connect(ask) for _ in range(2)]
        assert [await _status(reader) for reader in following] == [200, 200]
        assert await _status(await visitors.connect(ask)) is None
        assert not any(reader.at_eof() for reader in following)

    _visited(path, visit)


def _taken(port: int, number: int, after: float, pause: float = 0) -> int:
    """How many bytes of so many large answers come to who begins to read after some seconds, and pauses each time."""
    taken = 0
    with socket.create_connection(("127.0.0.1", port), timeout=10) as asking, suppress(ConnectionError):
        asking.sendall(b"GET /assets/page.js HTTP/1.1\r\nHost: localhost\r\n\r\n" * (number - 1))
        asking.sendall(b"GET /assets/page.js HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        time.sleep(after)
        while piece := asking.recv(50_000):
            taken += len(piece)
            time.sleep(pause)
    return taken


def test_an_answer_that_nobody_takes(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is given up after a time."""
    monkeypatch.setattr(connection, "TAKING_SECONDS", 0.5)
    found = asset("page.js")
    assert found is not None

    async def visit(visitors: Visitors) -> None:
        assert await asyncio.to_thread(_taken, visitors.port, 40, 0) > 40 * len(found.plain)
        assert await asyncio.to_thread(_taken, visitors.port, 40, 2) < 30 * len(found.plain)

    _visited(path, visit)


def test_an_answer_that_is_taken_slowly(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comes whole, however long it takes."""
    monkeypatch.setattr(connection, "TAKING_SECONDS", 0.3)
    monkeypatch.setattr(connection, "TAKEN_LEAST", 1)
    found = asset("page.js")
    assert found is not None

    async def visit(visitors: Visitors) -> None:
        assert await asyncio.to_thread(_taken, visitors.port, 3, 0, 0.05) > 3 * len(found.plain)

    _visited(path, visit)


def test_how_many_follow(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many and no more, however they come at once; who leaves makes room."""
    monkeypatch.setattr(stream, "STREAMS_MAX", 5)
    monkeypatch.setattr(stream, "LOOK_SECONDS", 0.05)
    ask = b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"

    async def visit(visitors: Visitors) -> None:
        readers = await asyncio.gather(*(visitors.connect(ask) for _ in range(12)))
        found = Counter(await asyncio.gather(*map(_status, readers)))
        assert found == {200: 5, 503: 7}
        await visitors.leave()
        await asyncio.sleep(0.5)
        assert await _status(await visitors.connect(ask)) == 200

    _visited(path, visit)
