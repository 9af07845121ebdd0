"""Questions: what a claim's test asks, apart from the answer it gives."""

from collections.abc import Hashable
from typing import assert_never

from sim.domain.claim import Closed, Count, Never, Noted, Separate, Test, When


def asked_by(test: Test) -> Hashable:
    """What a test asks, without what it expects: equal for claims that answer the same question."""
    match test:
        case Count(selector, _, at):
            return selector, at
        case Never(selector):
            return selector, When.ALWAYS
        case Separate(first, second):
            return first, second
        case Closed() | Noted():
            return test
        case _:
            assert_never(test)
