"""Ensembles: a scenario played out many times, each with other draws, and what came of it counted."""
