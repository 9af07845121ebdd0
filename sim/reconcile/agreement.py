"""Agreement: the largest sets of sources that can all be right, and which claim stands most in the way of that."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from sim.domain.claim import Claim
from sim.ledger.book import Book
from sim.ledger.claims import separate_origins
from sim.reconcile.cluster import Clash, Cluster
from sim.reconcile.contradiction import Contradiction
from sim.reconcile.effort import Effort, Extent
from sim.reconcile.minimal import Chosen, minimal_sets
from sim.reconcile.statement import Statement


@frozen
class Agreement:
    """Sources all of whose claims can be true together, and with no other's besides; ids in byte order.

    `others` are those left out; `origins` is how many separate origins the claims of the sources have.
    """

    sources: tuple[str, ...]
    others: tuple[str, ...]
    origins: int


@frozen
class Agreements:
    """The largest sets of sources that agree, the largest first; `extent` says whether that is all.

    `at_odds` are the sources whose own claims cannot all be true, whatever the reported strengths are. `ruled_out` are
    those with a claim, or several together, that only the units and orders as entered rule out. They are in none of
    the sets; a source may be in both.
    """

    found: tuple[Agreement, ...]
    extent: Extent
    at_odds: tuple[str, ...]
    ruled_out: tuple[str, ...]


@frozen
class Relief:
    """Claims that all say the same; without them, so many of the contradictions found would be gone.

    `real` counts those that rounding does not explain, `rounding` those that it does.
    """

    claims: tuple[Claim, ...]
    real: int
    rounding: int


def agreements(
    book: Book,
    statements: Sequence[Statement],
    doubtful: Sequence[Cluster],
    found: Iterable[Contradiction],
    limit: int,
) -> Agreements:
    """The largest sets of sources that agree, `limit` of them at most; `found` are the contradictions of statements."""
    sources = sorted({source for statement in statements for source in statement.sources})
    turn = {source: number for number, source in enumerate(sources)}
    said_by = [frozenset(turn[source] for source in statement.sources) for statement in statements]
    for cluster in doubtful:
        cluster.renew()

    def clashing(silent: Chosen) -> Chosen | None:
        """Sources one of whom must be silent as well for the others to agree; None where they agree already."""
        quiet = frozenset(silent)
        for cluster in doubtful:
            tried = cluster.tried(tuple(number for number in cluster.numbers if not said_by[number] <= quiet))
            if isinstance(tried, Clash):
                return tuple({min(said_by[number] - quiet) for number in tried.numbers})
        return None

    silent, extent = minimal_sets(clashing, limit, Effort())
    agreeing = tuple(_agreement(book, statements, sources, each) for each in silent)
    by_one = [(contradiction, _by_one(contradiction)) for contradiction in found]
    own = {source for contradiction, by in by_one if _among_claims(contradiction) for source in by}
    with_entries = {source for contradiction, by in by_one if not _among_claims(contradiction) for source in by}
    return Agreements(agreeing, extent, tuple(sorted(own)), tuple(sorted(with_entries)))


def _by_one(contradiction: Contradiction) -> set[str]:
    """The sources each of whom makes all statements of a contradiction."""
    return set.intersection(*(set(statement.sources) for statement in contradiction.statements))


def _among_claims(contradiction: Contradiction) -> bool:
    """Whether statements clash with one another: not with a reported strength, nor a single one with the orders."""
    return len(contradiction.statements) > 1 and not contradiction.figures


def _agreement(book: Book, statements: Sequence[Statement], sources: Sequence[str], silent: Chosen) -> Agreement:
    others = tuple(sources[number] for number in silent)
    claims = [claim for statement in statements for claim in statement.claims if claim.source not in others]
    return Agreement(
        tuple(source for source in sources if source not in others), others, separate_origins(book, claims)
    )


def reliefs(found: Iterable[Contradiction]) -> tuple[Relief, ...]:
    """What removes most contradictions: first the single claims that do, as they all remove as many.

    Then statements of several claims, where one of them, dropped with all its claims, removes more than that.
    """
    removed: dict[int, tuple[int, int]] = {}
    statements: dict[int, Statement] = {}
    for contradiction in found:
        for number, statement in zip(contradiction.numbers, contradiction.statements, strict=True):
            real, rounding = removed.get(number, (0, 0))
            one = contradiction.rounded_to is None
            removed[number], statements[number] = (real + one, rounding + (not one)), statement
    single = {number: each for number, each in removed.items() if len(statements[number].claims) == 1}
    best = max(single.values(), default=(0, 0))
    most = max(removed.values(), default=(0, 0))
    numbers = [number for number in sorted(single) if single[number] == best]
    if most > best:
        numbers += [number for number in sorted(removed) if removed[number] == most]
    return tuple(Relief(statements[number].claims, *removed[number]) for number in numbers)
