"""Quantities: numbers as they were reported, kept as the interval their wording allows.

Arithmetic is exact: whole numbers and fractions, never floats, because 3000 x 1.1 in floats rounds up to 3301.
"""

import re
from fractions import Fraction

from attrs import frozen

QUANTITY_MAX = 10**12 - 1
"""The largest number a quantity may name; a limit on hostile input far above any army."""

DEFAULT_ABOUT = Fraction(1, 10)
"""How far "about" reaches on either side, unless the scenario says otherwise."""


class QuantityError(ValueError):
    """A wording that is outside the grammar, or that no number can satisfy. The message says which."""


@frozen
class Interval:
    """The whole numbers from `low` to `high`, both included; `high` is None where there is no upper bound."""

    low: int
    high: int | None

    def __str__(self) -> str:
        """In print: "1,530-1,870", "3,001 or more" where it has no upper bound, one number where it is one."""
        if self.high is None:
            return f"{self.low:,} or more"
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,}-{self.high:,}"

    def __add__(self, other: "Interval") -> "Interval":
        """End to end: encloses every sum of a choice from each."""
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(self.low + other.low, high)

    def __contains__(self, number: int) -> bool:
        return self.low <= number and (self.high is None or number <= self.high)

    def meets(self, other: "Interval") -> bool:
        """Whether some number lies in both."""
        below = self.high is None or other.low <= self.high
        above = other.high is None or self.low <= other.high
        return below and above

    def distance(self, number: int) -> int:
        """How far `number` lies outside; 0 where it lies inside."""
        if number < self.low:
            return self.low - number
        if self.high is not None and number > self.high:
            return number - self.high
        return 0

    def share(self, part: int, whole: int) -> "Interval":
        """The interval of `part` out of `whole`, where this is the interval of the whole; rounded outward.

        `part` >= 0 and `whole` >= 1: [floor(part x low / whole), ceil(part x high / whole)].
        """
        if part == 0:
            return ZERO
        if part == whole:
            return self
        high = None if self.high is None else -(-part * self.high // whole)
        return Interval(part * self.low // whole, high)


ZERO = Interval(0, 0)


@frozen
class Quantity:
    """A number as reported. `nominal` is None where the wording names no single number."""

    interval: Interval
    nominal: int | None
    wording: str

    @property
    def low(self) -> int:
        return self.interval.low

    @property
    def high(self) -> int | None:
        return self.interval.high


def exactly(number: int) -> Quantity:
    """The quantity that is `number` and nothing else."""
    return Quantity(Interval(number, number), number, str(number))


_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)"
_HEDGED = re.compile(rf"(~|[a-z]+(?: [a-z]+)?)?\s*{_NUMBER}", re.ASCII)
_RANGE = re.compile(rf"{_NUMBER}\s*(?:to|-|\u2013)\s*{_NUMBER}", re.ASCII)  # or an en dash, as ranges are printed

_EXACT = {"", "exactly"}
_ABOUT = {"about", "roughly", "around", "approximately", "some", "~"}
_MORE = {"more than", "over"}
_LEAST = {"at least"}
_LESS = {"less than", "under"}
_MOST = {"up to", "at most"}
_NEARLY = {"nearly", "almost"}

NAMING_HEDGES = _EXACT | _ABOUT | _LEAST | _MOST
"""What may stand before a number that is then the nominal value; it may be nothing at all."""

OTHER_HEDGES = _MORE | _LESS | _NEARLY
"""What may stand before a number, and leaves no nominal value."""

_WORDS = {
    "dozens": Interval(24, 99),
    "hundreds": Interval(200, 999),
    "thousands": Interval(2000, 9999),
    "tens of thousands": Interval(20000, 99999),
    "several dozen": Interval(36, 99),
    "several hundred": Interval(300, 999),
    "several thousand": Interval(3000, 9999),
}

VAGUE_WORDS = tuple(_WORDS)
"""Quantities without a number; "a few" is another way to write "several"."""

FORMS = (
    "1700, exactly 1700, about 1700 (roughly, around, approximately, some, ~), more than, over, at least, "
    "less than, under, up to, at most, nearly, almost, 'N to M', dozens, hundreds, thousands, "
    "tens of thousands, several (a few) dozen / hundred / thousand"
)
"""The grammar in one line, for error messages."""


def parse_quantity(text: str, about: Fraction = DEFAULT_ABOUT) -> Quantity:
    """The quantity that `text` words, in any case of letters.

    `about` is the share (0 to 1) by which "about N" reaches to either side and "nearly N" below.
    Raises QuantityError where the wording is outside the grammar, no number fits it, or it is too large.
    """
    wording = text.strip()
    words = " ".join(wording.lower().split())
    spoken = words.replace("a few ", "several ")
    if spoken in _WORDS:
        return Quantity(_WORDS[spoken], None, wording)
    if match := _RANGE.fullmatch(words):
        return _range(_number(match[1]), _number(match[2]), wording)
    if match := _HEDGED.fullmatch(words):
        return _hedged(match[1] or "", _number(match[2]), about, wording)
    raise QuantityError(f"'{_cut(wording)}' is not a quantity")


def _number(digits: str) -> int:
    if len(digits) > 20:
        raise QuantityError(f"'{_cut(digits)}' is too large a number: at most {QUANTITY_MAX:,}")
    number = int(digits.replace(",", ""))
    if number > QUANTITY_MAX:
        raise QuantityError(f"{digits} is too large a number: at most {QUANTITY_MAX:,}")
    return number


def _range(low: int, high: int, wording: str) -> Quantity:
    if low > high:
        raise QuantityError(f"'{wording}' runs backwards: {low} is more than {high}")
    return Quantity(Interval(low, high), (low + high) // 2, wording)


def _hedged(hedge: str, number: int, about: Fraction, wording: str) -> Quantity:
    if number == 0 and hedge in _LESS | _NEARLY:
        raise QuantityError(f"'{wording}' is impossible: no count lies below 0")
    margin = number * about
    below = (number - margin).__floor__()
    if hedge in _EXACT:
        return Quantity(Interval(number, number), number, wording)
    if hedge in _ABOUT:
        return Quantity(Interval(below, (number + margin).__ceil__()), number, wording)
    if hedge in _MORE:
        return Quantity(Interval(number + 1, None), None, wording)
    if hedge in _LEAST:
        return Quantity(Interval(number, None), number, wording)
    if hedge in _LESS:
        return Quantity(Interval(0, number - 1), None, wording)
    if hedge in _MOST:
        return Quantity(Interval(0, number), number, wording)
    if hedge in _NEARLY:
        return Quantity(Interval(min(below, number - 1), number - 1), None, wording)
    raise QuantityError(f"'{_cut(hedge)}' in '{_cut(wording)}' is not a wording this program knows")


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."


_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*%", re.ASCII)


def parse_percent(text: str) -> Fraction:
    """A share from "10%" or "12.5 %", as an exact fraction from 0 to 1.

    Raises QuantityError for anything else, and above 100 %.
    """
    match = _PERCENT.fullmatch(text.strip())
    if match is None:
        raise QuantityError(f"'{_cut(text)}' is not a percentage such as 10%")
    share = Fraction(match[1]) / 100
    if share > 1:
        raise QuantityError(f"'{_cut(text)}' is more than 100%")
    return share


def format_percent(share: Fraction) -> str:
    """The text that `parse_percent` reads back as `share`: 1/10 is "10%", 1/8 is "12.5%"."""
    percent = share * 100
    whole, rest = divmod(percent, 1)
    digits = f"{int(rest * 10**6):06d}".rstrip("0")
    return f"{int(whole)}.{digits}%" if digits else f"{int(whole)}%"
