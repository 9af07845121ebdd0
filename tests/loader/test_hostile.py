"""Input that means harm: refused in bounded time and memory, with an error like any other."""

import os
import time
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from sim.errors import LoadError
from sim.loader import load

HEAD = "format: 1\ntitle: Hostile\nstart: 2022-01-24\nend: 2022-02-28\n"


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    """A few seconds and a few hundred megabytes are far above what any refusal needs, and far below what harm does."""
    tracemalloc.start()
    started = time.process_time()
    yield
    seconds, peak = time.process_time() - started, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seconds < 20
    assert peak < 300 * 2**20


def error_of(path: Path) -> str:
    with pytest.raises(LoadError) as caught:
        load(path)
    return str(caught.value).replace(str(path.parent) + os.sep, "")


def written(folder: Path, text: str | bytes, name: str = "x.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def sparse(path: Path, mebibytes: int) -> Path:
    with path.open("wb") as file:
        file.truncate(mebibytes * 2**20)
    return path


def test_a_yaml_file_of_200_megabytes(tmp_path: Path) -> None:
    """It is refused by its size, before it is read."""
    tracemalloc.reset_peak()
    assert error_of(sparse(tmp_path / "x.yaml", 200)).splitlines()[0] == "'x.yaml' is larger than 64 MiB"
    assert tracemalloc.get_traced_memory()[1] < 2**20


def test_a_yaml_file_that_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was small when it was opened; the limit holds while it is read, too."""
    monkeypatch.setattr("sim.loader.document.YAML_MEBIBYTES_MAX", 1)
    grown = sparse(tmp_path / "x.yaml", 2)
    monkeypatch.setattr("sim.loader.document.open_regular", lambda *_, **__: grown.open("rb"))
    assert error_of(grown).splitlines()[0] == "'x.yaml' is larger than 1 MiB"


def test_a_table_of_300_megabytes(tmp_path: Path) -> None:
    sparse(tmp_path / "units.csv", 300)
    assert "'units.csv' is larger than 256 MiB" in error_of(written(tmp_path, HEAD + "units: units.csv\n"))


def test_a_table_of_one_line(tmp_path: Path) -> None:
    """A line of 200 MB would be 200 million cells."""
    sparse(tmp_path / "units.csv", 200)
    assert "'units.csv' has a line of more than 1,000,000 bytes" in error_of(
        written(tmp_path, HEAD + "units: units.csv\n")
    )


def test_a_cell_without_end(tmp_path: Path) -> None:
    """A quote that never closes ends where csv's own limit on a cell does."""
    written(tmp_path, 'id,name\na,"' + "long\n" * 100_000, "units.csv")
    assert "this is not CSV: field larger than field limit" in error_of(written(tmp_path, HEAD + "units: units.csv\n"))


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
def test_collections_50_000_deep(tmp_path: Path, bracket: str) -> None:
    found = error_of(written(tmp_path, HEAD + "places:\n  " + bracket * 50_000))
    assert "collections nest deeper than 32" in found or "a key here is not a plain text" in found


def test_an_alias_bomb(tmp_path: Path) -> None:
    """Nine levels of nine aliases would be 400 million nodes."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise("abcdefghi")]
    assert "more than 5,000,000 keys and values" in error_of(written(tmp_path, "\n".join(lines)))


def test_more_values_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values that are written out count as those that aliases repeat do."""
    monkeypatch.setattr("sim.loader.document.NODES_MAX", 20)
    found = error_of(written(tmp_path, HEAD + "snapshots: [" + "end, " * 20 + "]"))
    assert found.splitlines()[0].endswith(
        ": there are more than 5,000,000 keys and values, counting all that aliases repeat"
    )


def test_five_million_values(tmp_path: Path) -> None:
    """What the limit on values lets through takes bounded memory."""
    assert "'snapshots'" in error_of(written(tmp_path, HEAD + "snapshots: [" + "[]," * 100_000 + "]"))


@pytest.mark.parametrize(
    "tag",
    ["!!python/object/apply:os.system [echo harm]", "!!python/name:os.system ''", "!harm x", "!!int 3", "!!str x"],
)
def test_tags_build_nothing(tmp_path: Path, tag: str) -> None:
    assert "is refused: input is data" in error_of(written(tmp_path, HEAD + f"timezone: {tag}\n"))


@pytest.mark.parametrize(
    "number", ["9" * 1_000_000, "1" + ",000" * 100_000, "9" * 25, "1e999999999", "²", "٣", "-1", "+1"]
)
def test_numbers_that_are_none_or_huge(tmp_path: Path, number: str) -> None:
    """They cost no more than reading them."""
    unit = f"units: {{a: {{troops: '{number}', place: unstated, because: a guess}}}}\n"
    post = "units: {a: {troops: {is: thousands, post: '" + number + "', because: x}, place: unstated, because: x}}\n"
    assert "x.yaml:5:" in error_of(written(tmp_path, HEAD + unit))
    assert "is not a whole number that 'post' can be" in error_of(written(tmp_path, HEAD + post))


@pytest.mark.parametrize(
    "number", [".nan", ".inf", "-.inf", "nan", "inf", "1e2", "0x10", "1_0", "\u0661", "", "9" * 400]
)
def test_coordinates_that_are_no_numbers(tmp_path: Path, number: str) -> None:
    assert "x.yaml:5:" in error_of(written(tmp_path, HEAD + f"places: {{a: {{lat: '{number}', lon: 0}}}}\n"))


@pytest.mark.parametrize(
    "file", ["../secret.csv", "sub/../../secret.csv", "link.csv", "linked/secret.csv", "C:/../../secret.csv"]
)
def test_paths_that_leave_the_folder(tmp_path: Path, file: str) -> None:
    """By dots or by symbolic links, a file outside the folder is not opened: nothing of it is ever shown."""
    written(tmp_path, "id,secret\na,treasure\n", "secret.csv")
    folder = tmp_path / "scenario"
    (folder / "sub").mkdir(parents=True)
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "linked").symlink_to(tmp_path)
    found = error_of(written(folder, HEAD + f"units: '{file}'\n"))
    assert f"'{file}' lies outside the scenario's folder" in found
    assert "treasure" not in found


