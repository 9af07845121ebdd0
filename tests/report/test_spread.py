"""Spreads in words: figures as they were written, with what they are of."""

import pytest

from sim.domain.variate import Empirical, Fixed, LogNormal, Normal, Triangular, Uniform, Variate
from sim.report.spread import as_written, lasting


@pytest.mark.parametrize(
    ("variate", "words"),
    [
        (Fixed(1), "1 vehicle"),
        (Fixed(0), "0 vehicles"),
        (Fixed(1250.5), "1,250.5 vehicles"),
        (Uniform(3, 5), "3 to 5 vehicles (uniform)"),
        (Triangular(40, 50, 70), "40 to 70 vehicles (triangular, most likely 50)"),
        (Normal(400, 50), "400 vehicles (normal, spread 50)"),
        (LogNormal(1, 0.5), "1 vehicles (lognormal, spread 0.5)"),
        (Empirical((2, 3, 3, 9)), "2 to 9 vehicles (4 observed)"),
        (Empirical((3, 3)), "3 vehicles (2 observed)"),
    ],
)
def test_what_was_written(variate: Variate, words: str) -> None:
    """Of a distribution every figure of it, but for what was observed between the least and the most."""
    assert as_written(variate, "vehicle", "vehicles") == words


def test_durations() -> None:
    """To the nearest minute, halves upward; with one word for one and many, or none."""
    assert as_written(Uniform(0, 720), "after the order", show=lasting) == "0m to 12h after the order (uniform)"
    assert as_written(Normal(90.5, 29.4), "", show=lasting) == "1h31m (normal, spread 29m)"
    assert as_written(Fixed(135), "", show=lasting) == "2h15m"
