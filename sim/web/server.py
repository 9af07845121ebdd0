"""The server: the explorer at an address of this machine, until it is told to end."""

import gc
import socket
import sys
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from types import FrameType

import uvicorn

from sim.errors import UsageError
from sim.web.app import Explorer
from sim.web.connection import BACKLOG, Connection
from sim.web.guard import COOKIE, Keys
from sim.web.library import Library
from sim.web.name import Name, name_of
from sim.web.watch import Watch, look

TOKEN_LEAST = 16
"""How long a token is at least, in characters."""

CLOSING_SECONDS = 5
"""How long answers that are at work may take once the server is to end."""

SWITCH_SECONDS = 0.001
"""How long a thread works while another waits for its turn: who asks for what is there should not wait for a study."""

_HEAD_MAX = 16_384

_PORTS = 65_536


def serve(
    address: str, host: str, port: int, token: str | None, names: Sequence[str], say: Callable[[str], None]
) -> None:
    """Serve the log at an address until the program is interrupted.

    Raises UsageError where the server cannot listen there, where it would be open to others without a token, and for
    what is no name; LogError and UsageError where the log cannot be read.
    """
    _check(host, token)
    called = (*map(name_of, names), Name(host.lower()))
    watch = Watch(address, look(address))
    listening = _listen(host, port)
    explorer = Serving(watch, token, called, listening)
    say(f"serving {watch.log.url} at {_told(host, listening.getsockname()[1])} until Ctrl-C")
    gc.enable()  # it lives long
    sys.setswitchinterval(SWITCH_SECONDS)
    explorer.run_until_ended()


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches a host."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _told(host: str, port: int) -> str:
    """The address at which to open it; where it listens at all of them, one that can be opened."""
    try:
        anywhere = ip_address(host).is_unspecified
    except ValueError:
        anywhere = False
    if anywhere:
        host = "::1" if ":" in host else "127.0.0.1"
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/" + " and at every other address of this machine" * anywhere


def _check(host: str, token: str | None) -> None:
    if token is not None and len(token) < TOKEN_LEAST:
        raise UsageError(
            f"the token has {len(token)} characters, and less than {TOKEN_LEAST} can be guessed", _MAKE_ONE
        )
    if token is not None and not token.isascii():
        raise UsageError("the token has letters that cannot be sent in a header: it may have those of ASCII", _MAKE_ONE)
    if token is None and not is_loopback(host):
        raise UsageError(f"at {host} others can read the log, and no token is set", _MAKE_ONE)


_MAKE_ONE = "Make one: python -c 'import secrets; print(secrets.token_urlsafe(32))', and set SIM_TOKEN to it."


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port < _PORTS:
        raise UsageError(f"there is no port {port}", f"Ports go up to {_PORTS - 1}.")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        reason = str(error.strerror).partition(" (")[0]  # behind it stands where, which is said already
        raise UsageError(f"cannot listen at {host} port {port}: {reason}", "Choose another: --port.") from error
    # Each connection has it from here. Without it, the end of an answer waits 40 ms for a sign that its head arrived.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


class Serving(uvicorn.Server):
    """A server that ends its streams when it is to end: they would not end by themselves."""

    def __init__(self, watch: Watch, token: str | None, names: Sequence[Name], listening: socket.socket) -> None:
        self._library = Library(watch)
        self._explorer = Explorer(self._library, Keys(token, f"{COOKIE}_{listening.getsockname()[1]}"))
        self._listening = listening
        config = uvicorn.Config(
            self._explorer.app(names),
            access_log=False,
            log_config=None,
            log_level="error",
            lifespan="off",
            ws="none",
            http=Connection,
            backlog=BACKLOG,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=CLOSING_SECONDS,
            h11_max_incomplete_event_size=_HEAD_MAX,
        )
        super().__init__(config)

    def run_until_ended(self) -> None:
        """Serve until the program is interrupted, which is how it is meant to end."""
        try:
            self.run([self._listening])
        except KeyboardInterrupt:
            return
        finally:
            self._library.end()

    def end(self) -> None:
        """Serve no more, as soon as those are done who are being answered."""
        self._explorer.streams.closing.set()
        self.should_exit = True

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._explorer.streams.closing.set()
        super().handle_exit(sig, frame)
