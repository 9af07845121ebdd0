"""Connections: who is connected has so long to ask and to take an answer, and there is room for so many."""

import asyncio
from operator import itemgetter

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

CONNECTIONS_MAX = 200
"""How many connections there are at once. Some systems let a program have no more than 256 files open."""

BACKLOG = 32
"""How many connections are taken in one turn of the loop, before any of them is looked at."""

ASKING_SECONDS = 10.0
"""How long a question may take to arrive whole, from when a connection is there, or the answer before it was taken."""

TAKING_SECONDS, TAKEN_LEAST = 30.0, 30_000
"""Who is sent more than the system holds for them takes so many bytes of it, or all, in so many seconds."""


class Connection(H11Protocol):
    """A connection that ends where nothing is asked, or what is answered is not taken.

    It waits for one thing at a time. While some of an answer is left, also once the connection is to close, it waits
    for that to be taken: where it is not, the rest is thrown away. Once all is taken it waits for the next question:
    where none comes, the connection is closed. While an answer is worked out it waits for nothing.

    Where there are too many, the one that has waited the longest for a question gives way to a new one; where none
    waits, the new one is not let in.
    """

    _asks: asyncio.TimerHandle | None = None
    _takes: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        super().connection_made(transport)
        transport.set_write_buffer_limits(0)  # so writing is paused while anything is left to be taken
        if len(self.connections) > CONNECTIONS_MAX:
            self._make_room()
        self._look()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing: uvicorn counts from when an answer was written, and not from when it was taken."""

    def pause_writing(self) -> None:
        super().pause_writing()
        self._expect()
        self._look()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._takes = _stop(self._takes)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        self._asks, self._takes = _stop(self._asks), _stop(self._takes)
        super().connection_lost(exc)

    def _look(self) -> None:
        """Begin to wait for a question, or go on, or stop, by how much of one is there and whether all is taken."""
        asked = self.conn.their_state not in (h11.IDLE, h11.SEND_BODY)
        if asked or self._takes is not None or self.transport.is_closing():
            self._asks = _stop(self._asks)
        elif self._asks is None:
            self._asks = self.loop.call_later(ASKING_SECONDS, self.transport.close)

    def _expect(self) -> None:
        """Begin to wait for some of what is there to be taken."""
        left = self.transport.get_write_buffer_size()
        self._takes = self.loop.call_later(TAKING_SECONDS, self._look_again, left)

    def _look_again(self, left: int) -> None:
        """Wait for more to be taken where enough was of what had been left."""
        if left - self.transport.get_write_buffer_size() < TAKEN_LEAST:
            self.transport.abort()
        else:
            self._expect()

    def _make_room(self) -> None:
        others = (each for each in self.connections if isinstance(each, Connection))
        waiting = ((each._asks.when(), each) for each in others if each._asks is not None)
        _, given_way = min(waiting, key=itemgetter(0), default=(0.0, self))
        self.connections.discard(given_way)
        given_way.transport.close()


def _stop(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """Stop a timer; there is none then."""
    if timer is not None:
        timer.cancel()
    return None
