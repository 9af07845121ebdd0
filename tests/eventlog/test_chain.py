"""The hash chain, against a second program written from the design's text alone."""

import hashlib
import json
from pathlib import Path

from sim.eventlog import open_log
from sim.eventlog.chain import run_id
from tests.eventlog.example import EXAMPLE


def check_chain(data: bytes) -> str:
    """Check the hashes of a file of one run as a stranger would; the last of them, in hex."""

    def field(value: bytes) -> bytes:
        return len(value).to_bytes(8, "big") + value

    previous = bytes(32)
    for number, line in enumerate(data.split(b"\n")[:-1]):
        record = json.loads(line)
        assert list(record) == ["run", "position", "at", "minute", "type", "data", "hash"]
        assert record["position"] == number
        payload = line.split(b', "data": ', 1)[1].rsplit(b', "hash": ', 1)[0]
        numbers = (str(record[key]).encode("ascii") for key in ("position", "minute"))
        fields = (*numbers, record["type"].encode(), payload)
        previous = hashlib.sha256(b"sim-log-1" + previous + b"".join(map(field, fields))).digest()
        assert record["hash"] == previous.hex()
    return previous.hex()


def test_a_stranger_can_check_a_file(tmp_path: Path) -> None:
    """The chain is what the design says it is, to the byte."""
    path = tmp_path / "run.jsonl"
    written = open_log(path).record(EXAMPLE)
    assert check_chain(path.read_bytes()) == written.head


def test_a_run_is_named_by_what_it_computes() -> None:
    """The id is the beginning of the SHA-256 of fingerprint, seed and rules, each with its length before it."""
    fields = b"".join(len(value).to_bytes(8, "big") + value for value in (b"ab", b"7", b"1"))
    assert run_id("ab", 7, 1) == hashlib.sha256(fields).hexdigest()[:16]
    assert len({run_id("ab", 7, 1), run_id("ab", 71, 1), run_id("ab", 7, 2), run_id("a", 7, 1)}) == 4
