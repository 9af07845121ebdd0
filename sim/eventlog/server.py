"""Servers: a postgresql:// URL taken apart, so that its password is shown nowhere.

libpq could do that, but it repeats pieces of what it cannot read in its errors.
"""

import re
from urllib.parse import unquote

from attrs import frozen

from sim.errors import UsageError

_SECRET = frozenset({"password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret"})
_SHOWN = frozenset(
    {
        *("host", "hostaddr", "port", "user", "dbname", "service", "options", "application_name", "connect_timeout"),
        *("sslmode", "sslrootcert", "sslcert", "sslkey", "channel_binding", "gssencmode", "target_session_attrs"),
    }
)
"""The parameters that messages may show. What is neither here nor there may be a password with its name misspelt."""

_host_and_port = re.compile(r"(?:\[([^\[\]@]*)\]|([^:\[\]@]*))(?::([0-9]*))?").fullmatch


@frozen
class Server:
    """A database on a server: the `url` that may be shown, and what libpq is to know, by its own names."""

    url: str
    parameters: dict[str, str]


def parse_server(url: str) -> Server:
    """The server at a URL. Raises UsageError, which shows nothing of it, where it cannot be told apart.

    In its password, '@', '/' and ':' may stand for themselves; '?' cannot.
    """
    front, _, query = url.partition("://")[2].partition("?")
    credentials, _, where = front.rpartition("@")
    user, _, password = credentials.partition(":")
    hosts, _, database = where.partition("/")
    found = [_host_and_port(host) for host in hosts.split(",")]
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    readable = [equals and (unquote(key) in _SECRET or "@" not in key + value) for key, equals, value in pairs]
    if not all(found) or not all(readable) or not _is_text(url):
        raise UsageError(
            "the address of the PostgreSQL log cannot be read",
            "it is postgresql://USER:PASSWORD@HOST:PORT/DATABASE; in a password, write ? as %3F and % as %25",
        )
    parameters = {
        "host": ",".join(match[1] or match[2] or "" for match in found if match),
        "port": ",".join(match[3] or "" for match in found if match),
        "user": user,
        "password": password,
        "dbname": database,
    }
    parameters |= {unquote(key): value for key, _, value in pairs}
    shown = [f"{key}={value}" for key, _, value in pairs if unquote(key) in _SHOWN]
    return Server(
        f"postgresql://{user}{'@' * bool(user)}{where}{'?' * bool(shown)}{'&'.join(shown)}",
        {key: unquote(value) for key, value in parameters.items() if value.strip(",")},
    )


def _is_text(url: str) -> bool:
    """Whether it is text: what a terminal gives that is none, Python holds as halves of surrogate pairs."""
    try:
        url.encode()
    except UnicodeEncodeError:
        return False
    return True
