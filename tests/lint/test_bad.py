"""Every check by its name: a minimal file that it has remarks on, and the exact text of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.cli import main
from sim.lint import CHECKS

BAD = Path(__file__).parent


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_check_has_its_remarks(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], golden: Callable[[Path, str], None]
) -> None:
    """The file called like the check gives its remarks, whether it is asked alone or with all others, and no others."""
    monkeypatch.chdir(BAD)
    assert main(["lint", f"{name}.yaml"]) == 1
    said = capsys.readouterr()
    golden(BAD / f"{name}.expected", said.out)
    assert main(["lint", f"{name}.yaml", "--check", name]) == 1
    assert capsys.readouterr() == said
    assert main(["lint", f"{name}.yaml", "--except", name]) == 0
    assert capsys.readouterr().out == f"{name}.yaml: nothing to remark\n"


def test_no_file_is_left_over() -> None:
    """Each file belongs to a check."""
    assert {path.stem for path in BAD.glob("*.yaml")} | {path.stem for path in BAD.glob("*.expected")} == set(CHECKS)
