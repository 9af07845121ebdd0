"""Layers: what one group holds over a run, as it is stacked on others; and panels of them, for each side and kind."""

from attrs import frozen

from sim.domain.quantity import Interval
from sim.domain.vocabulary import Basis, Kind
from sim.posture.held import NOTHING, Held

_KNOWN: tuple[tuple[Basis | None, ...], ...] = ((Basis.OBSERVED, None), (Basis.ANNOUNCED,), (Basis.ASSUMED,))
"""The ways in which something is known that look alike in a picture, the surest first."""

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
    def crest(self) -> Held:
        """What it holds when it first holds the most that it ever does."""
        return next((held for _, held in self.steps if held.strength == self.peak), NOTHING)

    @property
    def bases(self) -> set[Basis]:
        """How what is in it is ever known to have come there."""
        held = [each for _, each in self.steps if each.strength]
        known = {basis for each in held for basis, _ in each.shares or ((each.basis, each.strength),)}
        return {basis for basis in known if basis is not None}

    @property
    def parts(self) -> "tuple[Layer, ...]":
        """What of it was seen to come or has not moved, what was only announced, and what is assumed: each a layer."""
        return tuple(Layer(self.name, tuple((at, _part(held, known)) for at, held in self.steps)) for known in _KNOWN)

    def at(self, minute: int) -> Held:
        """What it holds at the end of a minute."""
        return next((held for since, held in reversed(self.steps) if since <= minute), NOTHING)


def _part(held: Held, known: tuple[Basis | None, ...]) -> Held:
    """What of it is known in these ways."""
    strength = sum(share for basis, share in held.shares or ((held.basis, held.strength),) if basis in known)
    return Held(strength, Interval(strength, strength), known[-1])


@frozen
class Panel:
    """All layers of one side and kind, the lowest first, and what they come to together, with its range."""

    side: str
    kind: Kind
    layers: tuple[Layer, ...]
    total: Layer
