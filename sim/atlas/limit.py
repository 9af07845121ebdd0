"""Limits: how much of a large scenario an album holds, so that its page stays small; and what it says of the rest."""

import json
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from sim.atlas.album import evenly

Json = dict[str, Any]
Item = tuple[str | int, Any]
"""An entry of a section, with its key or its place."""


@frozen
class Limit:
    """How many entries of a section there are at most, and how many characters they take, and which come first.

    `rank` puts those first that are kept; what ranks alike is kept in the order in which it stands. `noun` is what a
    reader calls them, `kept` which of them those are.
    """

    most: int
    room: int
    noun: str
    kept: str
    rank: Callable[[Item], Any] = lambda item: 0


def _largest(item: Item) -> int:
    """By what a line ever holds."""
    return -max(int(step[1]) for step in item[1]["steps"])


def _width(item: Item) -> int:
    """By how far a strength spreads."""
    return int(item[1]["high"]) - int(item[1]["low"])


_STANDING = ("contradicted", "open", "compatible", "holds", "withdrawn", "noted")


def _telling(item: Item) -> tuple[bool, int]:
    """What does not fit or is disputed first, what cannot be tested last."""
    claim = item[1]
    return not claim["disputed"] and claim["verdict"] != _STANDING[0], _STANDING.index(claim["verdict"])


ALBUM = {
    "sources": Limit(1000, 120_000, "sources", "the first"),
    "places": Limit(2000, 80_000, "places", "the first"),
    "countries": Limit(300, 20_000, "names of countries", "the first"),
    "days": Limit(1000, 40_000, "days", "the first"),
}
"""What all pictures share."""

PICTURE = {
    "lines": Limit(1000, 250_000, "lines of the posture", "the largest", _largest),
    "countries": Limit(300, 100_000, "countries' lines", "the largest", _largest),
    "readinesses": Limit(200, 150_000, "readinesses' lines", "the largest", _largest),
    "units": Limit(1000, 250_000, "units", "the strongest", lambda item: -item[1]["strength"]),
    "orders": Limit(1000, 200_000, "orders", "the earliest", lambda item: item[1]["at"]),
    "timeline": Limit(1000, 300_000, "lines of the timeline", "the earliest"),
    "claims": Limit(1000, 300_000, "claims", "those that do not fit, and then the first", _telling),
    "questions": Limit(300, 120_000, "questions", "the first"),
    "invariants": Limit(20, 40_000, "invariants", "the first"),
}
"""What each picture has for itself."""

TOTALS = Limit(100, 200_000, "totals", "the largest", _largest)
"""What it has in any case, however little room there is: a page is drawn by its totals."""

ENSEMBLE = {
    "closures": Limit(300, 60_000, "closures", "the first"),
    "bands": Limit(
        600, 100_000, "lines that differ between runs", "those that differ most", lambda item: -_width(item)
    ),
    "claims": Limit(300, 80_000, "chances of claims", "the first"),
}
"""What many runs come to."""

ENTRIES = Limit(10_000, 500_000, "entries of the ledger", "all or none")
"""All entries together with what they rest on: a part of them would add up to nothing."""

TURNS_MAX, TURNS_KEPT = 4000, 2000
"""At how many minutes at which something changes a picture says what is held: of more, so many, evenly among them."""

TURNS_LEAST = 20
"""How many there are at least, where that is all there is room for."""

LONG_SHARE = 10
"""What takes more than this part of a section's room is long: where there is none for it, shorter ones may be there."""

GROUNDS_MAX, BECAUSE_MAX = 100_000, 200
"""How many characters what entries and lines rest on may take before each reason is cut to so many."""

WHY_MAX = 2000
"""How many characters of sentences a claim has at most for why it stands as it does."""

FINDINGS_MAX = 20
"""How many findings of one invariant there are."""

KNOWN_MAX = 40_000
"""How many characters the choices of what was known may take before they no longer say what came out."""


def limited(form: Json, share: float = 1.0) -> Json:
    """An album's JSON within that share of the limits' room; `left_out` says what of the full picture is not there."""
    left_out = list(form["left_out"])
    shared = {name: _cut(form[name], _scaled(each, share), left_out) for name, each in ALBUM.items()}
    first, *others = form["pictures"]
    pictures = [_picture(first, share, left_out), *(_picture(each, share, []) for each in others)]
    known = form["known"]
    if _size(known) > KNOWN_MAX:
        known = [{**each, "published": []} for each in known]
    many = form["ensemble"]
    if many is not None:
        cut = {name: _cut(many[name], _scaled(each, share), left_out) for name, each in ENSEMBLE.items()}
        many = {**many, **cut}
    return {**form, **shared, "known": known, "pictures": pictures, "left_out": left_out, "ensemble": many}


def thinned(form: Json, most: int) -> Json:
    """An album's JSON with the full picture and at most so many (0 or more) others, evenly chosen."""
    *earlier, last = form["known"]
    full, *others = form["pictures"]
    every = [(place, tuple(each["published"])) for place, each in enumerate([*earlier, last])]
    chosen = evenly(every, most + 1)
    known = [{**form["known"][place], "published": list(sources)} for place, sources in chosen]
    pictures = [full, *(others[place] for place, _ in chosen[:-1])]
    return {**form, "known": known, "pictures": pictures}


def _scaled(limit: Limit, share: float) -> Limit:
    return evolve(limit, room=int(limit.room * share))


