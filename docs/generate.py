"""Fills the generated parts of the reference pages from the code, so that they cannot say anything else.

    python -m docs.generate            rewrite the pages that are stale, and the schema of the scenario format
    python -m docs.generate --check    name them, and exit 1 if there are any

A page is prose written by hand around regions, each filled by the function of its name:

    <!-- generated: invariants -->
    …
    <!-- end -->
"""

import ast
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import get_args

import attrs

import docs.keys
import docs.schema
import sim.loader.limits
from sim.domain.amendment import Amendment
from sim.domain.calendar import MINUTES_A_DAY, Calendar
from sim.domain.claim import Claim, Noted
from sim.domain.event import Event
from sim.domain.grounds import Grounds
from sim.domain.lift import Carriage, Change, Lift, Mode, Port
from sim.domain.order import Order, Transit
from sim.domain.place import Place
from sim.domain.quantity import exactly
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.variate import Fixed, Triangular
from sim.domain.vocabulary import Action, Kind
from sim.engine import simulate
from sim.eventlog.encoding import encode
from sim.ledger.invariants import INVARIANTS
from sim.lint import CHECKS
from sim.loader.shape import (
    CAPACITY,
    FIGURE,
    HEADER,
    LOAD,
    PARTS,
    SECTIONS,
    SELECTOR,
    STRENGTH,
    TRANSIT,
    WINDOW,
    Field,
    Form,
    Shape,
    columns_of,
    flat_key,
    is_variate,
)
from sim.posture.frames import PANDAS_TYPES, POSTINGS, SERIES, SNAPSHOT, polars_types
from sim.report.ensemble_form import TABLES
from sim.report.ensemble_frames import LAYOUTS

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
SCHEMA = REFERENCE / "scenario-format-1.schema.json"
BAD_FILES = ROOT / "tests" / "bad"
REMARKED_FILES = ROOT / "tests" / "lint"

_OWN_LIMITS = {"KEPT_MAX", "MEMO_MAX"}
"""Limits on what the loader keeps for itself, which nobody meets."""

_REGION = re.compile(r"(?ms)^<!-- generated: (\S+) -->\n(.*?)^<!-- end -->$")


def commands() -> Iterator[str]:
    """The help of every command, as it prints it."""
    whole = _help()
    names = re.findall(r"(?m)^    ([a-z-]+)  ", whole)
    assert names, "the help of the whole lists the commands"
    for heading, text in [("python -m sim", whole), *((name, _help(name)) for name in names)]:
        yield f"## {heading}"
        yield f"```text\n{text.rstrip()}\n```"


def _help(*command: str) -> str:
    """What --help prints in 100 columns and without colours."""
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1"}
    line = [sys.executable, "-m", "sim", *command, "--help"]
    return subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True).stdout


def events() -> Iterator[str]:
    """Every event: what it says, what its record holds, and what it is in Python."""
    examples = _one_of_each()
    for kind in get_args(Event):
        type_, payload = encode(examples[kind])
        yield f"### {kind.tag}"
        yield _prose(kind)
        yield f'```json\n{{"type": "{type_}", "data": {payload.decode()}}}\n```'
        yield f"In Python: `{kind.__name__}({', '.join(field.name for field in attrs.fields(kind))})`"


