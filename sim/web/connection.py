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
"""How long a question may take to arrive whole, from when a connection is there, or from the answer before it."""

TAKING_SECONDS, TAKEN_LEAST = 30.0, 30_000
"""Who is sent more than the system holds for them takes at least so many bytes of it in so many seconds."""


class Connection(H11Protocol):
    """A connection that ends where nothing is asked, or what is answered is not taken.

    Where there are too many, the one that has waited the longest for a question gives way to a new one; where none
    waits, the new one is not let in.
    """

    _waits: asyncio.TimerHandle | None = None
    _takes: asyncio.TimerHandle | None = None
    _left = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS_MAX:
            self._make_room()
        self._look()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._expect()

    def resume_writing(self) -> None:
        super().resume_writing()
        _stop(self._takes)

    def connection_lost(self, exc: Exception | None) -> None:
        self._settle()
        super().connection_lost(exc)

    def _look(self) -> None:
        """Begin to wait for a question, or go on, or stop, by how much of one is there."""
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            _stop(self._waits)
            self._waits = None
        elif self._waits is None and not self.transport.is_closing():
            self._waits = self.loop.call_later(ASKING_SECONDS, self._give_up)

    def _expect(self) -> None:
        """Begin to wait for some of what is there to be taken."""
        self._left = self.transport.get_write_buffer_size()
        self._takes = self.loop.call_later(TAKING_SECONDS, self._look_again)

    def _look_again(self) -> None:
        if self._left - self.transport.get_write_buffer_size() < TAKEN_LEAST:
            self._give_up()
        else:
            self._expect()

    def _make_room(self) -> None:
        others = (each for each in self.connections if isinstance(each, Connection))
        waiting = ((each._waits.when(), each) for each in others if each._waits is not None)
        _, given_way = min(waiting, key=itemgetter(0), default=(0.0, self))
        self.connections.discard(given_way)
        given_way._give_up()

    def _give_up(self) -> None:
        self._settle()
        self.transport.abort()

    def _settle(self) -> None:
        """Wait for nothing more."""
        _stop(self._waits)
        _stop(self._takes)
        self._waits = None


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
