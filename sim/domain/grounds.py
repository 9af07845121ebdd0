"""Grounds: what a value rests on."""

from collections.abc import Iterable

from attrs import frozen


@frozen
class Grounds:
    """The sources of a value, the reason it is assumed, or both; empty where it borrows its order's.

    `sources` are ids in byte order.
    """

    sources: tuple[str, ...] = ()
    because: str = ""

    @property
    def stated(self) -> bool:
        return bool(self.sources or self.because)

    @property
    def assumed(self) -> bool:
        """Whether no source stands behind it."""
        return not self.sources


NO_GROUNDS = Grounds()


def joined(several: Iterable[Grounds]) -> Grounds:
    """Several grounds as one: all their sources, and each of their reasons, in the order of the first that gives it."""
    each = tuple(several)
    if len(each) == 1:
        return each[0]
    sources = {source for grounds in each for source in grounds.sources}
    reasons = dict.fromkeys(grounds.because for grounds in each if grounds.because)
    return Grounds(tuple(sorted(sources)), "; ".join(reasons))
