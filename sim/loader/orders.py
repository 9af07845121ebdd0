"""Orders: reading one."""

from collections.abc import Sequence
from typing import Final

from sim.domain.amendment import Roster
from sim.domain.calendar import Edge
from sim.domain.grounds import NO_GROUNDS
from sim.domain.order import ANY_TIME, Order, Part, Transit, Window
from sim.domain.quantity import Quantity
from sim.domain.unit import Post, Unit
from sim.domain.vocabulary import MOVES, Action
from sim.loader.carriages import CARRIED, CarriageReader
from sim.loader.faults import (
    ARRIVES_TOO_EARLY,
    CANCELS_WITHOUT_CANCEL,
    EMPTY_PART,
    MOVEMENT_WITHOUT_MOVE,
    NEEDS_ARRIVAL,
    NEEDS_CANCELS,
    NEEDS_TO,
    NEEDS_UNITS,
    NO_REST,
    PARTS_AND_WHOLE,
    PARTS_DO_NOT_ADD_UP,
    PARTS_OF_A_WHOLE,
    PARTS_OF_MANY,
    TO_WITHOUT_DEPLOY,
    TWO_RESTS,
)
from sim.loader.reader import Reader, is_number
from sim.loader.record import Record
from sim.loader.units import read_post, require_grounds

_ACTIONS: Final = {action.value: action for action in Action}
_ACTION_HINT: Final = f"Add one of {', '.join(_ACTIONS)}."
_FIRST, _ALERT, _DEPLOY, _RETURN, _CANCEL = Edge.FIRST, Action.ALERT, Action.DEPLOY, Action.RETURN, Action.CANCEL
# ... by their own names, because in Python 3.11 each look-up of a member in its enum takes 0.2 microseconds
_REFUSAL: Final = {"expected": True}
_MOVEMENT: Final = ("depart", "arrive", "transit")
_REST: Final = "rest"
_PART: Final = "this part"
_ARRIVES: Final = "`transit: 12h`, or `lift: an-id`"
_PART_ARRIVES: Final = "or `transit: 12h`"
_STAYS: Final[tuple[Window, Window, Transit | None]] = (ANY_TIME, ANY_TIME, None)


