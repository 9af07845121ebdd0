"""The checks themselves: each of them, taken out of the program, makes some log that was tampered with pass.

The checks are found in the code, not listed here: a new one that no case of the battery sees fails this test.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from attrs import frozen

from sim.eventlog import checkpoint, comparison, consistency, reader, verification, verifier
from tests.eventlog.tampered import BATTERY, told

ERRORS_ALONE = (verifier, checkpoint, comparison, verification, consistency)
"""Where every `if …: raise …` is a check."""

AND_CALLS = (verifier, comparison, verification, consistency, reader)
"""Where every call whose result is not used is a check too."""


@frozen
class Check:
    """A statement of a module that can raise: what stands in its lines, and the module without it."""

    module: ModuleType
    line: int
    text: str
    without: ast.Module

    def __str__(self) -> str:
        return f"{self.module.__name__.rpartition('.')[2]}:{self.line} {self.text}"


def checks() -> Iterator[Check]:
    """Every check there is."""
    for module in dict.fromkeys((*ERRORS_ALONE, *AND_CALLS)):
        assert module.__file__ is not None
        source = Path(module.__file__).read_text(encoding="utf-8")
        for number, node in enumerate(ast.walk(ast.parse(source))):
            if _is_check(node, module):
                whole = ast.parse(source)
                _take_out(list(ast.walk(whole))[number])
                assert isinstance(node, ast.stmt)
                yield Check(module, node.lineno, ast.unparse(node).split("\n", 1)[0], ast.fix_missing_locations(whole))


def _is_check(node: ast.AST, module: ModuleType) -> bool:
    if isinstance(node, ast.If):
        return module in ERRORS_ALONE and isinstance(node.body[-1], ast.Raise)
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call) or module not in AND_CALLS:
        return False
    return ast.unparse(node.value.func) != "assert_never"  # which is for the type checker, and is never reached


def _take_out(node: ast.AST) -> None:
    """What is asked is never so; what is called is not."""
    if isinstance(node, ast.If):
        node.test = ast.Constant(value=False)
    else:
        assert isinstance(node, ast.Expr)
        node.value = ast.Constant(value=None)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The code of every function in a module, and of every method."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType) and "<" not in constant.co_qualname:
            yield constant
            yield from _codes(constant)


def _function(module: ModuleType, name: str) -> FunctionType | None:
    """The function of a module that has this name, with that of its class before it; None where it is a class."""
    found: Any = module
    for part in name.split("."):
        found = vars(found)[part]
    found = getattr(found, "__func__", found)  # of a class method
    found = getattr(found, "fget", found)  # of a property
    return found if isinstance(found, FunctionType) else None


def _put_in(mutant: Check, patch: pytest.MonkeyPatch) -> None:
    """Have the one function that has the check do what it does without."""
    assert mutant.module.__file__ is not None
    put = 0
    for code in _codes(compile(mutant.without, mutant.module.__file__, "exec")):
        function = _function(mutant.module, code.co_qualname)
        if function is not None and function.__code__ != code:
            patch.setattr(function, "__code__", code)
            put += 1
    assert put == 1


@pytest.mark.parametrize("name", BATTERY)
def test_what_was_tampered_with_is_told(name: str, tmp_path: Path) -> None:
    """Where, and what is wrong."""
    case, message = BATTERY[name]
    assert told(case, tmp_path) == message


@pytest.mark.parametrize("check", list(checks()), ids=str)
def test_no_check_can_be_left_out(check: Check, tmp_path: Path) -> None:
    """Without it, some case is not told what it should be."""
    with pytest.MonkeyPatch.context() as patch:
        _put_in(check, patch)
        assert any(_differs(name, tmp_path / str(number)) for number, name in enumerate(BATTERY))


def _differs(name: str, folder: Path) -> bool:
    """Whether a case comes out in another way than it should, an error of ours included."""
    folder.mkdir()
    case, message = BATTERY[name]
    try:
        return told(case, folder) != message
    except Exception:  # what a check keeps out may do anything
        return True
