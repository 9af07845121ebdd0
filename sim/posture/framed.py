"""What data frames can be made of: answers that know their columns."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from sim.posture.shown import Shown

if TYPE_CHECKING:
    import pandas
    import polars

    from sim.posture.frames import Frame


class Framed(Shown, ABC):
    """An answer that can be had as columns, in whichever library there is (docs/reference/dataframes.md)."""

    __slots__ = ()

    @property
    @abstractmethod
    def frame(self) -> "Frame":
        """Its rows and columns. Raises UsageError where it has no dates to give them."""

    def columns(self) -> dict[str, list[Any]]:
        """The columns by name, as lists of plain values: for those with neither library."""
        return self.frame.columns()

    def to_pandas(self) -> "pandas.DataFrame":
        """A data frame of pandas. Raises UsageError where pandas is not installed."""
        return self.frame.to_pandas()

    def to_polars(self) -> "polars.DataFrame":
        """A data frame of Polars. Raises UsageError where Polars is not installed."""
        return self.frame.to_polars()
