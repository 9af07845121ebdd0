"""Memory of what was read: equal texts become one value, read once and shared."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from sim.loader.limits import MEMO_MAX
from sim.loader.problem import Problems

T = TypeVar("T")


class Memo(Generic[T]):
    """Values by what they were read from; not those whose reading found a problem, so that each is noted again.

    `get` gives the value of a key, or None.
    """

    __slots__ = ("_problems", "_values", "get")

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._values: dict[Hashable, T] = {}
        self.get = self._values.get

    def keep(self, key: Hashable, read: Callable[[], T]) -> T:
        """What `read` returns, remembered under `key` unless that is None or there is no room."""
        before = self._problems.count
        value = read()
        if key is not None and self._problems.count == before and len(self._values) < MEMO_MAX:
            self._values[key] = value
        return value
