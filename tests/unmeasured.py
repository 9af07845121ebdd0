"""Processes that are not measured for coverage: it makes them slow, and those that are killed never tell."""

import os
from collections.abc import Mapping


def unmeasured(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """An environment, without what has coverage measure the processes that have it."""
    return {name: text for name, text in environment.items() if not name.startswith("COVERAGE")}
