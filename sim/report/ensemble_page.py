"""The page of an ensemble: when each order closes, which claims hold, what loads wait for, and where all are."""

from collections.abc import Iterator

from sim.ensemble.ensemble import is_narrow
from sim.report.ensemble_answer import EnsembleAnswer
from sim.report.ensemble_claims import claims
from sim.report.ensemble_closures import closed_by_then, closures
from sim.report.ensemble_pairs import pairs
from sim.report.ensemble_posture import posture
from sim.report.ensemble_waits import waits
from sim.report.ensemble_wording import in_every_run, listed
from sim.report.prose import Passage, passage, prose
from sim.report.table import Style, escaped
from sim.report.text import clean, finished
from sim.report.timeline_table import duration
from sim.report.wording import Wording


def ensemble_page(answer: EnsembleAnswer, style: Style, room: int) -> str:
    """The page, `room` characters wide as far as its tables allow."""
    wording = Wording(answer.first.book)
    title = clean(answer.first.book.opened.title) or "(untitled)"
    head = prose([wording.period(), *_setting(answer)], style, room)
    sections = [
        [f"# {escaped(title)}"] if style is Style.MARKDOWN else prose([title], style, room),
        head,
        *(passage(told, style, room) for told in _passages(answer, wording, style, room)),
    ]
    if style is not Style.MARKDOWN:
        sections[:2] = [sections[0] + sections[1]]
    return finished("\n\n".join("\n".join(lines) for lines in sections if lines) + "\n")


def _passages(answer: EnsembleAnswer, wording: Wording, style: Style, room: int) -> Iterator[Passage]:
    side, times = answer.first, answer.plan.times
    every = in_every_run(answer.tally.runs, answer.plan.left_to_chance)
    yield from closures(side, wording, every, style, room)
    yield from closed_by_then(side, wording, times, style, room)
    yield from claims(side, wording, every, style, room)
    yield from waits(side, every, style, room)
    yield from posture(side, wording, times, every, style, room)
    if answer.other is not None:
        yield from pairs(answer, answer.other, every, style, room)


def _setting(answer: EnsembleAnswer) -> Iterator[str]:
    """How many runs there are, of what, and what the figures in brackets are."""
    runs = answer.tally.runs
    if not answer.plan.left_to_chance:
        yield f"Nothing is left to chance here: {_why_certain(answer)}. Every run is the same, and one was played."
    else:
        many = "1 run" if runs == 1 else f"{runs:,} runs"
        yield f"{many}, seed {answer.plan.seed}. In brackets: with 95 % confidence"
        yield from _how_far(answer)
    if any(order.carriage is not None for order in answer.first.book.orders.values()):
        yield "What can go by lift does, whatever was reported of its arrival"


def _why_certain(answer: EnsembleAnswer) -> str:
    by_lift = any(order.carriage for each in answer.plan.scenarios for order in each.in_force.orders.values())
    return "every figure of lift is a single number" if by_lift else "no order goes by lift"


def _how_far(answer: EnsembleAnswer) -> Iterator[str]:
    """Whether it went as far as was asked."""
    runs, width = answer.tally.runs, answer.until_width
    if not answer.enough:
        yield f"Stopped: these are the first {runs:,} of {answer.asked:,} runs"
    elif width is None:
        return
    elif is_narrow(answer.tally, width):
        known = f"Every median closure is known to {duration(width)}"
        yield f"{known}: no more runs were needed" if runs < answer.asked else known
    else:
        after = "After the only run" if runs == 1 else f"After all {runs:,} runs"
        yield f"{after}, not every median closure is known to {duration(width)}{_beyond(answer)}"


def _beyond(answer: EnsembleAnswer) -> str:
    """The orders of which the median is beyond the end, or may be: no number of runs tells how far."""
    orders = [
        question.order
        for question, found in answer.first.closures
        if (median := found.quantile(50)).low is None or median.high is None
    ]
    return f", and that of {listed(orders)} may lie beyond the end" if orders else ""
