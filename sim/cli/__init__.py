"""The command line: reads what was asked, has it done, and says how it ended."""

from sim.cli.main import main

__all__ = ["main"]
