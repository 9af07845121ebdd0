"""Knowledge: what a reader is told of an answer that has only what was known by some time."""

from collections.abc import Iterator

from sim.report.answer import Answer
from sim.report.wording import Wording, named


def as_known(answer: Answer, wording: Wording) -> Iterator[str]:
    """As known when, and what that leaves out; nothing for an answer with all that was ever published."""
    knowledge = answer.knowledge
    if knowledge is None:
        return
    when = wording.due(knowledge.at, with_year=True).strip()
    yield f"As known on {when}: {knowledge.published:,} of {knowledge.dated:,} dated sources had been published"
    silent = [id for id in knowledge.undated if id in wording.letters]
    if silent:
        names = named([f"{wording.letters[id]} {wording.outlet(id)}" for id in silent])
        yield f"  without a date, and so known as soon as what they relay, or from the beginning: {names}"
    if knowledge.at < answer.book.opened.end and answer.book.orders:
        yield "  what lies after that is as announced or assumed by then"