def _one_of_each() -> dict[type[Event], Event]:
    """The first event of each type in a run made for it."""
    reported, units = Grounds(("post",)), ("engineers",)
    alert = Order("alert", MINUTES_A_DAY, Action.ALERT, units, grounds=reported)
    deploy = Order("deploy", 2 * MINUTES_A_DAY, Action.DEPLOY, units, "away", transit=Transit(720), grounds=reported)
    holds = ((Kind.TROOPS, Fixed(100)),)
    flights = Lift("flights", Mode.AIR, Fixed(1), holds, Fixed(600), Fixed(60), "home", grounds=reported)
    carriage = Carriage(("flights",), ("home", "away"), notice=Fixed(720))
    scenario = Scenario(
        title="One of each",
        calendar=Calendar(datetime(2022, 1, 24, tzinfo=UTC)),
        end=30 * MINUTES_A_DAY,
        sources=[Source("post", "The Morning Post")],
        places=[
            Place("home", "Home", country="Estmark", lat=50.0, lon=10.0),
            Place("away", "Away", country="Vesterland", lat=50.0, lon=20.0),
        ],
        lift=[flights],
        ports=[Port("apron", "away", Fixed(1), Triangular(60, 90, 180), grounds=reported)],
        capacity=(Change("1", 4 * MINUTES_A_DAY, None, "apron", Fixed(2), reported),),
        units=[
            Unit("engineers", "Engineer company", Kind.TROOPS, exactly(300), "home", "home", grounds=reported),
            Unit("signals", "Signal company", Kind.TROOPS, exactly(150), "home", "home", grounds=reported),
        ],
        orders=[
            alert,
            deploy,
            Order(
                "airlift", 5 * MINUTES_A_DAY, Action.DEPLOY, ("signals",), "away", grounds=reported, carriage=carriage
            ),
            Order("too-late", 3 * MINUTES_A_DAY, Action.STANDBY, units, grounds=reported),
        ],
        claims=[Claim("context", "post", Noted("no figure is given"), says="More may follow")],
        amendments=(Amendment("earlier", ("post",), attrs.evolve(alert, at=MINUTES_A_DAY // 2)),),
    )
    found: dict[type[Event], Event] = {}
    for event in simulate(scenario):
        found.setdefault(type(event), event)
    return found


def invariants() -> Iterator[str]:
    """Every invariant, in the order they are reported."""
    yield _table(("name", "holds when"), ((f"`{name}`", _prose(each)) for name, each in INVARIANTS.items()))


def keys(shape: Shape) -> Iterator[str]:
    """What goes into a mapping."""
    yield _table(docs.keys.HEADER, docs.keys.rows(shape))


KEYS: dict[str, Shape] = {
    "top": {**HEADER, **SECTIONS},
    **{name: field.keys for name, field in SECTIONS.items()},
    "selectors": SELECTOR,
    "strength": STRENGTH.keys,
    "window": WINDOW.keys,
    "transit": TRANSIT.keys,
    "part": PARTS.keys,
    "capacity": CAPACITY.keys,
    "load": LOAD.keys,
    "distribution": FIGURE.keys,
}
"""The mappings whose keys the reference of the format shows."""


def columns() -> Iterator[str]:
    """The columns that a table of each section may have."""
    rows = (
        (f"`{section}`", ", ".join(f"`{name}`" for name in _listed(field.keys))) for section, field in SECTIONS.items()
    )
    yield _table(("section", "columns"), rows)


def _listed(shape: Shape) -> list[str]:
    unlisted = {column for name, field in shape.items() for column in _of_distributions(name, field)}
    return ["id", *(column for column in columns_of(shape) if column not in unlisted)]


def _of_distributions(name: str, field: Field) -> Iterator[str]:
    """The columns of the distributions of what `name` takes: the page says what they are called, and lists none."""
    if is_variate(field):
        yield from (f"{name}_{key}" for key in field.keys)
    elif field.form is Form.GROUP:
        for key, inner in field.keys.items():
            yield from _of_distributions(flat_key(name, key, field), inner)


def limits() -> Iterator[str]:
    """Every limit that a scenario can meet: the docstring that stands below it, and its value."""
    yield _table(("limit", ""), _limits())


def _limits() -> Iterator[tuple[str, str]]:
    for statement, below in pairwise(ast.parse(inspect.getsource(sim.loader.limits)).body):
        if isinstance(statement, ast.AnnAssign) and isinstance(below, ast.Expr):
            name, doc = ast.unparse(statement.target), ast.literal_eval(below.value)
            if name not in _OWN_LIMITS:
                yield doc, f"{getattr(sim.loader.limits, name):,}"


def frames() -> Iterator[str]:
    """The columns of every data frame: their types in both libraries, and what they mean."""
    types = polars_types()
    of_ensembles = ((f"Ensemble: {name}", layout) for name, layout in LAYOUTS.items())
    for heading, layout in (("Snapshot", SNAPSHOT), ("Series", SERIES), ("Postings", POSTINGS), *of_ensembles):
        yield f"## {heading}"
        yield _table(
            ("column", "pandas", "Polars", ""),
            ((f"`{each.name}`", PANDAS_TYPES[each.holds], str(types[each.holds]), each.meaning) for each in layout),
        )


def ensemble_tables() -> Iterator[str]:
    """The tables of an ensemble, with their columns; of quantiles only the first and the last."""

    def told(columns: Iterable[str]) -> str:
        each = [column for column in columns if not column.startswith(("q25", "q50", "q75"))]
        last = next((number for number, column in enumerate(each) if column.startswith("q95")), None)
        words = [f"`{column}`" for column in each]
        return ", ".join(words if last is None else [*words[:last], "…", *words[last:]])

    yield _table(("`--table`", "columns"), ((f"`{name}`", told(columns)) for name, (columns, _) in TABLES.items()))


def errors() -> Iterator[str]:
    """What is said of every file in tests/bad, which is a link away."""
    for said in sorted(BAD_FILES.glob("*.expected")):
        heading = said.stem.replace("-", " ").capitalize()
        yield f"## {heading}"
        yield f"```text\n{said.read_text(encoding='utf-8').rstrip()}\n```"
        yield f"[{said.stem}.yaml](../../tests/bad/{said.stem}.yaml)"


def checks() -> Iterator[str]:
    """Every check of `lint`: what it remarks on, and what it says of its file in tests/lint, which is a link away."""
    for name, check in CHECKS.items():
        said = (REMARKED_FILES / f"{name}.expected").read_text(encoding="utf-8")
        yield f"### {name}"
        yield _prose(check)
        yield f"```text\n{said.rstrip()}\n```"
        yield f"[{name}.yaml](../../tests/lint/{name}.yaml)"


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; a cell's lines are joined."""
    lines = [tuple(header)]
    lines += [("---",) * len(lines[0]), *(tuple(" ".join(cell.split()) for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _prose(documented: object) -> str:
    doc = inspect.getdoc(documented)
    assert doc, f"{documented} says what it is"
    return doc


REGIONS: dict[str, Callable[[], Iterator[str]]] = {
    "commands": commands,
    "events": events,
    "invariants": invariants,
    **{f"keys-{name}": partial(keys, shape) for name, shape in KEYS.items()},
    "columns": columns,
    "ensemble-tables": ensemble_tables,
    "limits": limits,
    "frames": frames,
    "errors": errors,
    "checks": checks,
}


def generated(page: str) -> str:
    """The page with its regions filled."""
    return _REGION.sub(lambda region: _filled(region[1]), page)


def _filled(name: str) -> str:
    return "\n\n".join([f"<!-- generated: {name} -->", *REGIONS[name](), "<!-- end -->"])


def main() -> int:
    fresh = {path: generated(path.read_text(encoding="utf-8")) for path in sorted(REFERENCE.glob("*.md"))}
    fresh[SCHEMA] = docs.schema.published()
    stale = [path for path in fresh if not path.exists() or path.read_text(encoding="utf-8") != fresh[path]]
    for path in stale:
        if "--check" not in sys.argv:
            path.write_text(fresh[path], encoding="utf-8", newline="\n")
        print(f"{path.relative_to(ROOT)}: " + ("stale; run `make docs`" if "--check" in sys.argv else "rewritten"))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
