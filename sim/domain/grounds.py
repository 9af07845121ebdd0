"""Grounds: what a value rests on."""

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
