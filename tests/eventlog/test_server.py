"""Addresses of PostgreSQL servers, taken apart."""

import pytest

from sim.errors import UsageError
from sim.eventlog.server import parse_server

WORD = "hush"


@pytest.mark.parametrize(
    ("url", "shown", "parameters"),
    [
        ("postgresql://", "postgresql://", {}),
        ("postgres://localhost", "postgresql://localhost", {"host": "localhost"}),
        (
            "postgresql://me@db.example:5433/runs",
            "postgresql://me@db.example:5433/runs",
            {"user": "me", "host": "db.example", "port": "5433", "dbname": "runs"},
        ),
        (
            f"postgresql://me:{WORD}@h/runs?sslmode=require&sslpassword={WORD}&application_name=a%20b",
            "postgresql://me@h/runs?sslmode=require&application_name=a%20b",
            {
                **{"user": "me", "password": WORD, "host": "h", "dbname": "runs"},
                **{"sslmode": "require", "sslpassword": WORD, "application_name": "a b"},
            },
        ),
        (
            f"postgresql://h/runs?user=me&password={WORD}%40home",
            "postgresql://h/runs?user=me",
            {"host": "h", "dbname": "runs", "user": "me", "password": f"{WORD}@home"},
        ),
        (f"postgresql://h?pass%77ord={WORD}@home", "postgresql://h", {"host": "h", "password": f"{WORD}@home"}),
        (
            f"postgresql://me:{WORD}@1:2/3@h/runs",
            "postgresql://me@h/runs",
            {"user": "me", "password": f"{WORD}@1:2/3", "host": "h", "dbname": "runs"},
        ),
        (
            f"postgresql://m%40e:{WORD}%2F%3F@h/r%20s",
            "postgresql://m%40e@h/r%20s",
            {"user": "m@e", "password": f"{WORD}/?", "host": "h", "dbname": "r s"},
        ),
        (
            f"postgresql://h?pasword={WORD}&sslmode=prefer",
            "postgresql://h?sslmode=prefer",
            {"host": "h", "pasword": WORD, "sslmode": "prefer"},
        ),
        (f"postgresql://:{WORD}@h", "postgresql://h", {"password": WORD, "host": "h"}),
        (
            "postgresql://me:@/runs?host=/var/run",
            "postgresql://me@/runs?host=/var/run",
            {"user": "me", "dbname": "runs", "host": "/var/run"},
        ),
        (
            "postgresql://a:1,b,[::1]:3/runs",
            "postgresql://a:1,b,[::1]:3/runs",
            {"host": "a,b,::1", "port": "1,,3", "dbname": "runs"},
        ),
        ("postgresql://a,b/runs", "postgresql://a,b/runs", {"host": "a,b", "dbname": "runs"}),
    ],
)
def test_what_an_address_says(url: str, shown: str, parameters: dict[str, str]) -> None:
    """libpq is told everything, the reader all but the passwords; '@', '/' and ':' in one need not be escaped."""
    server = parse_server(url)
    assert (server.url, server.parameters) == (shown, parameters)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://me:{WORD}?@h/runs",
        f"postgresql://me:12?{WORD}@h/runs",
        f"postgresql://me:12?a={WORD}@h/runs",
        f"postgresql://me:12?{WORD}=b@h/runs",
        f"postgresql://h:{WORD}/runs",
        f"postgresql://h/runs?{WORD}",
        f"postgresql://[h:{WORD}/runs",
        f"postgresql://me:{WORD}\udcff@h/runs",
    ],
)
def test_an_address_that_cannot_be_told_apart(url: str) -> None:
    """Nothing of it is shown: any of it may be a password."""
    with pytest.raises(UsageError) as caught:
        parse_server(url)
    assert str(caught.value) == (
        "the address of the PostgreSQL log cannot be read\n"
        "  it is postgresql://USER:PASSWORD@HOST:PORT/DATABASE; in a password, write ? as %3F and % as %25"
    )
