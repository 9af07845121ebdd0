"""The store on a PostgreSQL server."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier

import psycopg
import pytest

from sim.domain.event import Event
from sim.errors import LogError, SimError, UsageError
from sim.eventlog import EventLog, Outcome, open_log
from sim.eventlog.copying import copied
from sim.eventlog.database import BATCH
from tests.eventlog.contract import OTHER, LogContract, info, read_until_error, recorded
from tests.eventlog.example import EXAMPLE
from tests.eventlog.writers import long_run, writer
from tests.postgres import Server, running_server

RUN = recorded(EXAMPLE)[0].run
LONG = long_run(3)
WORD = "hush@home/1"
"""A password, with signs that an address has for itself."""

NUMBERS = count(1)
"""To give every user a name of its own: a server keeps them for all its databases."""


class TestPostgres(LogContract):
    @pytest.fixture
    def log(self, postgres_url: str) -> EventLog:
        return open_log(postgres_url)


@pytest.fixture
def log(postgres_url: str) -> EventLog:
    """A log in which the example is recorded."""
    log = open_log(postgres_url)
    log.record(EXAMPLE)
    return log


def change(url: str, *statements: str) -> None:
    """Go behind the log's back."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def refusal(ask: Callable[[], object], kind: type[SimError] = UsageError) -> str:
    """The error that something ends with."""
    with pytest.raises(kind) as caught:
        ask()
    assert type(caught.value) is kind
    return str(caught.value)


