"""Loading: scenario format 1, in YAML and CSV, to a `Scenario`, every error at once and with its place; and back."""

from sim.loader.pointers import locate
from sim.loader.scenario import load
from sim.loader.writer import dump

__all__ = ["dump", "load", "locate"]
