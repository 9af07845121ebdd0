"""What pictures show, in words: for those who do not see them, and for the alternative text of a page."""

from collections.abc import Iterable, Iterator, Sequence

from sim.domain.vocabulary import Basis, Kind
from sim.plot.closure import Curve, Prediction, moved_by
from sim.plot.layer import Layer, Panel
from sim.plot.mount import Mount
from sim.posture.held import Held
from sim.report.text import clean, finished
from sim.report.wording import Wording, bounds

_KNOWN = {Basis.ANNOUNCED: ", only announced", Basis.ASSUMED: ", on an assumption", Basis.OBSERVED: "", None: ""}


def posture_in_words(mount: Mount, wording: Wording, panels: Iterable[Panel]) -> str:
    """A paragraph for each panel: what each layer holds at the start and at the end."""
    return _spoken(mount, (_panel(wording, panel) for panel in panels))


def _panel(wording: Wording, panel: Panel) -> str:
    first, last = wording.date(0).strip(), wording.day(wording.book.opened.end)
    layers = "; ".join(_layer(layer) for layer in reversed(panel.layers))
    return f"{panel.kind.capitalize()}, {clean(panel.side)}, {first} and {last}: {layers}."


def _layer(layer: Layer) -> str:
    first, last = layer.at(0).strength, layer.last
    if not first and not last.strength:
        return f"{layer.name} up to {_held(layer.crest)} between"
    return f"{layer.name} {first:,}, then {_held(last)}"


def _held(held: Held) -> str:
    span = f" ({bounds(held.interval)})" if bounds(held.interval) else ""
    return f"{held.strength:,}{span}{_known(held) if held.strength else ''}"


def _known(held: Held) -> str:
    """How it is known; where that is in several ways, how much in which."""
    if not held.shares:
        return _KNOWN[held.basis]
    told = [f"{share:,}{_KNOWN[basis].replace(',', '', 1)}" for basis, share in held.shares if _KNOWN[basis]]
    return f", of it {' and '.join(told)}" if told else ""


def closures_in_words(mount: Mount, wording: Wording, curves: Sequence[Curve]) -> str:
    """A sentence for each order: what it moves whither, and when the last of it arrives."""
    return _spoken(mount, (_curve(wording, curve) for curve in curves))


def _curve(wording: Wording, curve: Curve) -> str:
    to, who = wording.book.orders[curve.order].to, ", ".join(moved_by(wording, curve))
    what = f"{curve.strength:,}{'' if curve.kind is Kind.TROOPS else f' {curve.kind}'}"
    whither = "back" if to is None else f"to {wording.place(to)}"
    if not curve.closed:
        arrived = curve.arrived[-1].share if curve.arrived else 0
        came = f"{who}: of {what} {whither}, {100 * arrived:.0f} % arrive by the end"
    else:
        last = curve.arrived[-1]
        came = f"{who}: {what} {whither}, closed {wording.day(last.at)}{_KNOWN[last.basis]}"
    return "; ".join((came, *_predicted(wording, curve.predicted))) + "."


def _predicted(wording: Wording, found: Prediction | None) -> Iterator[str]:
    """What runs come to, where it is not the same in all, and that they close."""
    if found is None:
        return
    if found.varies and (median := found.quantiles[50]) is not None:
        yield f"in half of the runs by {wording.day(median)}"
    if not found.closed:
        yield f"in none of {found.runs:,} runs by the end"
    elif not found.always:
        yield f"by the end in {found.closed:,} of {found.runs:,} runs"


def _spoken(mount: Mount, told: Iterable[str]) -> str:
    return finished("\n".join(_lines(mount, told)))


def _lines(mount: Mount, told: Iterable[str]) -> Iterator[str]:
    yield f"{mount.title}. {mount.shows}."
    yield from told
    yield mount.notes[0]
