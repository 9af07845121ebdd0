"""The queuing efficiency: 1 where work is regular, less the less regular it is, and 1 again with vehicles to spare."""

import pytest

from tests.validation.efficiency import VEHICLES, moved

JUST_ENOUGH, TO_SPARE = VEHICLES[0], VEHICLES[-1]


def test_regular_work_is_all_that_the_formula_says() -> None:
    """Without the efficiency: nothing waits but for the spots."""
    assert moved(0, JUST_ENOUGH) == pytest.approx(1, abs=0.005)


def test_irregular_work_loses_as_much_as_the_published_efficiency() -> None:
    """With vehicles that just keep the spots busy: a tenth is lost soon, and 0.85 is reached."""
    assert moved(0.5, JUST_ENOUGH) == pytest.approx(0.90, abs=0.02)
    assert moved(2, JUST_ENOUGH) == pytest.approx(0.85, abs=0.03)


def test_vehicles_to_spare_lose_nothing() -> None:
    """There is always one for a spot that comes free."""
    assert moved(0.5, TO_SPARE) == pytest.approx(1, abs=0.02)
