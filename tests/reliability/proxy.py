"""The proxy: a network between a program and a server, that can fail."""

import select
import socket
from threading import Thread

_CHUNK_BYTES = 1 << 14


class Proxy:
    """Passes bytes between those who connect to `port` on this machine and a server's socket.

    After `bytes_max` bytes from a client, that client's connection is cut without a word; where it is 0, nothing is
    ever passed on, and the client waits in vain. `passed` counts the bytes that clients sent.
    """

    def __init__(self, server: str, bytes_max: int | None = None) -> None:
        self.passed = 0
        self._server = server
        self._bytes_max = bytes_max
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = Thread(target=self._serve)
        self._waiting: list[socket.socket] = []

    def __enter__(self) -> "Proxy":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()
        for client in self._waiting:
            client.close()

    def _serve(self) -> None:
        """One connection after another, until the listener is shut down."""
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._bytes_max == 0:
                self._waiting.append(client)
                continue
            with client, socket.socket(socket.AF_UNIX) as server:
                server.connect(self._server)
                self._pass(client, server)

    def _pass(self, client: socket.socket, server: socket.socket) -> None:
        """Pass bytes both ways until one side ends, or the client has sent as many as it may."""
        left = self._bytes_max
        other = {client: server, server: client}
        while left != 0:
            ready, _, _ = select.select(other, [], [])
            for source in ready:
                data = source.recv(_CHUNK_BYTES)
                if source is client:
                    data = data[:left]
                    self.passed += len(data)
                    left = None if left is None else left - len(data)
                if not data:
                    return
                other[source].sendall(data)
