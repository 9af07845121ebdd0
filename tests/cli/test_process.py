"""The program as its user runs it: a process of its own, whose streams may be anything."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import frozen

from tests.cli.conftest import ROOT
from tests.unmeasured import unmeasured

FEB2022 = "scenarios/feb2022.yaml"
PAGE = (ROOT / "tests" / "golden" / "feb2022-100.txt").read_text(encoding="utf-8")
FULL = Path("/dev/full")


@frozen
class Ended:
    """How a process ended."""

    status: int
    out: bytes
    err: str


def environment(**changed: str) -> dict[str, str]:
    """That of the tests, without what would change how Python writes; runs are kept only where a test says so."""
    plain = {name: text for name, text in os.environ.items() if name not in {"COLUMNS", "PYTHONUNBUFFERED"}}
    return plain | {"PYTHONPATH": str(ROOT), "SIM_LOG": "none"} | changed


def shell(command: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> Ended:
    """Run a line of bash, in which `$sim` is the program; the status is that of its first part that fails."""
    program = f"sim='{sys.executable} -m sim'; set -o pipefail; {command}"
    done = subprocess.run(
        ["bash", "-c", program],
        cwd=cwd,
        env=env or environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr.decode())


@pytest.fixture
def full_device() -> Path:
    """The device that takes nothing."""
    assert FULL.is_char_device(), "these tests need /dev/full, as Linux has it"
    return FULL


def test_it_prints_the_page() -> None:
    """In a pipe it is 100 columns wide."""
    assert shell(f"$sim run {FEB2022}") == Ended(0, PAGE.encode(), "")


def test_the_width_of_the_terminal() -> None:
    """COLUMNS says how wide; where that is less than any table takes, it is still the whole answer."""
    narrow = shell(f"$sim run {FEB2022}", environment(COLUMNS="20"))
    assert (narrow.status, narrow.err) == (0, "")
    assert b"1,700" in narrow.out
    assert shell(f"$sim run {FEB2022}", environment(COLUMNS="wide")).out.decode() == PAGE


def test_a_reader_who_has_seen_enough() -> None:
    """The pipe is closed after the first line: one message, and the status that shells have for it."""
    done = shell(f"$sim run {FEB2022} --format json $(printf -- '--at D+%s ' {{1..30}}) | head -n 1")
    assert done == Ended(141, b"{\n", "the output was closed before all of it was written\n")


@pytest.mark.parametrize("command", [f"run {FEB2022}", "--help", f"check {FEB2022}"])
def test_a_full_disk(command: str, full_device: Path) -> None:
    """Nothing can be written: one message."""
    done = shell(f"$sim {command} > {full_device}")
    assert done == Ended(2, b"", "cannot write the output: No space left on device\n")


def test_a_log_on_a_full_disk(full_device: Path, tmp_path: Path) -> None:
    """The message names the log; no result is printed that nobody could check."""
    (tmp_path / "run.jsonl").symlink_to(full_device)
    done = shell(f"$sim run {FEB2022} --log {tmp_path}/run.jsonl")
    assert done == Ended(2, b"", f"the log {tmp_path}/run.jsonl cannot be written: No space left on device\n")


def test_a_log_that_may_not_be_written(tmp_path: Path) -> None:
    """A folder, or one that is not there."""
    (tmp_path / "run.jsonl").mkdir()
    assert shell(f"$sim run {FEB2022} --log {tmp_path}/run.jsonl") == Ended(
        2, b"", f"the log {tmp_path}/run.jsonl cannot be written: Is a directory\n"
    )


@pytest.mark.parametrize(
    ("streams", "ended"),
    [
        (">&-", Ended(2, b"", "standard output is closed, so there is nowhere to write the result\n")),
        ("<&-", Ended(0, PAGE.encode(), "")),
        ("2>&-", Ended(0, PAGE.encode(), "")),
        (">&- 2>&-", Ended(2, b"", "")),
    ],
)
def test_closed_streams(streams: str, ended: Ended) -> None:
    """Each of the three may be closed before the program starts; no message goes where results do."""
    assert shell(f"$sim run {FEB2022} {streams}") == ended
    if "2>" in streams:
        assert shell(f"$sim run nowhere.yaml {streams}") == Ended(2, b"", "")


def test_messages_that_cannot_be_written(full_device: Path) -> None:
    """The status still says it."""
    assert shell(f"$sim run nowhere.yaml 2>{full_device}") == Ended(2, b"", "")


NARROW = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1"},
]


@pytest.mark.parametrize("narrow", NARROW)
def test_narrow_encodings(narrow: dict[str, str], tmp_path: Path) -> None:
    """A page shows the codes of what it cannot write. JSON and CSV are for programs: always in UTF-8, and right."""
    text = (ROOT / "scenarios" / "failed-total.yaml").read_text(encoding="utf-8")
    text = text.replace("Harbour Gazette", "港 Gazette").replace("1,400 take", "1,400 日本 take")
    path = tmp_path / "wide.yaml"
    path.write_text(text, encoding="utf-8")
    env = environment(**narrow)
    page = shell(f"$sim run {path}", env)
    assert (page.status, page.err) == (1, "")
    assert b"A \\u6e2f Gazette (invented)" in page.out
    whole = shell(f"$sim run {path} --format json", env)
    assert json.loads(whole.out.decode("utf-8"))["claims"][-1]["says"] == "1,400 日本 take part in Vesterland"
    table = shell(f"$sim run {path} --format csv --table claims", env)
    assert "1,400 日本 take part in Vesterland" in table.out.decode("utf-8")


def test_names_of_files_that_are_no_text(tmp_path: Path) -> None:
    """A name that is not UTF-8 is a name all the same."""
    shutil.copy(ROOT / FEB2022, tmp_path / os.fsdecode(b"\xff.yaml"))
    done = shell(r"$sim check $'\xff.yaml' && $sim run $'\xff.yaml' --log $'\xfe.jsonl'", cwd=tmp_path)
    assert done.status == 0
    assert b"\\udcff.yaml: loads: " in done.out
    assert "log \\udcfe.jsonl: written, " in done.err


def test_hash_seeds_change_nothing() -> None:
    """Another process with another PYTHONHASHSEED says the same, byte for byte."""
    seeds = ("1", "2")
    one, other = (shell(f"$sim run {FEB2022} --format json", environment(PYTHONHASHSEED=seed)) for seed in seeds)
    assert one == other


def test_ctrl_c_in_a_large_run(tmp_path: Path) -> None:
    """One line and status 130; what the log holds by then is kept, and the next run completes it."""
    path, log = _large(tmp_path), tmp_path / "run.jsonl"
    words = [sys.executable, "-m", "sim", "run", str(path), "--log", str(log)]
    env = unmeasured(environment())  # coverage may hold its lock as it is interrupted, and would wait for ever
    running = subprocess.Popen(words, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not (log.exists() and log.stat().st_size):
        assert running.poll() is None, "the run is under way"
        time.sleep(0.005)
    running.send_signal(signal.SIGINT)
    assert running.communicate(timeout=60) == (b"", b"interrupted\n")
    assert running.returncode == 130
    size = log.stat().st_size
    done = shell(f"$sim run {path} --log {log} --table invariants")
    assert (done.status, log.stat().st_size > size) == (0, True)
    assert done.err.startswith(f"log {log}: completed, ")


def _large(folder: Path) -> Path:
    """A scenario of many units, which takes a second or so."""
    count = 8000
    units = "".join(f"u{number},100,home,post\n" for number in range(count))
    orders = "".join(f"o{number},D+{number % 300},alert,u{number},post\n" for number in range(count))
    (folder / "units.csv").write_text("id,troops,place,sources\n" + units, encoding="utf-8")
    (folder / "orders.csv").write_text("id,at,action,units,sources\n" + orders, encoding="utf-8")
    path = folder / "large.yaml"
    path.write_text(
        "format: 1\ntitle: Large\nstart: 2022-01-01\nend: 2022-12-31\nsources: {post: {outlet: Post}}\n"
        "places: {home: {country: US}}\nunits: units.csv\norders: orders.csv\n",
        encoding="utf-8",
    )
    return path
