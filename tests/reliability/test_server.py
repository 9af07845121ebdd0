"""PostgreSQL servers that are not there, go away, or refuse: one clear error each, and nothing is lost."""

import gc
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from sim.errors import LogError, UsageError
from sim.eventlog import open_log
from sim.eventlog.database import BATCH
from tests.postgres import Server, running_server
from tests.reliability.judge import Judge
from tests.reliability.program import FEB2022, Ended, sim
from tests.reliability.proxy import Proxy
from tests.reliability.runs import long_run, meeting, small_run
from tests.reliability.site import PostgresSite

RUN = long_run(5_000)
MIDDLE = 3_000
"""An event behind the first commit and before the second."""

LINES_MAX = 3


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(RUN)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of these tests' own, because they stop and kill it."""
    with running_server() as server:
        yield server


@pytest.fixture
def site(server: Server) -> PostgresSite:
    """A new schema on it."""
    return PostgresSite.on(server)


@pytest.fixture
def database(server: Server) -> str:
    """The name of a new database on it."""
    return urlsplit(server.fresh_url()).path[1:]


def store(site: PostgresSite, count: int) -> None:
    """Store the first records of the run."""
    with suppress(LogError):  # the events end without run-closed
        open_log(site.url).record(RUN[:count])


def complete(site: PostgresSite, judge: Judge, certain: int) -> None:
    """Check that at least so many records are there, and record the run again."""
    found = judge.read(site.url)
    judge.list(site.url, found)
    assert found.count >= certain
    assert judge.complete(site.url)


END = {"killed": Server.kill, "stopped": Server.stop}


@pytest.mark.parametrize(
    ("end", "there", "place", "certain"),
    [
        ("stopped", 0, 0, 0),
        ("killed", 0, MIDDLE, BATCH),
        ("stopped", 2_500, MIDDLE, 2_500),
        ("killed", len(RUN), MIDDLE, len(RUN)),
    ],
)
def test_a_server_goes_away_and_comes_back(
    end: str, there: int, place: int, certain: int, server: Server, site: PostgresSite, judge: Judge
) -> None:
    """While nothing is stored, while a run is written, completed, verified: afterwards it is completed as usual."""
    store(site, there)
    acknowledged = [0]
    try:
        with pytest.raises(UsageError) as caught:
            open_log(site.url).record(meeting(RUN, place, lambda: END[end](server)), acknowledge=acknowledged.append)
    finally:
        server.start()
    assert str(caught.value).startswith(f"the log {open_log(site.url).url} cannot be written: ")
    assert str(caught.value).count("\n") < LINES_MAX
    complete(site, judge, max(certain, acknowledged[-1]))


def test_a_server_goes_away_while_a_run_is_read(server: Server, site: PostgresSite, judge: Judge) -> None:
    """What was read until then is right, and then there is an error."""
    store(site, len(RUN))
    found = []
    try:
        with pytest.raises(UsageError, match="cannot be read: "):
            for record in open_log(site.url).records():
                found.append(record)
                if len(found) == 10:
                    server.stop()
    finally:
        server.start()
    assert found == judge.records[: len(found)]
    complete(site, judge, len(RUN))


def test_a_server_goes_away_when_enough_was_read(server: Server, site: PostgresSite) -> None:
    """Who no longer wants the rest is told nothing: an error that Python ignores and prints fails this test."""
    store(site, len(RUN))
    records = open_log(site.url).records()
    next(records)
    try:
        server.stop()
        del records
        gc.collect()
    finally:
        server.start()


def socket_of(site: PostgresSite) -> str:
    """The file through which the site's server listens."""
    (folder,) = parse_qs(urlsplit(site.url).query)["host"]
    return f"{folder}/.s.PGSQL.5432"


def through(proxy: Proxy, site: PostgresSite) -> str:
    """The address of the site through a proxy."""
    options = urlsplit(site.url).query.rpartition("&")[2]
    return f"postgresql://postgres@127.0.0.1:{proxy.port}/postgres?{options}"


