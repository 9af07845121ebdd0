"""What the documentation shows is what happens: its examples are run, its links lead somewhere."""

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from sim.cli.status import OUR_BUG
from tests.docs.page import Block, Step, blocks_of, cut_like, matches, rendered, steps_of
from tests.unmeasured import unmeasured

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("scenarios/*.md")])
SHELL, PYTHON = ("$ ", "> "), (">>> ", "... ")


class Session:
    """A reader at a keyboard, in a folder of their own that holds a copy of `scenarios/`."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(ROOT / "scenarios", folder / "scenarios")
        self._folder = folder
        self._status = 0
        self._names: dict[str, Any] = {"__name__": "__main__"}
        self._environment = unmeasured() | {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
        }
        for name in ("COLUMNS", "SIM_LOG"):
            self._environment.pop(name, None)

    def save(self, block: Block) -> None:
        (self._folder / block.file).write_text("".join(line + "\n" for line in block.lines), encoding="utf-8")

    def shell(self, typed: tuple[str, ...]) -> str:
        """What the command prints on both streams; `$?` is the status of the command before it."""
        command = f"(exit {self._status}); " + "\n".join(typed)
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode != OUR_BUG, done.stdout
        self._status = done.returncode
        return done.stdout

    def python(self, typed: tuple[str, ...]) -> str:
        """What the interpreter prints; names last to the end of the page."""
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.chdir(self._folder):
            exec(compile("\n".join(typed) + "\n", "<page>", "single"), self._names)
        return printed.getvalue()


def run(block: Block, session: Session) -> tuple[str, ...]:
    """The lines of the block as they should be: its own, but for printed lines that differ from what is printed."""
    if block.file:
        session.save(block)
    if block.language == "console":
        prompts, execute = SHELL, session.shell
    elif block.language == "python" and not block.file:
        prompts, execute = PYTHON, session.python
    else:
        return block.lines
    lines: list[str] = []
    for step in steps_of(block, *prompts):
        lines += rendered(_checked(step, execute(step.typed)), *prompts)
    return tuple(lines)


def _checked(step: Step, output: str) -> Step:
    """The step with what was printed, unless the page already says so."""
    actual = tuple(line.rstrip() for line in output.splitlines())
    # Blank lines at the end of a step only set it off from the next one.
    expected, after = step.printed, 0
    while len(expected) > len(actual) and not expected[-1]:
        expected, after = expected[:-1], after + 1
    return step if matches(expected, actual) else evolve(step, printed=cut_like(expected, actual) + ("",) * after)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_examples_print_what_the_page_says(page: Path, rewrite: bool, tmp_path: Path) -> None:
    """Every `console` and `python` block, run in order as a reader would, prints what stands below it."""
    said = page.read_text(encoding="utf-8")
    lines = said.splitlines()
    session = Session(tmp_path)
    for block in reversed([evolve(block, lines=run(block, session)) for block in blocks_of(lines)]):
        end = lines.index(block.indent + "```", block.start)
        lines[block.start : end] = [(block.indent + line).rstrip() for line in block.lines]
    happened = "".join(line + "\n" for line in lines)
    if rewrite:
        page.write_text(happened, encoding="utf-8", newline="\n")
    else:
        assert happened == said


def _links(page: Path) -> Iterator[tuple[Path, str]]:
    """The file and the heading of each link within the repository."""
    text = re.sub(r"(?ms)^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target):
            file, _, heading = target.partition("#")
            yield (page.parent / file).resolve() if file else page, heading


def _anchors(page: Path) -> set[str]:
    """The headings of a page, as the addresses that a forge gives them."""
    headings = re.findall(r"(?m)^#+ (.+)$", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of the repository finds it, and the heading it names."""
    broken = [
        f"{file}#{heading}"
        for file, heading in _links(page)
        if not file.exists() or (heading and heading not in _anchors(file))
    ]
    assert broken == []


def test_every_page_is_in_the_index() -> None:
    """docs/README.md names every page of the documentation."""
    index = ROOT / "docs" / "README.md"
    named = {file for file, _ in _links(index)} | {index}
    assert [page for page in ROOT.glob("docs/**/*.md") if page not in named] == []
