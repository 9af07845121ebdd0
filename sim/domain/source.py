"""Sources: publications, and whom they have their news from."""

from collections.abc import Mapping

from attrs import frozen


@frozen
class Source:
    """One publication. `published` is a minute of the run, possibly before its start, or None where unknown.

    `relays` are ids of the sources it passes on, in byte order.
    """

    id: str
    outlet: str
    title: str = ""
    published: int | None = None
    url: str = ""
    archived: str = ""
    relays: tuple[str, ...] = ()


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


def public_from(sources: Mapping[str, Source], source: str) -> int | None:
    """The last minute of the time, day or month in which `source` was published; None where it counts as always known.

    A source without a date counts as published when the latest that it relays was, and as always known where none of
    those has a date either. Raises KeyError for a source that there is not.
    """
    latest: int | None = None
    seen = {source}
    waiting = [sources[source]]
    while waiting:
        current = waiting.pop()
        if current.published is not None:
            latest = current.published if latest is None else max(latest, current.published)
            continue
        for further in current.relays:
            if further not in seen and further in sources:
                seen.add(further)
                waiting.append(sources[further])
    return latest