def _picture(form: Json, share: float, left_out: list[str]) -> Json:
    form = _fewer_turns(form, share, left_out)
    claims = [{**claim, "why": _first_of(claim["why"], WHY_MAX)} for claim in form["claims"]]
    invariants = [{**each, "findings": each["findings"][:FINDINGS_MAX]} for each in form["invariants"]]
    told = {**form, "claims": claims, "invariants": invariants}
    cut = {name: _cut(told[name], _scaled(each, share), left_out) for name, each in PICTURE.items()}
    cut["totals"] = _cut(told["totals"], TOTALS, left_out)
    entries = form["entries"]
    if entries is not None and (
        len(entries) > ENTRIES.most or _size([entries, form["grounds"]]) > ENTRIES.room * share
    ):
        left_out.append(
            f"The {len(entries):,} entries of the ledger are too many for this page: "
            "python -m sim explain shows those behind a figure."
        )
        entries = None
    return {**told, **cut, "entries": entries, "grounds": _needed(form["grounds"], entries, cut["timeline"], share)}


_LINES = ("lines", "countries", "readinesses")
_COURSES = (*_LINES, "totals")
"""The sections whose entries have steps."""


def _fewer_turns(form: Json, share: float, left_out: list[str]) -> Json:
    """A picture with no more turns than there is room for: at each, what every line holds is what it held with all.

    Between them a page shows what was held at the last, so that entries would not add up to it: there are none.
    """
    most, thinner = len(form["turns"]), form
    if most > max(TURNS_LEAST, TURNS_MAX * share):
        most = max(TURNS_LEAST, int(TURNS_KEPT * share))
        thinner = _with_turns(form, most)
    while most > TURNS_LEAST and not _has_room(thinner, share):
        most = max(TURNS_LEAST, most // 2)
        thinner = _with_turns(form, most)
    if thinner is not form:
        left_out.append(
            f"Something changes at {len(form['turns']):,} times, of which this page has {len(thinner['turns']):,}: "
            "between them it shows what was held at the last. The entries of the ledger are left out: "
            "python -m sim explain shows those behind a figure."
        )
    return thinner


def _with_turns(form: Json, most: int) -> Json:
    """A picture with so many of its turns, evenly chosen, and the last."""
    turns = form["turns"]
    kept = sorted({len(turns) * number // most for number in range(most)} | {len(turns) - 1})
    thinner = {name: [{**each, "steps": _thinned(each["steps"], kept)} for each in form[name]] for name in _COURSES}
    return {**form, **thinner, "turns": [turns[place] for place in kept], "entries": None}


def _has_room(form: Json, share: float) -> bool:
    """Whether there is room for all totals, and for all lines of each section that are long because of their steps."""
    if sum(_size(each) for each in form["totals"]) > TOTALS.room:
        return False
    for name in _LINES:
        limit = _scaled(PICTURE[name], share)
        sizes = (_size(each) for _, each in sorted(enumerate(form[name]), key=limit.rank)[: limit.most])
        if sum(size for size in sizes if size > limit.room // LONG_SHARE) > limit.room:
            return False
    return True


def _thinned(steps: Sequence[list[Any]], kept: Sequence[int]) -> list[list[Any]]:
    """Steps at the turns that are kept, of those that come to fall on one the last."""
    at: dict[int, list[Any]] = {}
    for turn, *held in steps:
        at[bisect_left(kept, turn)] = held
    return [[turn, *held] for turn, held in at.items()]


def _needed(grounds: list[Json], entries: list[Any] | None, timeline: list[Json], share: float) -> list[Json | None]:
    """The grounds up to the last on which anything here rests; null for those between of which that is not so."""
    if entries is not None:
        return [*grounds]
    used = {line["ground"] for line in timeline}
    needed = [each if place in used else None for place, each in enumerate(grounds[: max(used, default=-1) + 1])]
    if _size(needed) <= GROUNDS_MAX * share:
        return needed
    return [None if each is None else {**each, "because": _shortened(each["because"])} for each in needed]


def _shortened(text: str | None) -> str | None:
    return text if text is None or len(text) <= BECAUSE_MAX else text[:BECAUSE_MAX] + "\N{HORIZONTAL ELLIPSIS}"


def _first_of(sentences: list[str], room: int) -> list[str]:
    kept: list[str] = []
    for sentence in sentences:
        room -= len(sentence)
        if room < 0:
            break
        kept.append(sentence)
    return kept


def _cut(section: Any, limit: Limit, left_out: list[str]) -> Any:
    """The entries of a section that there is room for, in the order in which they stood."""
    items: list[Item] = list(section.items()) if isinstance(section, Mapping) else list(enumerate(section))
    room, kept, too_long = limit.room, set(), 0
    for key, entry in sorted(items, key=limit.rank)[: limit.most]:
        size = _size(entry) + len(str(key))
        if size > limit.room // LONG_SHARE:
            too_long += size > room
        elif size > room:
            break  # shorter ones may follow, but there would be gaps in what is said to be the first
        if size <= room:
            room -= size
            kept.add(key)
    if len(kept) < len(items):
        without = f", but for {too_long:,} too long to stand here" if too_long else ""
        left_out.append(f"Of {len(items):,} {limit.noun} this page has {len(kept):,}: {limit.kept}{without}.")
    if isinstance(section, Mapping):
        return {key: entry for key, entry in section.items() if key in kept}
    return [entry for place, entry in enumerate(section) if place in kept]


def _size(form: Any) -> int:
    return len(json.dumps(form, separators=(",", ":"), ensure_ascii=True))