def test_an_empty_database_holds_no_runs(postgres_url: str) -> None:
    """Reading makes no tables in it."""
    log = open_log(postgres_url)
    assert (log.runs(), log.run_ids()) == ([], [])
    assert refusal(log.replay, LogError) == f"{log.url}: the log holds no run"
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_in_another_encoding(postgres_server: Server, encoding: str) -> None:
    """Payloads are bytes, and come back as they went in."""
    name = f"in_{encoding.lower()}"
    postgres_server.execute(f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
    log = open_log(postgres_server.url(name))
    log.record(EXAMPLE)
    assert list(log.records()) == recorded(EXAMPLE)
    assert log.runs() == [info(EXAMPLE, len(EXAMPLE), finished=True, program="0.1.0")]


def test_rows_as_copied() -> None:
    """They are laid out as COPY's binary format has it: a header, the rows with their fields, and an end."""
    record = recorded(EXAMPLE)[20]
    assert copied(7, [record]) == b"".join(
        [
            b"PGCOPY\n\xff\r\n\0" + bytes(8),
            b"\0\6",
            *(b"\0\0\0\x08" + number.to_bytes(8, "big") for number in (7, record.position, record.minute)),
            len(record.type).to_bytes(4, "big") + record.type.encode(),
            len(record.payload).to_bytes(4, "big") + record.payload,
            b"\0\0\0\x20" + record.hash,
            b"\xff\xff",
        ]
    )


# Writers


@pytest.mark.parametrize("isolation", ["read%20committed", "serializable"])
def test_many_writers_at_once(postgres_url: str, isolation: str) -> None:
    """Whoever makes the tables, and however they are set: each run is there as it was given, with its own number."""
    url = f"{postgres_url}&options=-c%20default_transaction_isolation%3D{isolation.replace('%20', '%5C%20')}"
    seeds = range(10, 16)
    at_once = Barrier(len(seeds))

    def write(seed: int) -> Outcome:
        at_once.wait()
        return open_log(url).record(long_run(seed, 5_000)).outcome

    with ThreadPoolExecutor(len(seeds)) as pool:
        assert list(pool.map(write, seeds)) == [Outcome.WRITTEN] * len(seeds)
    log = open_log(postgres_url)
    found = log.runs()
    assert sorted(run.seed or 0 for run in found) == list(seeds)
    for run in found:
        assert list(log.records(run.run)) == recorded(long_run(run.seed or 0, 5_000))
    with psycopg.connect(postgres_url) as connection:
        numbers = connection.execute("SELECT number FROM sim_runs ORDER BY number").fetchall()
    assert numbers == [(number,) for number in range(1, len(seeds) + 1)]


def test_two_writers_of_one_run(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is refused while the first is at it, which then ends as if it had been alone."""
    monkeypatch.setattr("sim.eventlog.postgres.HELD_SECONDS", 0.1)
    log = open_log(postgres_url)
    with writer(postgres_url, pause=BATCH + 1) as slow:
        slow.wait_until_paused()
        assert refusal(lambda: log.record(LONG)) == (
            f"another program is writing the run {recorded(LONG)[0].run} to the log {log.url}\n"
            "  wait until it is done, then run it again to verify it; or log elsewhere"
        )
        assert log.record(OTHER).outcome is Outcome.WRITTEN
        assert [found.count for found in log.runs()] == [BATCH, len(OTHER)]
        slow.go_on()
        assert slow.ended() == "written\n"
    assert log.record(LONG).outcome is Outcome.VERIFIED


def test_a_writer_that_is_killed(postgres_url: str) -> None:
    """What it leaves is whole batches, and the next to come completes the run at once."""
    log = open_log(postgres_url)
    with writer(postgres_url, pause=BATCH * 2 + 7) as killed:
        killed.wait_until_paused()
        assert [found.count for found in log.runs()] == [BATCH * 2]
        killed.kill()
    told: list[int] = []
    assert log.record(LONG, acknowledge=told.append).outcome is Outcome.COMPLETED
    assert told == [*range(BATCH, len(LONG), BATCH), len(LONG)]
    assert list(log.records()) == recorded(LONG)


def test_an_error_of_the_run_is_not_one_of_the_server(postgres_url: str) -> None:
    """What the events raise comes out as it is, even if it is an error of the library's; what came before is kept."""

    def failing() -> Iterator[Event]:
        yield from EXAMPLE[:7]
        raise psycopg.OperationalError("the scenario's own")

    with pytest.raises(psycopg.OperationalError, match="the scenario's own"):
        open_log(postgres_url).record(failing())
    assert [found.count for found in open_log(postgres_url).runs()] == [7]


# Servers that refuse


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop."""
    with running_server() as server:
        yield server


def test_a_server_that_goes_away(own_server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    """In the middle of a run: one error; what was acknowledged is there, and the run is completed, when it is back."""
    log = open_log(own_server.fresh_url())
    told: list[int] = []

    def events() -> Iterator[Event]:
        for number, event in enumerate(LONG):
            if number == BATCH * 3 + 7:
                own_server.kill()
            yield event

    error = refusal(lambda: log.record(events(), acknowledge=told.append))
    assert error.startswith(f"the log {log.url} cannot be written: ")
    assert error.endswith(
        "\n  when the server answers again, run it again: what is stored is kept, and the run is completed"
    )
    assert len(error.splitlines()) == 2
    assert refusal(log.runs).startswith(f"the log {log.url} cannot be read: connection")
    own_server.start()
    assert [found.count for found in log.runs()] == [told[-1]] == [BATCH * 3]
    assert log.record(LONG).outcome is Outcome.COMPLETED
    assert list(log.records()) == recorded(LONG)
    assert capfd.readouterr() == ("", "")


def test_a_server_that_goes_away_while_it_is_read(own_server: Server) -> None:
    """One error too."""
    log = open_log(own_server.fresh_url())
    log.record(LONG)

    def read() -> None:
        for record in log.records():
            if record.position == 5:
                own_server.kill()

    assert refusal(read).startswith(f"the log {log.url} cannot be read: ")


@pytest.fixture
def guarded(postgres_server: Server, postgres_url: str) -> Iterator[str]:
    """The name of a user of whom the server asks the password, which is WORD."""
    ((rules,),) = postgres_server.execute("SHOW hba_file")
    before = Path(rules).read_text()
    name = f"guard{next(NUMBERS)}"
    postgres_server.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{WORD}'")
    Path(rules).write_text(f"local all {name} scram-sha-256\n{before}")
    postgres_server.execute("SELECT pg_reload_conf()")
    while "password" not in refusal(open_log(postgres_url.replace("postgres:@", f"{name}:wrong@")).runs):
        pass  # the server takes a moment to read its rules again
    yield name
    Path(rules).write_text(before)
    postgres_server.execute("SELECT pg_reload_conf()")


@pytest.mark.parametrize("escaped", [WORD, "hush%40home%2F1"])
def test_a_password(postgres_url: str, guarded: str, escaped: str) -> None:
    """It opens the log and is not shown, escaped or not."""
    change(postgres_url, f"GRANT CREATE ON SCHEMA public TO {guarded}")
    for url in (
        postgres_url.replace("postgres:@", f"{guarded}:{escaped}@"),
        postgres_url.replace("postgres:@", "") + f"&user={guarded}&password={escaped}",
    ):
        log = open_log(url)
        log.record(EXAMPLE)
        assert list(log.records()) == recorded(EXAMPLE)
        assert "hush" not in log.url
        assert guarded in log.url


@pytest.mark.parametrize("said", ["wrong@hush", "wrong%40hush", "hush:wrong/hush", ""])
def test_a_wrong_password(postgres_url: str, guarded: str, said: str) -> None:
    """The error says so, and nothing of what was given."""
    log = open_log(postgres_url.replace("postgres:@", f"{guarded}:{said}@"))
    error = refusal(lambda: log.record(EXAMPLE))
    assert error.startswith(
        f"the log {postgres_url.replace('postgres:@', f'{guarded}@')} cannot be written: connection"
    )
    assert ("password authentication failed" if said else "no password supplied") in error
    assert "hush" not in error
    assert "wrong" not in error


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://me:hush@127.0.0.1:1/runs", "Connection refused"),
        ("postgresql://me:hush@/runs?host=/nowhere", "No such file or directory"),
        ("postgresql://me:hush@/runs?hast=/nowhere", 'invalid connection option "hast"'),
        ("postgresql://me:hush@127.0.0.1:99999/runs", "port"),
    ],
)
def test_a_server_that_is_not_there(url: str, words: str) -> None:
    """One line, in the words of the library, without the password."""
    log = open_log(url)
    for ask in (log.runs, lambda: log.record(EXAMPLE)):
        error = refusal(ask)
        assert error.startswith(f"the log {log.url} cannot be ")
        assert words in error
        assert "hush" not in error
        assert len(error.splitlines()) == 1


def test_a_user_who_may_not_make_tables(postgres_server: Server, postgres_url: str) -> None:
    """The server's words say what is missing."""
    guest = f"guest{next(NUMBERS)}"
    postgres_server.execute(f"CREATE ROLE {guest} LOGIN")
    log = open_log(postgres_url.replace("postgres:@", f"{guest}@"))
    assert refusal(lambda: log.record(EXAMPLE)).startswith(
        f"the log {log.url} cannot be written: permission denied for schema public"
    )


def test_a_user_who_may_only_read_and_add(postgres_server: Server, postgres_url: str) -> None:
    """Where the tables are there, writing takes no right to make any, nor to change what is stored."""
    log = open_log(postgres_url)
    log.record(OTHER)
    clerk = f"clerk{next(NUMBERS)}"
    postgres_server.execute(f"CREATE ROLE {clerk} LOGIN")
    change(postgres_url, f"GRANT SELECT, INSERT ON sim_runs, sim_records, sim_balances TO {clerk}")
    theirs = open_log(postgres_url.replace("postgres:@", f"{clerk}@"))
    assert theirs.record(EXAMPLE).outcome is Outcome.WRITTEN
    assert theirs.record(EXAMPLE).outcome is Outcome.VERIFIED
    assert list(log.records()) == recorded(EXAMPLE)


def test_a_library_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says how to get it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert refusal(open_log("postgresql://localhost/runs").runs) == (
        "the log postgresql://localhost/runs cannot be read: the library 'psycopg' is not here\n"
        "  install it: pip install 'troop-ledger[postgres]'"
    )


# Damage


def test_tables_that_are_not_those_of_a_log(postgres_url: str) -> None:
    """A team's own tables of that name are left alone."""
    change(postgres_url, "CREATE TABLE sim_records (id INT)", "CREATE TABLE sim_runs (id INT, run TEXT)")
    log = open_log(postgres_url)
    expected = f"{log.url}: the tables are not those of a log: column"
    assert refusal(log.runs, LogError).startswith(expected)
    assert refusal(lambda: log.record(EXAMPLE), LogError).startswith(expected)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sim_records SET payload = '{}' WHERE position = 3",
        "UPDATE sim_records SET minute = 1 WHERE position = 3",
        "DELETE FROM sim_records WHERE position = 3",
    ],
)
def test_a_record_that_was_changed(log: EventLog, postgres_url: str, statement: str) -> None:
    """It does not verify, and is not overwritten."""
    change(postgres_url, statement)
    found, error = read_until_error(log)
    assert found == recorded(EXAMPLE)[:3]
    assert error.startswith(f"{log.url}: run {RUN}: position 3: ")
    assert refusal(lambda: log.record(EXAMPLE), LogError).startswith(f"{log.url}: run {RUN}: position 3: ")


