"""Bands: what many runs of one scenario come to, for the album: when orders close, how far strengths spread."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sim.errors import UsageError
from sim.report.answer import Answer

Json = dict[str, Any]

_LOW, _MIDDLE, _HIGH = 5, 50, 95
"""In how many of a hundred runs a figure is at most so large: between the outer two lie nine runs of ten."""

_LATER = "later"


def bands(answer: Answer, runs: int) -> Json:
    """What so many runs come to, from the seed of the answer's own; times are minutes.

    A closure of None is not by the end. Of the posture, at the answer's times, only what differs between runs is told.
    Raises UsageError for a scenario of which nothing is left to chance, and for fewer than one run.
    """
    from sim.report.ensemble_run import run_ensemble

    book = answer.book
    times = [book.calendar.instant(minute) for minute in answer.times]
    told = json.loads(run_ensemble(book.scenario, runs, book.opened.seed, at=times).to_json())
    if not told["ensemble"]["left_to_chance"]:
        raise UsageError("--runs: nothing in this scenario is left to chance", "Leave it out: all runs are the same.")
    lines = [{**line, **_spread(line.pop("quantiles"))} for line in told["posture"]]
    closures = [{**each, "quantiles": _by_share(answer, each["quantiles"])} for each in told["closure"]]
    return {
        "runs": told["ensemble"]["runs"],
        "seed": told["ensemble"]["seed"],
        "notes": [*_notes(answer, told)],
        "closures": [{name: each[name] for name in ("order", "runs_closed", "quantiles")} for each in closures],
        "bands": [_at_minute(answer, line) for line in lines if line["low"] != line["high"]],
        "claims": [_at_minute(answer, claim) for claim in told["claims"]],
    }


def _notes(answer: Answer, told: Json) -> Iterator[str]:
    """What a reader has to know to hold these figures against those of the one run."""
    if any(order.carriage is not None for order in answer.book.orders.values()):
        yield (
            "In these runs what can go by lift does, whatever was reported of its arrival: an order may close at "
            "another time than in the rest of this report, or not by the end."
        )
    ends = (each[end] for closure in told["closure"] for each in closure["quantiles"] for end in ("low", "high"))
    if any(end is None for end in ends):
        yield (
            f"{told['ensemble']['runs']:,} runs are too few to tell how far the earliest and the latest lie: of more "
            "runs, some may be earlier or later than is shown."
        )


def _spread(quantiles: list[Json]) -> Json:
    values = {each["share"]: each["value"] for each in quantiles}
    return {"low": values[_LOW], "middle": values[_MIDDLE], "high": values[_HIGH]}


def _by_share(answer: Answer, quantiles: list[Json]) -> dict[str, int | None]:
    return {str(each["share"]): _minute(answer, each["value"]) for each in quantiles}


def _at_minute(answer: Answer, form: Json) -> Json:
    return {**form, "at": _minute(answer, form["at"])}


def _minute(answer: Answer, stamp: str) -> int | None:
    return None if stamp == _LATER else answer.book.calendar.minute(datetime.fromisoformat(stamp))
