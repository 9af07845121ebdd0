"""Claims: what a source states about posture, in a form the ledger can test."""

from enum import Enum
from typing import Literal

from attrs import frozen

from sim.domain.quantity import Quantity
from sim.domain.vocabulary import Kind, Readiness


class When(Enum):
    """A claim about no single moment."""

    ALWAYS = "always"


Moment = int | Literal[When.ALWAYS]


@frozen(cache_hash=True)
class Selector:
    """Which strength is meant. Fields combine with *and*, values within a field with *or*; empty means any.

    `orders` selects the units they address; `place` and `origin` include all that lies within. What is in transit is at
    no place: `place` and `country` select it, by destination, only where `readiness` names in-transit. An empty country
    is that of places whose country is not known. All tuples are in byte order.
    """

    units: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    readiness: tuple[Readiness, ...] = ()
    side: tuple[str, ...] = ()
    kind: tuple[Kind, ...] = (Kind.TROOPS,)


@frozen
class Count:
    """So many are selected at a minute, or always: from the source's publication (or the start) on."""

    selector: Selector
    expected: Quantity
    at: Moment


@frozen
class Never:
    """None is ever selected, from the source's publication (or the start) on."""

    selector: Selector


@frozen
class Separate:
    """No unit is ever selected by both."""

    first: Selector
    second: Selector


@frozen
class Closed:
    """Every unit ever selected has closed a deploy by a minute."""

    selector: Selector
    by: int


@frozen
class Noted:
    """A statement that the ledger cannot test, and why."""

    why: str


Test = Count | Never | Separate | Closed | Noted


@frozen
class Claim:
    """What one source says. `per` is the source it has it from; `disputed` says why it is known not to fit.

    `corrects` is the id of a claim that it takes back, None for none.
    """

    id: str
    source: str
    test: Test
    says: str = ""
    per: str | None = None
    speaker: str = ""
    disputed: str = ""
    corrects: str | None = None


def selectors_of(test: Test) -> tuple[Selector, ...]:
    """The selectors of a test: none of what cannot be tested."""
    match test:
        case Count(selector) | Never(selector) | Closed(selector):
            return (selector,)
        case Separate(first, second):
            return first, second
        case Noted():
            return ()