def test_a_network_that_cuts_the_connection(site: PostgresSite, server: Server, judge: Judge, long: bool) -> None:
    """Wherever it is cut, from the first byte on: what was acknowledged is there, and the run can be completed."""
    with Proxy(socket_of(site)) as proxy:
        open_log(through(proxy, site)).record(RUN)
        total = proxy.passed
    cuts = 100 if long else 8
    for number in range(cuts):
        site = PostgresSite.on(server)
        acknowledged = [0]
        with Proxy(socket_of(site), 1 + number * total // cuts) as proxy:
            with pytest.raises(UsageError) as caught:
                open_log(through(proxy, site)).record(RUN, acknowledge=acknowledged.append)
            assert str(caught.value).count("\n") < LINES_MAX
        site.settle()
        complete(site, judge, acknowledged[-1])


def test_a_server_that_never_answers(site: PostgresSite) -> None:
    """It is not waited for longer than the address says."""
    with Proxy(socket_of(site), 0) as proxy:
        url = f"{through(proxy, site)}&connect_timeout=2"
        assert sim("run", FEB2022, "--log", url) == Ended(
            2, "", f"the log {url} cannot be written: connection timeout expired\n"
        )


def test_something_else_answers() -> None:
    """As where the port is that of a web server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def answer() -> None:
            client, _ = listener.accept()
            with client:
                client.recv(100)
                client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = Thread(target=answer)
        thread.start()
        with pytest.raises(UsageError) as caught:
            open_log(f"postgresql://127.0.0.1:{port}/runs").record(small_run())
        thread.join()
    assert str(caught.value).count("\n") < LINES_MAX
    print(caught.value)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("postgresql://postgres@127.0.0.1:1/runs", "Connection refused"),
        ("postgresql://postgres@/runs?host=/nowhere", "No such file or directory"),
        ("postgresql://postgres@nowhere.invalid/runs", "nowhere.invalid"),
    ],
)
def test_no_server(address: str, reason: str) -> None:
    """Whether a run is to be written or read: one message that says where and why, and status 2."""
    for words, done in ((("run", FEB2022, "--log", address), "written"), (("run", address), "read")):
        ended = sim(*words)
        assert (ended.status, ended.out) == (2, "")
        assert ended.err.startswith(f"the log {address} cannot be {done}: ")
        assert reason in ended.err
        assert ended.err.count("\n") <= LINES_MAX


def locked(server: Server, database: str, role: str) -> str:
    """The address of a database of a role that needs the password s3cr3t; the address has none."""
    server.execute(f"CREATE ROLE {role} LOGIN PASSWORD 's3cr3t'")
    (((rules,),),) = (server.execute("SHOW hba_file"),)
    path = Path(rules)
    path.write_text(f"local all {role} scram-sha-256\n{path.read_text()}")
    server.execute("SELECT pg_reload_conf()")
    server.execute(f"ALTER DATABASE {database} OWNER TO {role}")
    return server.url(database).replace("postgres:@", f"{role}@")


def test_a_wrong_password(server: Server, database: str) -> None:
    """It is refused, and shown nowhere; no password at all is refused too; the right one opens the log."""
    address = locked(server, database, "ann")
    for password in ("n0t-it", "", "@n0t-it"):
        url = address.replace("ann@", f"ann:{password}@")
        for words in (("run", FEB2022, "--log", url), ("runs", url)):
            ended = sim(*words)
            assert (ended.status, ended.out) == (2, "")
            assert ended.err.startswith(f"the log {address} cannot be ")
            assert "password" in ended.err
            assert "n0t-it" not in ended.err
            assert ended.err.count("\n") <= LINES_MAX
    right = sim("run", FEB2022, "--log", address, PGPASSWORD="s3cr3t")
    assert (right.status, right.err.startswith(f"log {address}: written, ")) == (0, True)
    assert "s3cr3t" not in right.err


FULL = """
    CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN RAISE disk_full USING MESSAGE = $$could not extend file: No space left on device$$; END';
    CREATE TRIGGER fill BEFORE INSERT ON sim_records FOR EACH ROW WHEN (NEW.position > 2000) EXECUTE FUNCTION fill();
"""
REFUSED = {
    "no such database": ("postgres", "DROP DATABASE {0}", 'database "{0}" does not exist'),
    "no such role": ("nobody", "", 'role "nobody" does not exist'),
    "a role that may make no tables": ("bob", "", "permission denied for schema public"),
    "a role that may only read": ("bob", "", "permission denied for table sim_runs"),
    "a read-only database": ("bob", "ALTER DATABASE {0} SET default_transaction_read_only = on", "read-only"),
    "too many connections": ("bob", "ALTER DATABASE {0} CONNECTION LIMIT 0", "too many connections"),
}
"""Who connects, to what, and what the server says."""


@pytest.fixture
def bob(server: Server) -> str:
    """A role that may connect, and nothing else."""
    if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = 'bob'"):
        server.execute("CREATE ROLE bob LOGIN")
    return "bob"


@pytest.mark.parametrize("what", REFUSED)
def test_a_server_that_refuses(what: str, server: Server, database: str, bob: str) -> None:
    """One message, which has the server's reason."""
    role, sql, reason = REFUSED[what]
    if what == "a role that may only read":
        open_log(server.url(database)).record(small_run())
        server.execute(f"GRANT SELECT ON sim_runs, sim_records, sim_balances TO {bob}", database)
    if sql:
        server.execute(sql.format(database))
    address = server.url(database).replace("postgres:@", f"{role}@")
    ended = sim("run", FEB2022, "--log", address)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith(f"the log {address} cannot be written: ")
    assert reason.format(database) in ended.err
    assert ended.err.count("\n") <= LINES_MAX


def test_a_server_whose_disk_is_full(server: Server, database: str, judge: Judge) -> None:
    """What it says when a table cannot grow, here by a trigger, comes out as it is; with room, the run is completed."""
    site = PostgresSite(server.url(database))
    store(site, 1)
    server.execute(FULL, database)
    acknowledged = [0]
    with pytest.raises(UsageError, match="could not extend file: No space left on device") as caught:
        open_log(site.url).record(RUN, acknowledge=acknowledged.append)
    assert str(caught.value).count("\n") < LINES_MAX
    server.execute("DROP TRIGGER fill ON sim_records", database)
    complete(site, judge, acknowledged[-1])


@pytest.mark.parametrize("command", ["run", "runs"])
def test_tables_of_another_program(command: str, server: Server, database: str) -> None:
    """They have the names of a log's and other columns: said to be no log, and left alone."""
    for table in ("sim_runs", "sim_records"):
        server.execute(f"CREATE TABLE {table} (x int)", database)
    url = server.url(database)
    ended = sim(*(("run", FEB2022, "--log", url) if command == "run" else ("runs", url)))
    assert (ended.status, ended.out) == (3, "")
    assert ended.err.startswith(f"{open_log(url).url}: the tables are not those of a log: ")
