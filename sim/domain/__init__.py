"""What exists: sources, places, units, orders, claims, and the events of a run.

Frozen values only. No file, clock, screen or randomness is reached from here.
"""
