"""Layers: what one group holds over a run, as it is stacked on others; and panels of them, for each side and kind."""

from attrs import frozen

from sim.domain.vocabulary import Basis, Kind
from sim.posture.held import NOTHING, Held

Steps = tuple[tuple[int, Held], ...]
"""What is held from each of these minutes on, rising, until the next one; nothing before the first."""


@frozen
class Layer:
    """What one group holds over a run, and what readers call it."""

    name: str
    steps: Steps

    @property
    def last(self) -> Held:
        """What it holds at the end."""
        return self.steps[-1][1] if self.steps else NOTHING

    @property
    def peak(self) -> int:
        """The most that it ever holds."""
        return max((held.strength for _, held in self.steps), default=0)

    @property
    def swing(self) -> int:
        """How far the most that it ever holds lies above the least."""
        return self.peak - min([self.at(0).strength, *(held.strength for _, held in self.steps)])

    @property
    def bases(self) -> set[Basis]:
        """How what is in it is ever known to have come there."""
        return {held.basis for _, held in self.steps if held.strength and held.basis is not None}

    def at(self, minute: int) -> Held:
        """What it holds at the end of a minute."""
        return next((held for since, held in reversed(self.steps) if since <= minute), NOTHING)


@frozen
class Panel:
    """All layers of one side and kind, the lowest first, and what they come to together, with its range."""

    side: str
    kind: Kind
    layers: tuple[Layer, ...]
    total: Layer
