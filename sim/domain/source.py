"""Sources: publications, and whom they have their news from."""

from collections.abc import Iterable, Mapping

from attrs import frozen


@frozen
class Source:
    """One publication. `published` is a minute of the run, possibly before its start, or None where unknown.

    `relays` are ids of the sources it passes on, in byte order. `by_month` says that `published` is the last minute of
    a month of which no day is known.
    """

    id: str
    outlet: str
    title: str = ""
    published: int | None = None
    url: str = ""
    archived: str = ""
    relays: tuple[str, ...] = ()
    by_month: bool = False


def origins(sources: Mapping[str, Source], source: str) -> frozenset[str]:
    """The ids where `source`'s news began: what it relays, followed to those that relay nothing.

    A source that relays nothing is its own origin. Sources that relay one another in a circle, which a scenario may not
    hold, end where the circle closes.
    """
    found: set[str] = set()
    seen = {source}
    waiting = [source]
    while waiting:
        current = waiting.pop()
        relayed = sources[current].relays
        if not relayed:
            found.add(current)
        for further in relayed:
            if further not in seen:
                seen.add(further)
                waiting.append(further)
    return frozenset(found)


class Dates:
    """From when on each of a scenario's sources counts as published: worked out once for each."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._known: dict[str, int | None] = {}

    def of(self, source: str) -> int | None:
        """The last minute of the time, day or month in which a source was published; None where it is always known.

        A source without a date counts as published when the latest that it relays was, and as always known where none
        of those has a date either. Raises KeyError for a source that there is not.
        """
        if source not in self._known:
            self._follow(source)
        return self._known[source]

    def first_of(self, named: Iterable[str]) -> int | None:
        """The minute by which the first of the named sources had been published; None where that is always, or none
        named.

        What rests on no source is an assumption: it does not wait for any.
        """
        minutes = [self.of(source) for source in named]
        dated = [minute for minute in minutes if minute is not None]
        return min(dated) if dated and len(dated) == len(minutes) else None

    def _follow(self, source: str) -> None:
        """Work out a source, and before it what it relays. A circle, which a scenario may not hold, ends where it
        closes.
        """
        begun: set[str] = set()
        waiting = [source]
        while waiting:
            current = waiting[-1]
            minute = self._sources[current].published
            relayed = [] if minute is not None else [id for id in self._sources[current].relays if id in self._sources]
            if current not in begun:
                begun.add(current)
                waiting += [id for id in relayed if id not in self._known and id not in begun]
            if waiting[-1] == current:
                dated = [since for id in relayed if (since := self._known.get(id)) is not None]
                self._known[current] = max(dated, default=None) if minute is None else minute
                waiting.pop()


def public_from(sources: Mapping[str, Source], source: str) -> int | None:
    """From when on one source counts as published: see `Dates`, which is for many of them."""
    return Dates(sources).of(source)
