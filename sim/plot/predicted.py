"""When orders close in the runs of an ensemble, as far as a picture shows it."""

from sim.domain.scenario import Scenario
from sim.plot.closure import Quantiles


def predicted(scenario: Scenario, runs: int, seed: int = 0) -> dict[str, Quantiles]:
    """By when each order that moves anything has closed, in so many per cent of so many runs, where that varies."""
    from sim.report.ensemble_run import run_ensemble

    ensemble, calendar = run_ensemble(scenario, runs, seed), scenario.calendar
    moving = [order.id for order in scenario.in_force.orders.values() if order.moves]
    closures = {order: ensemble.closure(order) for order in moving}
    return {
        order: {share: None if instant is None else calendar.minute(instant) for share, instant in closure.items()}
        for order, closure in closures.items()
        if len(set(closure.values())) > 1
    }
