"""Benchmarks: `python -m tests.bench`. Commands, not tests: a machine's speed is no reason for a build to fail."""
