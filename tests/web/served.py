"""Explorers as their users start them: processes of their own."""

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from attrs import frozen

from tests.cli.conftest import ROOT


@frozen
class Served:
    """An explorer that runs: what it said when it began, and where it listens."""

    said: str
    port: int
    process: "subprocess.Popen[str]"
    connections: ExitStack

    def get(self, address: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
        """The answer at an address, not read yet."""
        connection = self.connections.enter_context(
            closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20))
        )
        connection.request("GET", address, headers=headers or {})
        return self.connections.enter_context(closing(connection.getresponse()))

    def interrupt(self) -> tuple[int, str]:
        """Press Ctrl-C; the exit status, and what else it said."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=20)
        return self.process.returncode, said


@contextmanager
def served(address: str, *options: str, token: str = "") -> Iterator[Served]:
    """An explorer over the log at an address, and its end."""
    command = [sys.executable, "-m", "sim", "serve", address, "--port", "0", *options]
    environment = os.environ | {"SIM_TOKEN": token}
    with ExitStack() as ends:
        process = ends.enter_context(
            subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
        )
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            yield Served(said, int(said.split()[3].rstrip("/").rpartition(":")[2]), process, ends)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(20)
