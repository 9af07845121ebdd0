"""The engine: plays a scenario out on a simulated clock and yields what happens. The only place that knows SimPy."""

from sim.engine.simulation import simulate

__all__ = ["simulate"]
