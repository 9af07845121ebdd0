"""Variates: reading a figure that may be a distribution."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from attrs import frozen

from sim.domain.calendar import MINUTES_A_DAY, TimeError, parse_duration
from sim.domain.lift import IN_KMH, Speed
from sim.domain.quantity import QUANTITY_MAX
from sim.domain.variate import Empirical, Fixed, LogNormal, Normal, Triangular, Uniform, Variate
from sim.loader.faults import BAD_FIGURE, FALLING_FIGURES, NO_DEVIATION, TWO_DISTRIBUTIONS, WRONG_PARAMETERS
from sim.loader.limits import DAYS_MAX
from sim.loader.record import Record

_NUMBER: Final = re.compile(r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.\d{1,40})?", re.ASCII)
_NONE: Final = re.compile(r"0{1,6}[dhm]", re.ASCII | re.IGNORECASE)
_ZERO: Final = Decimal(0)


@frozen
class Scale:
    """How the figures of a key are written, and what they come to.

    `parse` gives what a text comes to, None where it is no figure. It is at least `least`, and more where that is not
    `included`; a figure that is no distribution is `whole`. `expected` says so in messages, and `between` is how two
    of them are written.
    """

    parse: Callable[[str], Decimal | None]
    expected: str
    least: Decimal = _ZERO
    included: bool = True
    most: Decimal = Decimal(QUANTITY_MAX)
    whole: bool = False
    between: str = "[2, 4]"

    def fits(self, value: Decimal) -> bool:
        enough = self.least <= value if self.included else self.least < value
        return enough and value <= self.most


def number(text: str) -> Decimal | None:
    """A number in digits, with or without a fraction."""
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def _minutes(text: str) -> Decimal | None:
    try:
        return _ZERO if _NONE.fullmatch(text) else Decimal(parse_duration(text))
    except TimeError:
        return None


def _hours(text: str) -> Decimal | None:
    hours = number(text)
    return _minutes(text) if hours is None else hours * 60


def _times(factor: Decimal) -> Callable[[str], Decimal | None]:
    return lambda text: None if (found := number(text)) is None else found * factor


FIGURES: Final = f"to {QUANTITY_MAX:,}, in digits"
"""Up to where figures go, for messages that say from where on."""

_A_NUMBER: Final = f"a number above 0, up {FIGURES}"
COUNT: Final = Scale(number, f"a whole number from 0 {FIGURES}", whole=True)
SOME: Final = Scale(number, f"a whole number from 1 {FIGURES}", Decimal(1), whole=True)
TONS: Final = Scale(number, _A_NUMBER, included=False)
_DAYS: Final = f"at most {DAYS_MAX:,} days"
_LONGEST: Final = Decimal(DAYS_MAX * MINUTES_A_DAY)
_DURATION: Final = f"a duration such as 12h, 2d, 90m or 1d12h, {_DAYS}"
DURATION: Final = Scale(_minutes, _DURATION, most=_LONGEST, between="[12h, 2d]")
HOURS: Final = Scale(_hours, f"hours such as 2.25, in digits, or a duration such as 2h15m, {_DAYS}", most=_LONGEST)
A_DAY: Final = Scale(number, "hours, more than 0 and at most 24", included=False, most=Decimal(24))
SPEEDS: Final = {
    Speed.KNOTS.value: Scale(_times(IN_KMH[Speed.KNOTS]), _A_NUMBER, included=False, most=Decimal("Infinity")),
    Speed.KMH.value: Scale(number, _A_NUMBER, included=False),
    Speed.KM_PER_DAY.value: Scale(_times(IN_KMH[Speed.KM_PER_DAY]), _A_NUMBER, included=False),
}
"""The keys of a speed, each with what makes it kilometres an hour."""

_PARAMETERS: Final = {
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "normal": ("mean", "deviation"),
    "lognormal": ("mean", "deviation"),
    "empirical": (),
}
"""The distributions, each with what its figures are; those that were observed are any number of them."""


def is_written(record: Record, key: str) -> bool:
    """Whether there is a figure under `key`, or a distribution of any."""
    return key in record.texts or any(record.has(f"{key}_{name}") for name in _PARAMETERS)


def read_variate(record: Record, key: str, scale: Scale) -> Variate | None:
    """The figure under `key`: what it comes to on its scale. None where nothing is said, or it cannot be read."""
    written = [name for name in _PARAMETERS if record.has(f"{key}_{name}")]
    ways = ([key] if key in record.texts else []) + [f"{key}_{name}" for name in written]
    if len(ways) > 1:
        record.report(TWO_DISTRIBUTIONS, ways[1], key=key, other=written[-1])
        return None
    if key in record.texts:
        text = record.texts[key]
        value = scale.parse(text.strip())
        if value is None or not scale.fits(value) or (scale.whole and value != int(value)):
            expected = f"{scale.expected}, or a distribution such as {{uniform: {scale.between}}}"
            record.report(BAD_FIGURE, key, text=text, key=key, expected=(expected,))
            return None
        return Fixed(float(value))
    return _distribution(record, key, written[0], scale) if written else None


def _distribution(record: Record, key: str, name: str, scale: Scale) -> Variate | None:
    inner = f"{key}_{name}"
    texts = record.many(inner)
    takes = _PARAMETERS[name]
    if not texts or (takes and len(texts) != len(takes)):
        if texts:
            record.report(WRONG_PARAMETERS, inner, name=name, takes=(f"[{', '.join(takes)}]",), found=len(texts))
        return None
    spreads = name in {"normal", "lognormal"}
    values = [
        _figure(record, inner, index, text, scale, _not_negative if spreads and index else scale.fits)
        for index, text in enumerate(texts)
    ]
    known = [value for value in values if value is not None]
    if len(known) < len(texts):
        return None
    if spreads:
        for index, value in enumerate(known):
            if value == 0 and (index == 1 or name == "lognormal"):
                record.report(NO_DEVIATION, inner, index, name=name, what=takes[index])
                return None
    elif takes and known != sorted(known):
        record.report(FALLING_FIGURES, inner, name=name, takes=(f"[{', '.join(takes)}]",))
        return None
    return _of(name, sorted(map(float, known)) if name == "empirical" else list(map(float, known)))


def _figure(
    record: Record, key: str, index: int, text: str, scale: Scale, fits: Callable[[Decimal], bool]
) -> Decimal | None:
    value = scale.parse(text.strip())
    if value is None or not fits(value):
        record.report(BAD_FIGURE, key, index, text=text, key=key, expected=(scale.expected,))
        return None
    return value


def _not_negative(value: Decimal) -> bool:
    return value >= 0


def _of(name: str, values: Sequence[float]) -> Variate:
    if name == "empirical":
        return Empirical(tuple(values))
    kinds: dict[str, Callable[..., Variate]] = {
        "uniform": Uniform,
        "triangular": Triangular,
        "normal": Normal,
        "lognormal": LogNormal,
    }
    return kinds[name](*values)
