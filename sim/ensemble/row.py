"""Rows: the chunks that are given out and not yet counted, in order. They are counted in order, too."""

from collections.abc import Collection
from concurrent.futures import Future
from typing import Any


def lacking(row: Collection[Future[Any]], at_work: int, ahead: int) -> int:
    """How many more chunks to give, for so many to be at work or to wait for a worker.

    The row has no more than so many `ahead`, done or not: one that takes long does not let all the others pile up.
    """
    busy = sum(not future.done() for future in row)
    return max(0, min(at_work - busy, ahead - len(row)))
