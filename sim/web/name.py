"""Names: what an explorer is called by who asks, and whether it is asked by TLS alone under a name."""

import re

from attrs import frozen

from sim.errors import UsageError

_HOST = r"(\[(?P<number>[0-9a-f:.]+)\]|(?P<name>[^\[\]:/?#@\s]+))(:[0-9]*)?"
"""A host and a port, as a request names them: an address of IPv6 in brackets, or a name or number."""

_REQUESTED = re.compile(_HOST)

_GIVEN = re.compile(rf"((?P<scheme>https?)://)?{_HOST}/?")


@frozen
class Name:
    """What an explorer answers to, at whatever port: that may be a proxy's, as where it is asked for by TLS alone."""

    host: str
    by_tls: bool = False


def name_of(text: str) -> Name:
    """The name that is given to an explorer, as a host or as the address of its first page. Raises UsageError."""
    found = _GIVEN.fullmatch(text.lower())
    if found is None:
        raise UsageError(
            f"'{text}' is no name", "It is like explorer.example.org, or https://explorer.example.org:8443 for TLS."
        )
    return Name(_host(found), found["scheme"] == "https")


def host_of(text: str) -> str | None:
    """The host that a request names, without its port, in the one way it is written here; None for what is none."""
    found = _REQUESTED.fullmatch(text.lower())
    return None if found is None else _host(found)


def _host(found: re.Match[str]) -> str:
    return str(found["number"] or found["name"].rstrip("."))
