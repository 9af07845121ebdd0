"""Lift: speeds in the unit they were written in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.lift import IN_KMH, Speed, in_unit


@pytest.mark.parametrize(("unit", "written"), [(Speed.KNOTS, "450"), (Speed.KNOTS, "0.1"), (Speed.KM_PER_DAY, "400")])
def test_a_speed_is_told_as_it_was_written(unit: Speed, written: str) -> None:
    """Without the digits that come of going to kilometres an hour and back."""
    assert in_unit(float(Decimal(written) * IN_KMH[unit]), unit) == Decimal(written)


@given(st.floats(0.001, 1e6), st.sampled_from(Speed))
def test_it_comes_to_the_same_speed(kmh: float, unit: Speed) -> None:
    """To the last bit, whatever the speed is."""
    assert float(in_unit(kmh, unit) * IN_KMH[unit]) == kmh
