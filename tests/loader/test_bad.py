"""Every way in which a scenario fails to load: a minimal bad file, and the exact text it gives."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import LoadError
from sim.loader import faults, load

BAD = Path(__file__).parent.parent / "bad"
FAULTS = {name: value for name, value in vars(faults).items() if isinstance(value, faults.Fault)}

TOO_BIG_FOR_A_FILE_HERE = {"TOO_LARGE", "LINE_TOO_LONG"}
"""Faults of enormous files; test_hostile.py makes those."""


@pytest.mark.parametrize("name", sorted(path.stem for path in BAD.glob("*.yaml")))
def test_a_bad_file_gives_its_error(
    name: str, monkeypatch: pytest.MonkeyPatch, golden: Callable[[Path, str], None]
) -> None:
    """Loading fails, and says all that is wrong, where, and what to do."""
    monkeypatch.chdir(BAD)
    with pytest.raises(LoadError) as caught:
        load(f"{name}.yaml")
    golden(BAD / f"{name}.expected", f"{caught.value}\n")


@pytest.mark.parametrize("name", sorted(FAULTS.keys() - TOO_BIG_FOR_A_FILE_HERE))
def test_a_fault_has_its_bad_file(name: str) -> None:
    """The bad file of a fault is called what the fault is called, and its error is in the fault's words."""
    expected = (BAD / f"{name.lower().replace('_', '-')}.expected").read_text(encoding="utf-8")
    words = re.split(r"\{\w+\}", FAULTS[name].message.replace("{{", "{").replace("}}", "}"))
    assert re.search(".*".join(map(re.escape, words)), expected)


@pytest.mark.parametrize("path", sorted(BAD.glob("*.expected")), ids=lambda path: path.stem)
def test_no_expectation_is_left_over(path: Path) -> None:
    """Each expected text belongs to a bad file."""
    assert path.with_suffix(".yaml").exists()


def test_the_error_counts_its_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says how many problems there are, even where not all are shown."""
    monkeypatch.chdir(BAD)
    with pytest.raises(LoadError) as caught:
        load("more.yaml")
    assert caught.value.message == "more.yaml does not load: 102 problems"
    assert len(caught.value.findings) == 101
