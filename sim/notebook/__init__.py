"""Notebooks: what values look like in Jupyter. Nothing that a scenario says can become markup there."""

from sim.notebook.look import html_of

__all__ = ["html_of"]
