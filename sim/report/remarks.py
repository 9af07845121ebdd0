"""Remarks on scenarios, as text in the form of load errors, as Markdown, JSON and CSV."""

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from sim.errors import Finding, Location, render
from sim.lint import Remark
from sim.report.csv_form import csv_text
from sim.report.json_form import Json, json_text
from sim.report.table import Style, draw, escaped
from sim.report.text import clean, finished

COLUMNS = ("file", "line", "column", "check", "section", "id", "key", "message", "expected", "found", "remedy")

SHOWN_MAX = 20
"""How many remarks of one check on one scenario a page shows; JSON and CSV have all."""

_HEAD = ("place", "remark", "what to do", "check")


@frozen
class Placed:
    """A remark, the name of its check, and where in its file it is."""

    check: str
    remark: Remark
    location: Location


@frozen
class Looked:
    """All remarks on the scenario in a file, by file and place."""

    file: str
    remarks: tuple[Placed, ...]


def remarks_text(looked: Sequence[Looked]) -> str:
    """The remarks on each scenario, and how many they are."""
    return finished(
        "".join(f"{line}\n" for each in looked for line in (*_told(each), f"{clean(each.file)}: {_summed(each)}"))
    )


def remarks_markdown(looked: Sequence[Looked]) -> str:
    """A section for each scenario, with a table of the remarks on it."""
    return finished("\n".join(line for each in looked for line in _section(each)))


def remarks_json(looked: Sequence[Looked], checks: Sequence[str]) -> str:
    """All remarks as JSON text, with the files and the names of the checks that were asked."""
    forms = [_form(placed) for each in looked for placed in each.remarks]
    return json_text({"files": [each.file for each in looked], "checks": list(checks), "remarks": forms})


def remarks_csv(looked: Sequence[Looked]) -> str:
    """All remarks as CSV, a row each."""
    return csv_text(COLUMNS, (_form(placed) for each in looked for placed in each.remarks))


def _form(placed: Placed) -> Json:
    """A remark for other programs; what it does not have is None."""
    remark, pointer, place = placed.remark, placed.remark.pointer, placed.location
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "check": placed.check,
        "section": pointer.section,
        "id": pointer.id or None,
        "key": pointer.key or None,
        "message": remark.message,
        "expected": remark.expected or None,
        "found": remark.found or None,
        "remedy": remark.remedy,
    }


def _told(looked: Looked) -> Iterator[str]:
    for placed in _shown(looked):
        finding, place = _finding(placed), placed.location
        message = f"{finding.message} [{placed.check}]"
        yield render(evolve(finding, message=message, location=evolve(place, file=clean(place.file))))
    for check, left in _left_out(looked):
        yield render(Finding(f"{left} [{check}]", remedy="All are in --format csv and --format json."))


def _section(looked: Looked) -> Iterator[str]:
    yield f"## {escaped(clean(looked.file))}"
    yield ""
    rows = []
    for placed in _shown(looked):
        finding, place = _finding(placed), placed.location
        beside = [
            f"{word}: {said}" for word, said in (("expected", finding.expected), ("found", finding.found)) if said
        ]
        rows.append((clean(str(place)), "; ".join([finding.message, *beside]), finding.remedy, placed.check))
    if rows:
        yield from draw(_HEAD, rows, (), Style.MARKDOWN)
        yield ""
    yield from (f"- {escaped(left)} ({check})" for check, left in _left_out(looked))
    yield f"{_summed(looked).capitalize()}."
    yield ""


def _finding(placed: Placed) -> Finding:
    remark = placed.remark
    return Finding(clean(remark.message), None, clean(remark.expected), clean(remark.found), clean(remark.remedy))


def _shown(looked: Looked) -> Iterator[Placed]:
    """The first remarks of each check."""
    counts: Counter[str] = Counter()
    for placed in looked.remarks:
        counts[placed.check] += 1
        if counts[placed.check] <= SHOWN_MAX:
            yield placed


def _left_out(looked: Looked) -> Iterator[tuple[str, str]]:
    """The checks of which not all remarks are shown, each with how many more there are."""
    for check, count in Counter(placed.check for placed in looked.remarks).items():
        if count > SHOWN_MAX:
            left = count - SHOWN_MAX
            yield check, f"{left:,} more like {'this is' if left == 1 else 'these are'} not shown"


def _summed(looked: Looked) -> str:
    count = len(looked.remarks)
    return f"{count:,} remark{'' if count == 1 else 's'}" if count else "nothing to remark"
