"""When orders close in the runs of an ensemble, as far as a picture shows it."""

from sim.domain.scenario import Scenario
from sim.ensemble.question import Closure
from sim.errors import UsageError
from sim.plot.closure import Prediction


def predicted(scenario: Scenario, runs: int, seed: int = 0) -> dict[str, Prediction]:
    """By when each order that moves anything has closed, in so many per cent of so many runs, and in how many at all.

    Raises UsageError for a scenario of which nothing is left to chance.
    """
    from sim.report.ensemble_run import run_ensemble

    ensemble, calendar = run_ensemble(scenario, runs, seed), scenario.calendar
    if not ensemble.answer.plan.left_to_chance:
        raise UsageError("--runs: nothing in this scenario is left to chance", "Leave it out: all runs are the same.")
    found = {}
    for order in scenario.in_force.orders.values():
        if order.moves:
            quantiles = {
                share: None if instant is None else calendar.minute(instant)
                for share, instant in ensemble.closure(order.id).items()
            }
            never = ensemble.answer.tally.distribution(ensemble.answer.tally.first, Closure(order.id)).count(None)
            found[order.id] = Prediction(runs, runs - never, quantiles)
    return found
