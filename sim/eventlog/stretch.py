"""Stretches: which part of a JSONL file belongs to which run."""

from attrs import frozen

from sim.errors import LogError
from sim.eventlog.line import BEGINNING, LINE_BYTES_MAX, begun_run, ends_run
from sim.eventlog.page import Page


@frozen
class Stretch:
    """Where a run stands: the bytes from `start` to `end`, beginning with line `line`, counted from 1.

    It has `lines` whole lines, the last of which begins at the byte `last`. `run` is cut short where the file ends
    within it.
    """

    run: str
    line: int
    start: int
    end: int
    lines: int = 0
    last: int = 0


@frozen
class Survey:
    """What stands in a file: the runs in order, `lines` in all, and whether the last run is unfinished."""

    stretches: tuple[Stretch, ...]
    lines: int
    unfinished: bool

    def of(self, run: str) -> Stretch | None:
        """The stretch of a run, or None where it is not there."""
        return next((stretch for stretch in self.stretches if stretch.run == run), None)


def survey(page: Page) -> Survey:
    """The runs in a file. Raises LogError for a file that is no log.

    Only the beginning of each line is looked at: whether records are sound is found out when they are read.
    """
    begun: list[tuple[str, int, int]] = []
    lasts: list[int] = []
    number = offset = 0
    line = b""
    page.turn(0, page.size)
    while page.left:
        before, line = line, page.line(LINE_BYTES_MAX + 1)
        number += 1
        if not line.startswith(BEGINNING[: len(line)]) or len(line) > LINE_BYTES_MAX:
            raise LogError(f"{page.path}:{number}: this is not a line of a log")
        run = begun_run(line)
        if run is None and not page.left and (number == 1 or ends_run(before)):
            run = _torn(line)
        if run is not None:
            begun.append((run, number, offset))
            lasts.append(offset)
        elif number == 1:
            raise LogError(f"{page.path}:1: the log does not begin with the first record of a run")
        if line.endswith(b"\n"):
            lasts[-1] = offset
        offset += len(line)
    whole = line.endswith(b"\n")
    finished = whole and ends_run(line)
    return Survey(_stretches(page, begun, lasts, number + whole), number, bool(begun) and not finished)


def _torn(line: bytes) -> str | None:
    """What there is of the id of a run of which `line`, the last of the file, is the torn off beginning."""
    return None if line.endswith(b"\n") else line[len(BEGINNING) :][:16].decode(errors="replace")


def _stretches(page: Page, begun: list[tuple[str, int, int]], lasts: list[int], beyond: int) -> tuple[Stretch, ...]:
    """The stretches of the runs begun; `beyond` is the number of the line after the last whole one."""
    if len({run for run, _, _ in begun}) < len(begun):
        raise LogError(f"{page.path}: the log holds one run twice", "keep one of the two")
    edges = [(line, start) for _, line, start in begun] + [(beyond, page.size)]
    return tuple(
        Stretch(run, line, start, end, following - line, last)
        for (run, line, start), (following, end), last in zip(begun, edges[1:], lasts, strict=True)
    )
