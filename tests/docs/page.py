"""A page of documentation: prose around fenced blocks, some of which can be run.

A fence opens with a language and, for a block that is to be saved as a file, the file's name:

    ```yaml first.yaml

Blocks of `console` hold commands after "$ " (continued after "> ") and what they print; blocks of `python`, a session
with the interpreter. In what is printed, a line of "..." stands for any lines, and "..." within a line for any text.
"""

import re
from collections.abc import Iterator
from itertools import chain

from attrs import frozen

_FENCE = re.compile(r"( *)```(\w*)(?: +(\S+))?")


@frozen
class Block:
    """A fenced block: its language, the file it is saved as (or ""), its lines, and where in the page they stand."""

    language: str
    file: str
    lines: tuple[str, ...]
    start: int
    indent: str


@frozen
class Step:
    """One thing typed and what the page says is printed, both as lines without prompts or line ends."""

    typed: tuple[str, ...]
    printed: tuple[str, ...]


def blocks_of(page: list[str]) -> Iterator[Block]:
    """The fenced blocks of a page, given as its lines."""
    at = 0
    while at < len(page):
        match = _FENCE.fullmatch(page[at])
        at += 1
        if match is None:
            continue
        indent, language, file = match[1], match[2], match[3] or ""
        start = at
        while page[at] != indent + "```":
            at += 1
        lines = tuple(line.removeprefix(indent) for line in page[start:at])
        yield Block(language, file, lines, start, indent)
        at += 1


def steps_of(block: Block, first: str, following: str) -> list[Step]:
    """The steps of a block, by the prompts for a first and a following line."""
    steps: list[Step] = []
    typed: list[str] = []
    printed: list[str] = []
    for line in chain(block.lines, [first]):
        if line.startswith(first):
            if typed:
                steps.append(Step(tuple(typed), tuple(printed)))
            typed, printed = [line.removeprefix(first)], []
        elif typed and not printed and (line.startswith(following) or line == following.rstrip()):
            typed.append(line[len(following) :])
        else:
            assert typed, f"line {block.start} of the page: a block starts with {first!r}"
            printed.append(line)
    return steps


def rendered(step: Step, first: str, following: str) -> list[str]:
    """The lines of a step as they stand in a block."""
    command = [(following if number else first) + line for number, line in enumerate(step.typed)]
    return [*(line.rstrip() for line in command), *step.printed]


def matches(expected: tuple[str, ...], actual: tuple[str, ...]) -> bool:
    """Whether what was printed is what the page says, "..." standing for anything."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "..." else ".*".join(map(re.escape, line.split("..."))) + r"\n" for line in expected
    )
    return re.fullmatch(pattern, "".join(line + "\n" for line in actual)) is not None


def cut_like(expected: tuple[str, ...], actual: tuple[str, ...]) -> tuple[str, ...]:
    """What was printed, cut where the page cut it: as many lines before and after the one "..." as there were."""
    if expected.count("...") != 1:
        return actual
    head = expected.index("...")
    tail = len(expected) - head - 1
    return (*actual[:head], "...", *actual[max(head, len(actual) - tail) :])
