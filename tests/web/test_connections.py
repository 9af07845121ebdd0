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
from tests.web.loop import run


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


def _visited(path: str, visit: Visit, held: int = 65_536) -> None:
    """Have a visitor at the port of an explorer, for whom the system holds so few bytes, and end it."""

    async def whole() -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, held)
            server = Serving(Watch(path, look(path)), None, (), listening)
            server.config.timeout_keep_alive = 0  # uvicorn counts from another moment, and is not to count
            serving = asyncio.create_task(server.serve([listening]))
            visitors = Visitors(listening.getsockname()[1])
            try:
                await asyncio.wait_for(visit(visitors), 20)
            finally:
                await visitors.leave()
                server.end()
                await serving

    run(whole())


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
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx",
    ],
)
def test_half_a_question(
    path: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    sent: bytes,
) -> None:
    """Ends the connection after a time, and nothing is said of it."""
    monkeypatch.setattr(connection, "ASKING_SECONDS", 0.2)

    async def visit(visitors: Visitors) -> None:
        reader = await visitors.connect(sent)
        assert b"200 OK" not in await reader.read()

    _visited(path, visit)
    assert (capfd.readouterr().err, caplog.text) == ("", "")


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


def _taken(port: int, number: int, after: float, pause: float = 0, *, closing: bool = True) -> int:
    """How many bytes of so many large answers come to who begins to read after some seconds, and pauses each time."""
    taken = 0
    with _narrow(port) as asking, suppress(ConnectionError):
        asking.sendall(_ask("page.js") * (number - 1) + _ask("page.js", closing=closing))
        time.sleep(after)
        while piece := asking.recv(50_000):
            taken += len(piece)
            time.sleep(pause)
    return taken


def _ask(name: str, *, closing: bool = False) -> bytes:
    """A question for a file of the page's, the last one or not."""
    after = "close" if closing else "keep-alive"
    return f"GET /assets/{name} HTTP/1.1\r\nHost: localhost\r\nConnection: {after}\r\n\r\n".encode()


def _narrow(port: int, held: int = 65_536) -> socket.socket:
    """A connection for which the system holds so few bytes."""
    asking = socket.socket()
    asking.settimeout(10)
    asking.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, held)
    asking.connect(("127.0.0.1", port))
    return asking


def test_an_answer_that_nobody_takes(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is given up after a time."""
    monkeypatch.setattr(connection, "TAKING_SECONDS", 0.5)
    found = asset("page.js")
    assert found is not None

    async def visit(visitors: Visitors) -> None:
        assert await asyncio.to_thread(_taken, visitors.port, 40, 0) > 40 * len(found.plain)
        assert await asyncio.to_thread(_taken, visitors.port, 40, 2) < 30 * len(found.plain)

    _visited(path, visit)


@pytest.mark.parametrize("closing", [False, True])
def test_an_answer_that_is_taken_slowly(path: str, monkeypatch: pytest.MonkeyPatch, closing: bool) -> None:
    """Comes whole, however long it takes, and whether or not another question may follow: that has its time then."""
    monkeypatch.setattr(connection, "ASKING_SECONDS", 0.1)
    monkeypatch.setattr(connection, "TAKING_SECONDS", 0.3)
    monkeypatch.setattr(connection, "TAKEN_LEAST", 1)
    found = asset("page.js")
    assert found is not None

    async def visit(visitors: Visitors) -> None:
        taken = await asyncio.to_thread(_taken, visitors.port, 1, 0, 0.05, closing=closing)
        assert taken > len(found.plain)

    _visited(path, visit)


@pytest.mark.parametrize("closing", [False, True])
@pytest.mark.parametrize(("name", "left"), [("page.css", 20_000), ("page.js", 30_000)])
def test_the_last_of_an_answer_that_nobody_takes(
    path: str, monkeypatch: pytest.MonkeyPatch, name: str, left: int, closing: bool
) -> None:
    """Is given up too, however little it is; until then, who is sent it does not give way to others."""
    monkeypatch.setattr(connection, "CONNECTIONS_MAX", 1)
    monkeypatch.setattr(connection, "TAKING_SECONDS", 0.3)
    found = asset(name)
    assert found is not None

    async def visit(visitors: Visitors) -> None:
        with _narrow(visitors.port, 2_048) as asking:
            asking.sendall(_ask(name, closing=closing))
            taken = 0
            while taken < len(found.plain) - left:
                taken += len(await asyncio.to_thread(asking.recv, 10_000))
            assert await _status(await visitors.connect(ASKED)) is None
            await asyncio.sleep(0.8)
            assert await _status(await visitors.connect(ASKED)) == 200

    _visited(path, visit, 4_096)


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
