"""Checks of sources: who is used, when they were published, and whether two are one."""

from collections.abc import Iterator

from sim.domain.known import undated
from sim.domain.pointer import Pointer
from sim.domain.source import Source
from sim.lint.days import dated, earliest
from sim.lint.remark import Remark
from sim.lint.subject import Subject


def unused_source(subject: Subject) -> Iterator[Remark]:
    """A source that states no claim, on which nothing rests, which no other relays, and whom no claim has it from."""
    scenario = subject.scenario
    used = set(subject.cited)
    used.update(relayed for source in scenario.sources.values() for relayed in source.relays)
    used.update(claim.per for claim in scenario.claims.values() if claim.per is not None)
    used.update(claim.per for claim in subject.book.claims.values() if claim.per is not None)
    for source in scenario.sources:
        if source not in used:
            yield Remark(
                Pointer("sources", source),
                f"nothing uses the source '{source}'",
                "Write down what it claims, rest something on it, or take it out.",
            )


def undated_source(subject: Subject) -> Iterator[Remark]:
    """A source without a date, of which something is used, where others have one.

    Nothing that it relays has a date either, so what it says counts as known from the beginning.
    """
    scenario = subject.scenario
    without = undated(scenario)
    if all(source.published is None for source in scenario.sources.values()):
        return
    for source in without:
        if source in subject.cited:
            yield Remark(
                Pointer("sources", source),
                f"the source '{source}' has no date, so what it says counts as known from the beginning",
                "Add `published: a date`; a month will do.",
            )


def same_url(subject: Subject) -> Iterator[Remark]:
    """Two sources with one web address: one publication, which would count as two witnesses."""
    first: dict[str, str] = {}
    for source in subject.scenario.sources.values():
        if source.url and (other := first.setdefault(source.url, source.id)) != source.id:
            yield Remark(
                Pointer("sources", source.id, "url"),
                f"the sources '{other}' and '{source.id}' are one publication: they have the same address",
                "Make them one source; as two they count as two witnesses.",
            )


def published_too_early(subject: Subject) -> Iterator[Remark]:
    """A source that was published before what it relays.

    A date is read as any time of that day, and a last day of a month as any time of that month: what is remarked is
    certain.
    """
    sources = subject.scenario.sources
    for source in sources.values():
        for relayed, later in _later(subject, source, source.relays):
            yield Remark(
                Pointer("sources", source.id, "published"),
                f"the source '{source.id}' was published before '{later.id}', which it relays",
                f"Correct one of the dates, or take '{relayed}' out of `relays`.",
                found=_dates(subject, source, later),
            )


def _later(subject: Subject, source: Source, relayed: tuple[str, ...]) -> Iterator[tuple[str, Source]]:
    """Of what `source` relays, each with the first dated one behind it that was certainly published later."""
    sources, calendar = subject.scenario.sources, subject.scenario.calendar
    if source.published is None:
        return
    for direct in relayed:
        seen, waiting = {direct}, [direct]
        while waiting:
            other = sources[waiting.pop()]
            if other.published is None:
                waiting.extend(further for further in other.relays if further not in seen)
                seen.update(other.relays)
            elif earliest(calendar, other.published, month=True) > source.published:
                yield direct, other
                break


def _dates(subject: Subject, source: Source, later: Source) -> str:
    calendar = subject.scenario.calendar
    assert source.published is not None, "only what has a date was published before something"
    assert later.published is not None, "and only after what has one"
    return (
        f"'{source.id}' published {dated(calendar, source.published)}, '{later.id}' {dated(calendar, later.published)}"
    )
