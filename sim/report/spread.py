"""Spreads in words: a figure as it was written, which may be a distribution."""

from collections.abc import Callable
from typing import assert_never

from sim.domain.calendar import format_duration
from sim.domain.variate import Empirical, Fixed, LogNormal, Normal, Triangular, Uniform, Variate


def number(figure: float) -> str:
    """A figure, with thousands separated."""
    return f"{figure:,.14g}"


def lasting(minutes: float) -> str:
    """A duration, to the nearest minute, halves upward."""
    return format_duration(int(minutes + 0.5))


def as_written(variate: Variate, one: str, many: str = "", show: Callable[[float], str] = number) -> str:
    """A figure with what it is of, `one` or `many`: "3 to 5 vehicles (uniform)", "400 km a day (normal, spread 50)".

    Where only `one` is given, there is no other word for many.
    """
    many = many or one
    match variate:
        case Fixed(value):
            return f"{show(value)} {one if value == 1 else many}".rstrip()
        case Uniform(low, high):
            found, how = f"{show(low)} to {show(high)}", "uniform"
        case Triangular(low, mode, high):
            found, how = f"{show(low)} to {show(high)}", f"triangular, most likely {show(mode)}"
        case Normal(mean, deviation):
            found, how = show(mean), f"normal, spread {show(deviation)}"
        case LogNormal(mean, deviation):
            found, how = show(mean), f"lognormal, spread {show(deviation)}"
        case Empirical(values):
            ends = list(dict.fromkeys((show(values[0]), show(values[-1]))))
            found, how = " to ".join(ends), f"{len(values):,} observed"
        case _:
            assert_never(variate)
    return " ".join(part for part in (found, many, f"({how})") if part)
