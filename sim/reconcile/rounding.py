"""Rounding: how far a round figure may lie from the number behind it.

A number rounded to the nearest hundred says that what was counted lies within fifty of it. That is how JCGM 100:2008,
"Guide to the expression of uncertainty in measurement", F.2.2.1, reads a display; the resolution is the one that the
zeros at the end of the number suggest. Halves are rounded up, so 1,700 stands for 1,650 to 1,749. How far a figure was
rounded its zeros do not tell: only how far at most.
"""

import re

from sim.domain.quantity import Interval, Quantity

AS_REPORTED = 1
"""Rounded to the nearest one: not at all."""

AS_ROUND = 10**12
"""To the nearest what no figure needs to be rounded, for none is larger: each as far as its own zeros suggest."""

_NUMBER = re.compile(r"\d[\d,]*")
_EXACTLY = "exactly"


def read(quantity: Quantity, nearest: int) -> Interval:
    """A quantity where round figures were rounded to the `nearest` power of ten; no less than its own wording allows.

    Only what names one number, exact or about, can be a round figure. "Exactly" says that it is none.
    """
    number = named_by(quantity)
    return quantity.interval if number is None else joined(quantity.interval, rounded(number, nearest))


def rounded(number: int, nearest: int) -> Interval:
    """What is rounded to `number`: to the `nearest` power of ten, but no further than its zeros suggest."""
    half = min(nearest, roundness(number)) // 2
    return Interval(number - half, number + max(half - 1, 0))


def roundness(number: int) -> int:
    """The largest power of ten that a number is a multiple of; 1 for 0, which is nobody's estimate."""
    power = 1
    while number and number % (power * 10) == 0:
        power *= 10
    return power


def named_by(quantity: Quantity) -> int | None:
    """The one number that a wording names and says is the figure, or near it; None for a bound, a range and a word."""
    low, number, high = quantity.low, quantity.nominal, quantity.high
    words = quantity.wording.lower()
    if number is None or high is None or len(_NUMBER.findall(words)) != 1 or words.startswith(_EXACTLY):
        return None
    return number if low == high or low < number < high else None


def joined(one: Interval, other: Interval) -> Interval:
    """The smallest interval that holds both."""
    high = None if one.high is None or other.high is None else max(one.high, other.high)
    return Interval(min(one.low, other.low), high)
