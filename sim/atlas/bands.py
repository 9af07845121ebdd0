"""Bands: what many runs of one scenario come to, for the album: when orders close, how far strengths spread, and in how
many of them dated claims hold.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sim.atlas.picture import Picture
from sim.atlas.sentence import Link, Segment, joined, many, spoken_of
from sim.errors import UsageError
from sim.ledger.claims import Verdict
from sim.report.answer import Answer
from sim.report.question import label

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


CLAIMS_MAX = 3
"""How many claims that come out otherwise in other runs the sentence names."""

_COMES_OUT = {
    Verdict.HOLDS: "holds",
    Verdict.COMPATIBLE: "is possible within the figures' ranges",
    Verdict.OPEN: "is open",
    Verdict.CONTRADICTED: "is contradicted",
}


def chances(picture: Picture, bands: Json) -> Iterator[Segment]:
    """In how many of the runs the dated claims come out otherwise than in the picture's own; nothing without any."""
    runs, verdicts = bands["runs"], {each.claim.id: each.verdict for each in picture.answer.judgements}
    if not bands["claims"]:
        return
    differ = [each for each in bands["claims"] if each[verdicts[each["id"]]]["runs"] < runs]
    pieces: list[Iterable[Segment]] = [_chance(picture, each, runs) for each in differ[:CLAIMS_MAX]]
    if (more := len(differ) - CLAIMS_MAX) > 0:
        pieces.append([f"{many(more, 'more claim comes', 'more claims come')} out otherwise too"])
    yield f"All this is of one run. In {runs:,} with what is left to chance drawn anew, "
    yield from joined(pieces or [["every dated claim comes out as here"]], "; ", "; and ")
    yield "."


def _chance(picture: Picture, told: Json, all_runs: int) -> Iterator[Segment]:
    """How often a claim comes out in which way: it "holds in 34 and is contradicted in 16"."""
    claim = picture.answer.book.claims[told["id"]]
    yield Link(spoken_of(picture.wording.outlet(claim.source)), "source", claim.source)
    asked = f"\N{LEFT DOUBLE QUOTATION MARK}{label(picture.wording, claim.test)}\N{RIGHT DOUBLE QUOTATION MARK}"
    yield from ("\N{RIGHT SINGLE QUOTATION MARK}s claim ", Link(asked, "claim", claim.id), " ")
    each: Iterable[tuple[str, int]] = ((words, told[verdict]["runs"]) for verdict, words in _COMES_OUT.items())
    yield from joined([[f"{words} in {'all' if runs == all_runs else f'{runs:,}'}"] for words, runs in each if runs])


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
