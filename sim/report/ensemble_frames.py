"""The tables of an ensemble as frames, and as files in Parquet: the cells of the CSV, with their types."""

from datetime import datetime
from io import BytesIO
from typing import Any

from sim.ensemble.distribution import SHARES
from sim.ensemble.question import VERDICTS
from sim.posture.frames import Column, Frame, Holds
from sim.report.ensemble_answer import EnsembleAnswer
from sim.report.ensemble_form import LATER_THAN_THE_END, MINUTES, TABLES

_ORDER = Column("order", Holds.TEXT, "The order's id.")
_CLAIM = Column("id", Holds.TEXT, "The claim's id.")


def _chances(name: str, meaning: str) -> tuple[Column, ...]:
    """A chance, and the interval that holds it with 95 % confidence."""
    before = "" if name == "chance" else f"{name}_"
    return (
        Column(name, Holds.SHARE, meaning),
        Column(f"{before}low", Holds.SHARE, "The low end of its 95 % confidence interval."),
        Column(f"{before}high", Holds.SHARE, "The high end of it."),
    )


def _quantiles(holds: Holds, null: str, unit: str = "") -> tuple[Column, ...]:
    """The quantiles, each with its interval; `null` is what it means that one is null. Names end with the `unit`."""
    columns = []
    for share in SHARES:
        columns += [
            Column(f"q{share}{unit}", holds, f"At or below it are {share} % of the runs{null}."),
            Column(
                f"q{share}_low{unit}", holds, "The low end of its 95 % confidence interval; null also for too few runs."
            ),
            Column(f"q{share}_high{unit}", holds, "The high end of it, likewise."),
        ]
    return tuple(columns)


LAYOUTS: dict[str, tuple[Column, ...]] = {
    "closure": (
        _ORDER,
        Column("runs_closed", Holds.NUMBER, "In how many runs it has closed by the end."),
        Column("runs_dropped", Holds.NUMBER, "In how many it can close no more: cancelled, or refused by a unit."),
        *_quantiles(Holds.TIME_OR_NULL, "; null is later than the end"),
    ),
    "by": (
        _ORDER,
        Column("at", Holds.TIME, "By which minute."),
        Column("runs", Holds.NUMBER, "In how many runs it has closed by then."),
        *_chances("chance", "In what share of the runs that is."),
    ),
    "claims": (
        _CLAIM,
        Column("at", Holds.TIME, "The minute that the claim is about, or by which it says that something closes."),
        *(
            column
            for verdict in VERDICTS
            for column in _chances(str(verdict), f"In what share of the runs it is {verdict}.")
        ),
        Column("runs_reached", Holds.NUMBER, "In how many runs what it says is so at any minute, up to the end."),
        *_quantiles(Holds.TIME_OR_NULL, ", by when what it says was first so; null is later than the end"),
    ),
    "waits": (
        _ORDER,
        Column("cause", Holds.TEXT, "What its loads waited for."),
        Column("runs_waited", Holds.NUMBER, "In how many runs any did."),
        *_quantiles(Holds.NUMBER_OR_NULL, ", in minutes a load", MINUTES),
    ),
    "posture": (
        Column("at", Holds.TIME, "The minute of the posture."),
        Column("side", Holds.TEXT, "Whose it is."),
        Column("kind", Holds.TEXT, "What is counted: troops, aircraft, vehicles or batteries."),
        Column("place", Holds.TEXT, "The id of the place; of what is in transit, where it is bound."),
        Column("country", Holds.TEXT_OR_NULL, "The country of that place; null where none is known."),
        Column("readiness", Holds.TEXT, "garrison, standby, heightened-alert, in-transit or deployed."),
        *_quantiles(Holds.NUMBER_OR_NULL, ", in strength"),
    ),
    "shifts": (
        _ORDER,
        *_chances("sooner", "In what share of the pairs it closes sooner in the other scenario."),
        *_chances("later", "In what share it closes later there."),
        *_chances("in_neither", "In what share it closes in neither."),
        Column("runs_both", Holds.NUMBER, "In how many pairs it closes in both."),
        *_quantiles(
            Holds.NUMBER_OR_NULL,
            ", in minutes later; below 0 is sooner; null where it closes in both nowhere",
            MINUTES,
        ),
    ),
    "agreed": (
        _CLAIM,
        *_chances("both", "In what share of the pairs it holds in both scenarios."),
        *_chances("only_here", "In what share only here."),
        *_chances("only_there", "In what share only in the other."),
    ),
}
"""What each column of the tables holds."""


def ensemble_frame(answer: EnsembleAnswer, table: str) -> Frame:
    """One of TABLES as a frame. The last two have no rows where nothing is compared."""
    _, rows = TABLES[table]
    layout = LAYOUTS[table]
    return Frame(layout, [tuple(_cell(column, row.get(column.name)) for column in layout) for row in rows(answer)])


def ensemble_to_parquet(answer: EnsembleAnswer, table: str) -> bytes:
    """One of TABLES as a file in Parquet. Raises UsageError without the library."""
    whole = BytesIO()
    ensemble_frame(answer, table).to_polars().write_parquet(whole)
    return whole.getvalue()


def _cell(column: Column, cell: Any) -> Any:
    """A cell of the form of an answer, as its column holds it."""
    match column.holds:
        case Holds.TIME | Holds.TIME_OR_NULL:
            return None if cell is None or cell == LATER_THAN_THE_END else datetime.fromisoformat(cell)
        case Holds.TEXT:
            return str(cell)
        case _:
            return cell
