"""What is open: claims that turn on arrivals, units or orders which are not known, in words."""

from sim.domain.claim import Closed
from sim.ledger.claims import Judgement, Reading
from sim.report.question import reading_of
from sim.report.wording import named


def undecided(judgement: Judgement) -> str:
    """What an open claim turns on: "with all that is on its way without a known arrival, it may be 0-1,870"."""
    reading = reading_of(judgement)
    if reading.unknown:
        return f"who is meant was not known yet: {named(reading.unknown)}"
    if isinstance(judgement.claim.test, Closed):
        on_way = named(reading.missing)
        return f"on the way without a known arrival: {on_way}" if on_way else "all who may be meant are on their way"
    return f"with what is on its way without a known arrival, it may be {reading.could_be}"


def so_far(reading: Reading) -> str:
    """How much was there of what has not closed: "2,100 of 3,000 were there"; nothing where none was."""
    total = reading.strength + reading.there
    return f"{total:,} of {reading.expected.low:,} were there" if reading.there else ""
