"""Questions: what is asked of every run of an ensemble. Each is answered by a whole number, or by None."""

from attrs import frozen

from sim.domain.event import Cause
from sim.domain.vocabulary import Kind, Readiness
from sim.ledger.claims import Verdict

Value = int | None

VERDICTS = (Verdict.HOLDS, Verdict.COMPATIBLE, Verdict.OPEN, Verdict.CONTRADICTED)
"""The verdicts there are on a dated claim: that it came to one is answered by its place here."""

SOONER, ALIKE, LATER, NEITHER = range(4)
"""How the closure of an order in the other of two runs compares: `NEITHER` is that it closes in neither of them."""

BOTH, FIRST_ONLY, OTHER_ONLY, NONE = range(4)
"""In which of two runs a claim holds."""


@frozen
class Closure:
    """At which minute the last of the units that an order addresses closed under it; None: not by the end."""

    order: str


@frozen
class Dropped:
    """Whether an order can close no more, as one of the units that it addresses refused it, or it was cancelled: 1.

    A run in which it can, or did, does not say so.
    """

    order: str


@frozen
class Stands:
    """To which of VERDICTS a dated claim came."""

    claim: str


@frozen
class Reached:
    """At which minute what a dated claim says was first so, whatever was so later; None: not by the end.

    Of a closure, that is when the last of its units closed; of a count, the end of the first minute at which it would
    have held.
    """

    claim: str


@frozen
class Held:
    """How much of a side and a kind was at a place (in transit: bound for it) in a readiness, at the end of a minute.

    A run in which it was none does not say so.
    """

    at: int
    side: str
    kind: Kind
    place: str
    readiness: Readiness


@frozen
class Waited:
    """For how many minutes each load of an order waited for something: the mean, to the nearest, halves upward.

    A load that had not left by the end of the run counts up to then: see `Simulation.waits`. A run with no waits
    does not say so.
    """

    order: str
    cause: Cause


@frozen
class Compared:
    """How the closure of an order in the other of two runs compares: one of SOONER, ALIKE, LATER and NEITHER."""

    order: str


@frozen
class Shift:
    """How many minutes later (or, negative, sooner) an order closed in the other of two runs.

    Runs in which it did not close in both say nothing.
    """

    order: str


@frozen
class Agreed:
    """In which of two runs a claim holds: one of BOTH, FIRST_ONLY, OTHER_ONLY and NONE."""

    claim: str


Question = Closure | Dropped | Stands | Reached | Held | Waited | Compared | Shift | Agreed
