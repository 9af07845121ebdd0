"""`python -m tests.mutation [MODULE…]`: change what makes the figures in every small way, and see that a test notices.

Each module has its own copy of the project, where cosmic-ray changes one operator, number or word at a time and runs
the tests of the ledger. A mutant that no test notices has to be in `explained.toml`, with the reason why it changes no
figure. Exits 1 where one is not. Without a MODULE, such as sim/ledger/claims.py, all of TESTS are tried.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EXPLAINED = Path(__file__).with_name("explained.toml")

LAWS = ("ledger/laws", "model/model")

TESTS = {
    "sim/ledger/book.py": (
        "ledger/selection",
        "ledger/claims",
        "ledger/invariants",
        "ledger/book",
        "ledger/entry",
        *LAWS,
    ),
    "sim/domain/quantity.py": ("domain/interval", "domain/quantity"),
    "sim/ledger/invariants.py": ("ledger/invariants", *LAWS),
    "sim/ledger/claims.py": (
        "ledger/claims",
        "ledger/given",
        "ledger/open",
        "ledger/withdrawn",
        "ledger/invariants",
        "ledger/judging",
        "ledger/reached",
        *LAWS,
    ),
    "sim/ledger/holdings.py": ("ledger/holdings", "ledger/claims", *LAWS),
    "sim/ledger/portion.py": ("ledger/holdings", "ledger/claims", "ledger/given", *LAWS),
    "sim/ledger/selection.py": ("ledger/selection", "ledger/claims", *LAWS),
    "sim/ledger/balance.py": ("posture/snapshot", "ledger/book", *LAWS),
    "sim/ledger/entry.py": ("ledger/entry",),
}
"""What is changed, and the tests that have to notice, the quickest first."""

PYTEST = "-m pytest -q -x --assert=plain -p no:cacheprovider"
"""How the tests are run: with nothing that only explains a failure."""

CONFIG = """\
[cosmic-ray]
module-path = "{module}"
timeout = 90.0
excluded-modules = []
test-command = "{python} {pytest} {tests}"

[cosmic-ray.distributor]
name = "local"

# Nobody writes one of these for + or *; types or tests notice each at once, and there are hundreds of them.
[cosmic-ray.filters.operators-filter]
exclude-operators = ["core/ReplaceBinaryOperator_.*_(BitAnd|BitOr|BitXor|LShift|RShift|Pow|Mod|Div)"]
"""

Mutant = tuple[str, str, str, str]
"""The module, the function or class (empty outside of them), and the lines before and after."""


def survivors(module: str) -> tuple[int, list[Mutant]]:
    """How many mutants a module has, and those that no test noticed."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as scratch:
        copy = Path(scratch)
        for name in ("sim", "tests", "scenarios"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        tests = [f"tests/{folder}/test_{name}.py" for folder, name in (test.split("/") for test in TESTS[module])]
        config = CONFIG.format(module=module, python=sys.executable, pytest=PYTEST, tests=" ".join(tests))
        (copy / "mutation.toml").write_text(config, encoding="utf-8")
        _run(copy, sys.executable, *PYTEST.split(), *tests, PYTHONDONTWRITEBYTECODE="")
        _tool(copy, "cosmic-ray", "init", "mutation.toml", "session")
        _tool(copy, "cr-filter-operators", "session", "mutation.toml")
        _tool(copy, "cosmic-ray", "exec", "mutation.toml", "session")
        dump = _tool(copy, "cosmic-ray", "dump", "session")
    tried = [(item, result) for item, result in map(json.loads, dump.splitlines()) if result["test_outcome"]]
    alive = [_mutant(item, result) for item, result in tried if result["test_outcome"] == "survived"]
    return len(tried), alive


def _tool(copy: Path, name: str, *arguments: str) -> str:
    return _run(copy, str(Path(sys.executable).with_name(name)), *arguments, PYTHONDONTWRITEBYTECODE="1")


def _run(copy: Path, *command: str, **environment: str) -> str:
    # What the first run compiled is read, and nothing more is kept: a mutant may be as long and as old as the last one.
    environment = os.environ | {"HYPOTHESIS_PROFILE": "mutation"} | environment
    done = subprocess.run(command, cwd=copy, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}")
    return done.stdout


def _mutant(item: dict[str, Any], result: dict[str, Any]) -> Mutant:
    (mutation,) = item["mutations"]
    lines = [line for line in result["diff"].splitlines() if not line.startswith(("---", "+++", "@@"))]
    before, after = (" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
    return mutation["module_path"], mutation["definition_name"] or "", before, after


def explained() -> dict[Mutant, str]:
    """The mutants that are known to change no figure, each with the reason."""
    return {(module, each["in"], each["before"], after): each["why"] for module, each, after in _entries()}


def _entries() -> Iterator[tuple[str, dict[str, Any], str]]:
    for module, mutants in tomllib.loads(EXPLAINED.read_text(encoding="utf-8")).items():
        for each in mutants:
            for after in each["after"]:
                yield module, each, after


def main(modules: list[str]) -> int:
    """Try these modules, all if none is named, and tell what survived."""
    if strange := [module for module in modules if module not in TESTS]:
        raise SystemExit(f"no tests are named for {', '.join(strange)}; there are for {', '.join(TESTS)}")
    known = explained()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(survivors, modules or TESTS))
    alive = [mutant for _, survived in found for mutant in survived]
    print(f"{sum(count for count, _ in found)} mutants, {len(alive)} of them not noticed by a test")
    for module, where, before, after in alive:
        if (module, where, before, after) not in known:
            print(f"\n{module}, {where}\n- {before}\n+ {after}")
    return int(any(mutant not in known for mutant in alive))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
