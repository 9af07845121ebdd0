"""The command `serve`: how it begins, who may reach it, and how it ends."""

import hashlib
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.web.server import is_loopback
from sim.web.server import serve as serve_log
from sim.web.views import VIEWS
from tests.cli.conftest import Sim
from tests.web.served import served

TOKEN = "correct-horse-battery-staple"


def test_it_says_where_and_ends_by_ctrl_c(path: str) -> None:
    """All is well then, also with somebody who follows what comes."""
    with served(path) as explorer:
        assert explorer.said == f"serving {path} at http://127.0.0.1:{explorer.port}/ until Ctrl-C\n"
        following = explorer.get("/events")
        assert following.readline() == b"retry: 3000\n"
        assert explorer.interrupt() == (0, "")


def test_nothing_is_written(path: str) -> None:
    """Whatever is asked, the log's folder is as it was: no file more, none changed, and nothing said."""
    folder = Path(path).parent

    def files() -> dict[str, str]:
        return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in folder.iterdir()}

    before = files()
    with served(path) as explorer:
        for view in VIEWS:
            explorer.get(
                f"/runs/last/{view}.json?at=end" if view in {"snapshot", "explain"} else f"/runs/last/{view}.json"
            ).read()
        assert explorer.get("/runs/last/nothing?secret=1").status == 404
        assert explorer.interrupt() == (0, "")
    assert files() == before


def test_a_token_from_a_file(path: str, tmp_path: Path) -> None:
    """It is asked for, at this machine too where one is set, and is never said."""
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", encoding="utf-8")
    with served(path, "--host", "0.0.0.0", "--token-file", str(file)) as explorer:
        address = f"http://127.0.0.1:{explorer.port}/ and at every other address of this machine"
        assert explorer.said == f"serving {path} at {address} until Ctrl-C\n"
        assert explorer.get("/runs.json").status == 401
        assert explorer.get("/runs.json", {"authorization": f"Bearer {TOKEN}"}).status == 200
        status, said = explorer.interrupt()
        assert (status, TOKEN in explorer.said + said) == (0, False)
    with served(path, token=TOKEN) as explorer:
        assert explorer.get("/runs.json").status == 401


@pytest.mark.parametrize(
    ("words", "token", "message"),
    [
        (["--host", "0.0.0.0"], "", "at 0.0.0.0 others can read the log, and no token is set\n  Make one: python -c "),
        (["--host", "::"], "", "at :: others can read the log, and no token is set\n  Make one: python -c "),
        ([], "пароль-пароль-пароль", "the token has letters that cannot be sent in a header: "),
        ([], "short", "the token has 5 characters, and less than 16 can be guessed\n  Make one: python -c "),
        (["--token-file", "nowhere"], "", "the token cannot be read from nowhere: "),
        (["--name", "https://explorer.example.org/runs"], "", "'https://explorer.example.org/runs' is no name"),
        (["--name", "explorer.example.org:https"], "", "'explorer.example.org:https' is no name"),
        (["--name", ""], "", "'' is no name"),
        (["--port", "99999"], "", "there is no port 99999\n  Ports go up to 65535.\n"),
        (["--host", "nowhere.invalid"], TOKEN, "cannot listen at nowhere.invalid port 8765: "),
    ],
)
def test_what_it_refuses(
    sim: Sim, path: str, monkeypatch: pytest.MonkeyPatch, words: list[str], token: str, message: str
) -> None:
    """Before it listens to anybody."""
    monkeypatch.setenv("SIM_TOKEN", token)
    done = sim("serve", path, *words)
    assert (done.status, done.out, done.err[: len(message)]) == (2, "", message)


def test_an_empty_token_file(sim: Sim, path: str, tmp_path: Path) -> None:
    """Is no token."""
    (tmp_path / "token").write_text("\n", encoding="utf-8")
    done = sim("serve", path, "--token-file", tmp_path / "token")
    assert (done.status, done.err) == (2, f"{tmp_path / 'token'} holds no token\n")


def test_what_is_no_log(sim: Sim, tmp_path: Path) -> None:
    """A scenario, a log that is not there, and a file that is none."""
    done = sim("serve", "scenarios/feb2022.yaml")
    assert (done.status, done.err) == (
        2,
        "serve takes a log, and scenarios/feb2022.yaml is none\n"
        "  Keep a run of it first: python -m sim run SCENARIO --log FILE.sqlite\n",
    )
    assert sim("serve", tmp_path / "nothing.sqlite").status == 2
    (tmp_path / "other.sqlite").write_bytes(b"x" * 5000)
    assert sim("serve", tmp_path / "other.sqlite").status == 3


def test_a_port_that_is_taken(path: str) -> None:
    """Is said, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as caught:
            serve_log(path, "127.0.0.1", port, None, (), print)
    assert (
        str(caught.value)
        == f"cannot listen at 127.0.0.1 port {port}: Address already in use\n  Choose another: --port."
    )


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False)],
)
def test_who_reaches_it(host: str, alone: bool) -> None:
    """This machine alone, or others."""
    assert is_loopback(host) is alone


def test_without_the_libraries(path: str) -> None:
    """What to install is said, and no other command needs them."""
    hide = "import sys; sys.modules['uvicorn'] = None; from sim.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", hide, "serve", path], capture_output=True, text=True, check=False, env={"PATH": ""}
    )
    assert (done.returncode, done.stderr) == (
        2,
        "serve needs the library 'uvicorn', which is not here\n  install it: pip install 'troop-ledger[web]'\n",
    )
