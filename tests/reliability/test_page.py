"""The page of faults names every test of this folder, and no other."""

import re
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "reference" / "faults.md"


def test_the_page_names_every_fault_that_is_tried() -> None:
    """A new test here needs a line there."""
    there = set(re.findall(r"`(test_\w+\.py::test_\w+)`", PAGE.read_text(encoding="utf-8")))
    here = {
        f"{path.name}::{name}"
        for path in HERE.glob("test_*.py")
        if path != Path(__file__)
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert there == here