def test_rows_that_are_no_records(log: EventLog, postgres_url: str) -> None:
    """The server holds columns to their types, unless it is told otherwise."""
    change(
        postgres_url,
        "ALTER TABLE sim_records ALTER payload DROP NOT NULL",
        "UPDATE sim_records SET payload = NULL WHERE position = 5",
    )
    found, error = read_until_error(log)
    assert found == recorded(EXAMPLE)[:5]
    assert error == f"{log.url}: run {RUN}: position 5: the log is damaged: this is no record"


def test_a_position_that_is_taken(postgres_url: str) -> None:
    """By a program that does not ask for the lock, the run's table is still proof against two records in one place."""
    log = open_log(postgres_url)

    def events() -> Iterator[Event]:
        for number, event in enumerate(LONG):
            if number == BATCH + 1:
                insert = "INSERT INTO sim_records SELECT number, 2000, minute, type, payload, hash FROM sim_records"
                change(postgres_url, f"{insert} WHERE position = 1999")
            yield event

    assert refusal(lambda: log.record(events())).startswith("another program is writing the run")


def test_damaged_pages(log: EventLog, postgres_url: str) -> None:
    """What the server says of its own files is said of the log."""
    change(
        postgres_url,
        "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'invalid page' USING ERRCODE = 'XX001'; END $$",
        "CREATE TRIGGER broken BEFORE INSERT ON sim_runs FOR EACH ROW EXECUTE FUNCTION broken()",
    )
    assert refusal(lambda: log.record(OTHER), LogError).startswith(f"{log.url}: the log is damaged: invalid page")
