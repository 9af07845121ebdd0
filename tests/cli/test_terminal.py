"""Colours and sparklines: where they are, and where they are not."""

import os
import pty
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Sim
from tests.cli.test_process import environment, shell

FEB2022 = "scenarios/feb2022.yaml"
PAGE = (ROOT / "tests" / "golden" / "feb2022-100.txt").read_text(encoding="utf-8")
CODE, BAR = "\x1b[", "▇"
ASKED = {"NO_COLOR": "", "FORCE_COLOR": "", "CLICOLOR": "", "CLICOLOR_FORCE": "", "TERM": "xterm-256color"}


def on_terminal(*words: str, **environ: str) -> str:
    """What a command writes to a terminal."""
    told = environment(**ASKED, COLUMNS="120") | environ
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, "-m", "sim", *words], told)
    written = bytearray()
    while True:
        try:
            read = os.read(terminal, 1 << 16)
        except OSError:  # on Linux, that is how a terminal ends
            break
        if not read:
            break
        written += read
    os.close(terminal)
    os.waitpid(child, 0)
    return written.decode(told.get("PYTHONIOENCODING", "utf-8")).replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("words", "environ", "colours", "bars"),
    [
        ("", {}, True, True),
        ("--color always", {"TERM": "dumb"}, True, True),
        ("--color never", {"FORCE_COLOR": "1"}, False, True),
        ("", {"NO_COLOR": "1"}, False, True),
        ("", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, True),
        ("--color always", {"NO_COLOR": "1"}, True, True),
        ("", {"TERM": "dumb"}, False, False),
        ("", {"TERM": "dumb", "CLICOLOR_FORCE": "1"}, True, True),
        ("", {"CLICOLOR": "0"}, False, True),
        ("", {"PYTHONIOENCODING": "iso-8859-1"}, True, False),
        ("--format markdown", {}, False, False),
        ("--format json", {"FORCE_COLOR": "1"}, False, False),
        ("--format csv", {"FORCE_COLOR": "1"}, False, False),
    ],
)
def test_on_a_terminal(words: str, environ: dict[str, str], colours: bool, bars: bool) -> None:
    """What it shows is what the terminal has and the reader wants; --color is stronger than the environment."""
    shown = on_terminal("run", FEB2022, *words.split(), **environ)
    assert (CODE in shown, BAR in shown) == (colours, bars)


@pytest.mark.parametrize(
    ("words", "environ", "colours"),
    [
        ("", {}, False),
        ("--color never", {"FORCE_COLOR": "1"}, False),
        ("", {"FORCE_COLOR": "0", "CLICOLOR_FORCE": "0"}, False),
        ("", {"FORCE_COLOR": "1"}, True),
        ("", {"CLICOLOR_FORCE": "1"}, True),
        ("", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("--color always", {}, True),
    ],
)
def test_in_a_pipe(words: str, environ: dict[str, str], colours: bool) -> None:
    """Nothing but the plain page, to the byte, unless colours are asked for."""
    shown = shell(f"$sim run {FEB2022} {words} | cat", environment(**ASKED) | environ).out.decode()
    assert (shown != PAGE) == colours == (CODE in shown)


def test_every_page_has_them(sim: Sim) -> None:
    """The commands that print pages of a run take --color, and write nothing else than they do without."""
    for words in (
        f"snapshot {FEB2022} --at end",
        f"timeline {FEB2022}",
        f"claims {FEB2022}",
        f"explain {FEB2022} --at end",
    ):
        plain, shown = sim(*words.split()).out, sim(*words.split(), "--color", "always").out
        assert CODE not in plain
        assert CODE in shown


def test_a_file_is_no_terminal(tmp_path: Path) -> None:
    """Though the messages go to one."""
    shell(f"$sim run {FEB2022} > {tmp_path}/page.txt", environment(**ASKED))
    assert (tmp_path / "page.txt").read_text(encoding="utf-8") == PAGE