class OrderReader:
    """Reads orders. `roster` has the units as they read when an order is given or amended."""

    def __init__(self, reader: Reader, roster: Roster, carriages: CarriageReader) -> None:
        self._reader = reader
        self._roster = roster
        self._carriages = carriages

    def read(self, id: str, record: Record) -> Order:
        """An order; the one it `cancels` may not have been read yet."""
        reader = self._reader
        owner = f"the order '{id}'"
        reader.require(record, "at", owner, "Add `at: when it was given`.")
        reader.require(record, "action", owner, _ACTION_HINT)
        at = reader.minute(record, "at", _FIRST)
        action = reader.word(record, "action", _ACTIONS)
        units = reader.references(record, "units", "units")
        to = reader.reference(record, "to", "places")
        grounds = reader.grounds(record)
        require_grounds(record, grounds, owner)
        depart, arrive, transit = _STAYS
        parts: tuple[Part, ...] = ()
        carriage = None
        if action is not None:
            _check(id, record, action)
        if action is not None and action in MOVES:
            carried = any(record.has(key) for key in CARRIED)
            if carried:
                carriage = self._carriages.read(id, record, action, to, self._roster.addressed(units))
            written = record.records("parts")
            if written or record.has("parts"):
                parts = self._parts(record, written, at, units)
            else:
                depart, arrive, transit = self._movement(record, at, owner, carried=record.has("lift"))
        return Order(
            id,
            at or 0,
            action or _ALERT,
            units,
            to,
            depart,
            arrive,
            transit,
            parts,
            record.texts.get("cancels"),
            reader.word(record, "refusal", _REFUSAL) is True,
            grounds,
            carriage,
        )

    def _movement(
        self, record: Record, at: int | None, owner: str, *, carried: bool = False
    ) -> tuple[Window, Window, Transit | None]:
        """When an order given `at` a minute, or a part of it, has its unit leave and arrive.

        Of what is `carried` by lift, a run tells when it arrives.
        """
        reader = self._reader
        depart, arrive = reader.window(record, "depart"), reader.window(record, "arrive")
        transit = reader.transit(record)
        if arrive.by is None:
            if transit is None and not carried and not record.has("arrive_by") and not record.has("transit"):
                record.report(NEEDS_ARRIVAL, owner=owner, others=(_PART_ARRIVES if owner == _PART else _ARRIVES,))
        elif at is not None:
            leaves = at if depart.after is None else max(at, depart.after)
            if arrive.by <= leaves:
                leaves_text = record.texts.get("depart_after", "when the order is given")
                found = f"leaves {leaves_text}, arrives by {record.texts['arrive_by']}"
                record.report(ARRIVES_TOO_EARLY, "arrive_by", owner=owner, found=(found,))
        return depart, arrive, transit

    def _parts(
        self, record: Record, written: Sequence[Record], at: int | None, units: tuple[str, ...]
    ) -> tuple[Part, ...]:
        for key in _MOVEMENT:
            if record.has(key):
                record.report(PARTS_AND_WHOLE, key, key=key)
        figures = [self._figure(part) for part in written]
        strengths = self._strengths(record, written, [figure[0] for figure in figures], self._divided(record, units))
        return tuple(
            self._part(part, at, strength, reported, post)
            for part, strength, (_, reported, post) in zip(written, strengths, figures, strict=True)
        )

    def _part(
        self, record: Record, at: int | None, strength: int, reported: Quantity | None, post: Post | None
    ) -> Part:
        depart, arrive, transit = self._movement(record, at, _PART)
        chosen = NO_GROUNDS if post is None else post.grounds
        return Part(strength, depart, arrive, transit, self._reader.grounds(record), reported, chosen)

    def _figure(self, part: Record) -> tuple[int | None, Quantity | None, Post | None]:
        """A part's strength to post, 0 for the rest, and where it is no plain number the report's words and the choice.

        The strength is None where it could not be read.
        """
        self._reader.require(part, "strength", "a part", f"Add `strength: a number`, or `{_REST}`.")
        text = part.texts.get("strength", "")
        posted = any(part.has(f"strength_{key}") for key in ("post", "sources", "because"))
        if text == _REST and not posted:
            return 0, None, None
        if is_number(text) and not posted:
            return self._reader.number(part, "strength"), None, None
        reported = self._reader.quantity(part, "strength")
        post = read_post(self._reader, part, "strength", reported)
        if reported is None or posted:
            return None if post is None else post.strength, reported, post
        if reported.nominal == 0:
            part.report(EMPTY_PART, "strength", wording=reported.wording)
        return reported.nominal or None, reported, None

    def _divided(self, record: Record, units: tuple[str, ...]) -> Unit | None:
        """The one unit that an order in parts addresses."""
        if len(units) != 1:
            if units:
                record.report(PARTS_OF_MANY, "units", found=f"{len(units)} units")
            return None
        if self._roster.has_parts(units[0]):
            record.report(PARTS_OF_A_WHOLE, "units", unit=units[0])
            return None
        return self._roster.units.get(units[0])

    def _strengths(
        self, record: Record, parts: Sequence[Record], posted: Sequence[int | None], unit: Unit | None
    ) -> list[int]:
        """The strength of each part, the rest worked out. They add up to the unit's, where that is known."""
        rests = [index for index, strength in enumerate(posted) if strength == 0]
        for index in rests[1:]:
            parts[index].report(TWO_RESTS, "strength")
        total = sum(strength or 0 for strength in posted)
        if unit is None or None in posted or not parts or len(rests) > 1:
            return [strength or 1 for strength in posted]
        if not rests and total != unit.strength:
            expected = f"{unit.strength:,}"
            record.report(PARTS_DO_NOT_ADD_UP, "parts", unit=unit.id, strength=expected, found=f"{total:,}")
        elif rests and total >= unit.strength:
            parts[rests[0]].report(NO_REST, "strength", strength=f"{unit.strength:,}", found=f"{total:,}")
        return [unit.strength - total if strength == 0 else strength or 0 for strength in posted]


def _check(id: str, record: Record, action: Action) -> None:
    """Note the keys that an action lacks, and those that do not go with it."""
    texts = record.texts
    if action is _DEPLOY:
        if not record.has("to"):
            record.report(NEEDS_TO, id=id)
    elif "to" in texts:
        hint = "a unit returns to its origin" if action is _RETURN else "such an order moves nothing"
        record.report(TO_WITHOUT_DEPLOY, "to", hint=hint)
    if action not in MOVES:
        for key in (*_MOVEMENT, "parts", *CARRIED):
            if record.has(key):
                record.report(MOVEMENT_WITHOUT_MOVE, key, key=key)
    if action is _CANCEL:
        if not record.has("cancels"):
            record.report(NEEDS_CANCELS, id=id)
    else:
        if "cancels" in texts:
            record.report(CANCELS_WITHOUT_CANCEL, "cancels")
        if not record.has("units"):
            record.report(NEEDS_UNITS, id=id)
