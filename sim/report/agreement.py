"""Agreement in words: the largest sets of sources that can all be right, and which claim to look at first."""

from collections.abc import Iterable, Iterator, Sequence

from sim.reconcile.agreement import Agreement, Agreements, Relief
from sim.reconcile.effort import Extent
from sim.reconcile.reconciliation import Reconciliation
from sim.report.prose import ROOM_LEAST, Passage, told_in_rows
from sim.report.table import Style
from sim.report.wording import Wording, named

AGREEMENTS_MAX = 8
"""How many sets of sources a page shows."""

RELIEFS_MAX = 3
"""How many claims are named that each remove as many contradictions."""

_HEADING = "The largest sets of sources that can all be right, each with all that it says"


def how_far(extent: Extent, what: str, which: str) -> str:
    """That there are more than were found, or may be; `which` are those that were."""
    if extent is Extent.LIMIT:
        return f"There are more {what} than were looked for: these are the {which}. --limit looks for more."
    return f"There may be more {what}: there was more to try than effort given."


def agreeing(wording: Wording, agreements: Agreements, style: Style, room: int) -> Iterator[Passage]:
    """The largest sets of sources that agree, where not all do."""
    whole = agreements.extent is Extent.ALL
    if whole and not any(agreement.others for agreement in agreements.found):
        return
    sentences = [*_at_odds(wording, agreements)]
    sentences += [] if whole else [how_far(agreements.extent, "such sets", "largest")]
    above = Passage(_HEADING, tuple(sentences))
    rows = [_cells(wording, agreement) for agreement in agreements.found[:AGREEMENTS_MAX] if agreement.sources]
    if not rows:
        yield above
        return
    left = len(agreements.found) - AGREEMENTS_MAX
    more = [f"and {left:,} more: --format json has all"] if left > 0 else []
    grid = [["agree", "origins", "all but", ""], *rows]
    yield told_in_rows(above, grid, {0, 1}, {3: ROOM_LEAST}, _sentence, more, style, room)


def relieving(wording: Wording, found: Reconciliation) -> Iterator[Passage]:
    """Which claim, dropped, removes most; nothing where none removes more than one contradiction."""
    total = len(found.contradictions.real) + len(found.contradictions.rounding)
    telling = [relief for relief in found.reliefs if relief.real + relief.rounding > 1]
    if telling:
        single = [relief for relief in telling if len(relief.claims) == 1]
        several = [relief for relief in telling if len(relief.claims) > 1]
        sentences = [*_dropped(wording, single, total), *_dropped(wording, several, total)]
        yield Passage("What to look at first", tuple(sentences))


def _at_odds(wording: Wording, agreements: Agreements) -> Iterator[str]:
    """Who is in no set: because of what they say themselves, and because of how the units and orders were entered."""
    if agreements.at_odds:
        itself = "itself" if len(agreements.at_odds) == 1 else "themselves"
        yield f"At odds with {itself}: {_called(wording, agreements.at_odds)}."
    if agreements.ruled_out:
        yield f"Cannot be right, given the units and orders as entered: {_called(wording, agreements.ruled_out)}."


def _called(wording: Wording, sources: Sequence[str]) -> str:
    called = wording.told_apart(sources)
    return named([f"{wording.letters[source]} {called[source]}" for source in sources])


def _cells(wording: Wording, agreement: Agreement) -> list[str]:
    called = wording.told_apart(agreement.others)
    others = named([called[source] for source in agreement.others])
    return [f"{len(agreement.sources):,}", f"{agreement.origins:,}", wording.lettered(agreement.others), others]


def _sentence(cells: list[str]) -> str:
    agree, origins, letters, others = cells
    sources = "1 source agrees" if agree == "1" else f"{agree} sources agree"
    return f"{sources}, of {origins} separate {'origin' if origins == '1' else 'origins'}: all but {letters} ({others})"


def _dropped(wording: Wording, reliefs: Sequence[Relief], total: int) -> Iterator[str]:
    """What would be gone without claims that all remove as many."""
    for relief in reliefs[:RELIEFS_MAX]:
        claims, it = named([claim.id for claim in relief.claims]), "it" if len(relief.claims) == 1 else "them"
        gone = f"{relief.real + relief.rounding:,} of the {total:,} would be gone{_by_rounding(relief)}"
        yield f"Without {claims} ({_letters(wording, relief)}), or with {it} disputed, {gone}."
    if len(reliefs) > RELIEFS_MAX:
        more = len(reliefs) - RELIEFS_MAX
        yield f"So it is with {more:,} {'other' if more == 1 else 'others'}."


def _letters(wording: Wording, relief: Relief) -> str:
    sources: Iterable[str] = (claim.source for claim in relief.claims)
    return wording.lettered(sources)


def _by_rounding(relief: Relief) -> str:
    return f", {relief.rounding:,} of them by rounding" if relief.real and relief.rounding else ""
