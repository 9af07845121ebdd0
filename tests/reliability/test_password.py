"""Passwords in the address of a log: whatever goes wrong, no message, no error and no traceback shows one."""

import traceback
from pathlib import Path

import pytest

from sim.cli import main
from sim.errors import UsageError
from sim.eventlog import open_log
from tests.reliability.program import FEB2022
from tests.reliability.runs import small_run

SECRET = "s3cr3t"
NOBODY = "127.0.0.1:1/runs"
"""Where no server listens."""

PASSWORDS = [
    *(SECRET, f"@{SECRET}", f"{SECRET}@", f"x@{SECRET}@x", f"/{SECRET}", f"{SECRET}/x", f":{SECRET}", f"{SECRET}:"),
    *(f"?{SECRET}", f"{SECRET}?", f"1?{SECRET}=1", f"1?x={SECRET}", f"#{SECRET}", f"{SECRET}#", f"%{SECRET}"),
    *(f"%zz{SECRET}", f"{SECRET}%", f"&{SECRET}=", f"x {SECRET}", f"{SECRET} x", f"'{SECRET}", f'"{SECRET}"'),
    *(f"x\n{SECRET}", f"{SECRET}\n", f"\t{SECRET}", f"\x1b{SECRET}", f"é{SECRET}", f"\udcff{SECRET}", f"\\{SECRET}"),
    *(f"$({SECRET})", f"[{SECRET}]", f"%00{SECRET}", f"{SECRET},x", f"://{SECRET}", f"{SECRET}://"),
]
QUERIES = [
    *(f"password={SECRET}", f"user=ann&password={SECRET}&connect_timeout=1", f"PASSWORD={SECRET}"),
    *(f"password=%zz{SECRET}", f"pass%77ord={SECRET}", f"sslpassword={SECRET}", f"pasword={SECRET}"),
    *(f"password={SECRET}&port=x", f"password=x {SECRET}", f"password={SECRET}@x"),
    *(f"sslmode=maybe&password={SECRET}", f"password=x&{SECRET}"),
]
ADDRESSES = [
    *(f"postgresql://ann:{password}@{NOBODY}" for password in PASSWORDS),
    *(f"postgresql://{NOBODY}?{query}" for query in QUERIES),
    *(f"postgres://ann:{SECRET}@{NOBODY}", f"Postgresql://ann:{SECRET}@{NOBODY}", f"mysql://ann:{SECRET}@{NOBODY}"),
    *(f"postgresql+psycopg://ann:{SECRET}@{NOBODY}", f" postgresql://ann:{SECRET}@{NOBODY}"),
    *(f"postgresql:/ann:{SECRET}@{NOBODY}", f"postgresql:ann:{SECRET}@{NOBODY}", f"postgresql//ann:{SECRET}@{NOBODY}"),
    *(f"ann:{SECRET}@{NOBODY}", f"postgresql://ann:{SECRET}@{NOBODY}.jsonl", f"postgresql://ann:{SECRET}@h:port/runs"),
    *(f"postgresql://ann:{SECRET}@no such host/runs", f"postgresql://ann:{SECRET}@[::1/runs"),
    *(f"postgresql://ann:{SECRET}@", f"postgresql://:{SECRET}@{NOBODY}"),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_error_shows_it(address: str) -> None:
    """Neither the error itself nor any that it came from, nor the address that a log says it has."""
    try:
        log = open_log(address)
        assert SECRET not in log.url
        log.record(small_run())
    except UsageError as error:
        assert SECRET not in "".join(traceback.format_exception(error)) + repr(error)
        assert str(error).count("\n") <= 3
    else:
        pytest.fail("there is no such log")


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_command_shows_it(
    address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Wherever it stands: as the log to write, as the log to read, in the environment; and nothing is a bug of ours."""
    commands = [
        ("run", str(FEB2022), "--log", address),
        ("run", address),
        ("check", address),
        ("snapshot", address, "--at", "end"),
        ("verify", address),
        ("runs", address),
        ("runs", address, address),
    ]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SIM_LOG", address if "\0" not in address else "")
    for words in [*commands, ("run", str(FEB2022)), ("runs",)]:
        assert main(words) == 2, words
        captured = capsys.readouterr()
        assert SECRET not in captured.out + captured.err, words
