"""The mutants that are known to change no figure are of code that is still there, and none is left over."""

from tests.mutation.__main__ import ROOT, TESTS, explained


def test_every_explained_mutant_is_of_a_line_of_its_module() -> None:
    """A line that has changed needs its mutants tried, and explained, anew."""
    known = explained()
    assert known
    for (module, where, before, after), why in known.items():
        assert module in TESTS
        lines = " ".join(line.strip() for line in (ROOT / module).read_text(encoding="utf-8").splitlines())
        assert before in lines
        assert not where or f"def {where}(" in lines
        assert before != after
        assert why
