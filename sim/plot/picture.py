"""Pictures: what is drawn of an answer, as the bytes of a file with a text that says the same in words."""

from collections.abc import Collection, Iterable, Mapping

from attrs import frozen

from sim.domain.claim import Selector
from sim.errors import UsageError
from sim.plot.canvas import check_matplotlib, has_glyphs, saved, settings
from sim.plot.closure import Prediction, closure_curves
from sim.plot.closure_figure import CURVES_MAX, closure_figure
from sim.plot.mount import mount_of
from sim.plot.posture import DEFAULT_FIELDS, posture_panels
from sim.plot.posture_figure import posture_figure
from sim.plot.spoken import closures_in_words, posture_in_words
from sim.report.answer import Answer
from sim.report.wording import Wording


@frozen
class Picture:
    """The bytes of a file, and what it shows, for those who do not see it. `legible` says whether its font has every
    character: where it does not, boxes stand for those that it has not.
    """

    data: bytes
    words: str
    legible: bool


def posture_picture(answer: Answer, form: str, selector: Selector, by: Iterable[str] = ()) -> Picture:
    """The posture over time, as far as a selector selects it, grouped `by` fields; `form` is one of the FORMATS.

    Raises UsageError where that is nothing, and where matplotlib is not installed.
    """
    check_matplotlib("a picture")
    wording, fields = Wording(answer.book), tuple(by) or DEFAULT_FIELDS
    panels = posture_panels(wording, selector, fields)
    if not panels:
        raise UsageError("there is nothing to draw: nobody is ever there", "Leave out some of what was asked for.")
    mount = mount_of(answer, wording, f"Strength by {' and '.join(fields)}")
    words = posture_in_words(mount, wording, panels)
    with settings():
        return Picture(saved(posture_figure(mount, wording, panels), form, mount.title), words, has_glyphs(words))


def closure_picture(
    answer: Answer,
    form: str,
    orders: Collection[str] = (),
    runs: int | None = None,
    predicted: Mapping[str, Prediction] | None = None,
) -> Picture:
    """How orders closed, or those among them that are named; with what was `predicted` of so many `runs`.

    Raises UsageError where none moves anything, and where matplotlib is not installed.
    """
    check_matplotlib("a picture")
    wording, curves = Wording(answer.book), closure_curves(answer, orders, predicted)
    if not curves:
        raise UsageError("there is nothing to draw: no such order moves anything", "A deploy or a return does.")
    shows = "How orders closed" + ("" if runs is None else f", and when in {runs:,} runs")
    more = [f"{len(curves) - CURVES_MAX:,} more orders are not drawn."] if len(curves) > CURVES_MAX else []
    curves = curves[:CURVES_MAX]
    mount = mount_of(answer, wording, shows, *more)
    words = closures_in_words(mount, wording, curves)
    with settings():
        return Picture(saved(closure_figure(mount, wording, curves), form, mount.title), words, has_glyphs(words))