def test_an_absolute_path(tmp_path: Path) -> None:
    """Not even one that leads into the folder, so that a scenario says the same wherever it lies."""
    table = written(tmp_path, "id\n", "units.csv")
    assert "lies outside the scenario's folder" in error_of(written(tmp_path, HEAD + f"units: {table}\n"))


def test_a_link_within_the_folder(tmp_path: Path) -> None:
    """A link that stays inside is a path like any other."""
    written(tmp_path, "id,troops,place,because\na,100,unstated,a guess\n", "2022.csv")
    (tmp_path / "units.csv").symlink_to(tmp_path / "2022.csv")
    assert list(load(written(tmp_path, HEAD + "units: units.csv\n")).units) == ["a"]


@pytest.mark.parametrize("file", [r"units\0.csv", r"units\n.csv", r"\e[2J.csv"])
def test_names_that_cannot_be_shown(tmp_path: Path, file: str) -> None:
    found = error_of(written(tmp_path, HEAD + f'units: "{file}"\n'))
    assert "is not the path of a CSV file" in found
    assert "\x1b" not in found


def test_files_that_are_none(tmp_path: Path) -> None:
    """Nothing is waited for, and nothing endless is read."""
    os.mkfifo(tmp_path / "pipe.yaml")
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    assert "'pipe.yaml' is not a regular file" in error_of(tmp_path / "pipe.yaml")
    assert "'pipe.csv' is not a regular file" in error_of(written(tmp_path, HEAD + "units: pipe.csv\n"))
    assert "'zero.csv' lies outside the scenario's folder" in error_of(written(tmp_path, HEAD + "units: zero.csv\n"))
    assert "is not a regular file" in error_of(Path("/dev/zero"))
    assert "is not a regular file" in error_of(tmp_path)
    assert "'nowhere.yaml' does not exist" in error_of(tmp_path / "nowhere.yaml")
    assert "cannot be read" in error_of(tmp_path / "a\0b.yaml")


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xff\xfef\x00o\x00", "x.yaml:1:1: this is not UTF-8 text"),
        (b"format: 1\ntitle: caf\xe9\n", "x.yaml:2:11: this is not UTF-8 text"),
        (b"title: \xed\xa0\x80", "x.yaml:1:8: this is not UTF-8 text"),
        (b"title: \x00", "x.yaml:1:8: there is a control character here, U+0000"),
        (b"\xef\xbb\xbftitle: \x1b[2J", "x.yaml:1:8: there is a control character here, U+001B"),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, data: bytes, place: str) -> None:
    assert error_of(written(tmp_path, data)).splitlines()[0] == place


def test_a_million_bad_rows(tmp_path: Path) -> None:
    """Only so many problems are kept and shown; the rest are counted."""
    written(tmp_path, "id,troops,place,because\n" + "A,0,uss,\n" * 100_000, "units.csv")
    path = written(tmp_path, HEAD + "units: units.csv\n")
    with pytest.raises(LoadError) as caught:
        load(path)
    assert len(caught.value.findings) == 101
    assert "more problems are not shown" in caught.value.findings[-1].message


def test_a_circle_of_thousands(tmp_path: Path) -> None:
    """Circles are found without recursion, and shown cut short."""
    rows = "".join(f"p{number},p{(number + 1) % 20_000}\n" for number in range(20_000))
    written(tmp_path, "id,within\n" + rows, "places.csv")
    found = error_of(written(tmp_path, HEAD + "places: places.csv\n"))
    assert "'p0' is within itself: p0 > p1 > p2" in found
    assert len(found) < 1000
