"""Reconciliations: whether what the reports say can all be true together, and what can be true where it cannot."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from sim.ledger.book import Book
from sim.reconcile.agreement import Agreements, Relief, agreements, reliefs
from sim.reconcile.allowance import Allowance, allowances
from sim.reconcile.cluster import Cluster, Together, all_together, clusters
from sim.reconcile.contradiction import Contradictions, contradictions
from sim.reconcile.effort import EFFORT, OutOfEffort
from sim.reconcile.holdings import Holdings
from sim.reconcile.minimal import preferred
from sim.reconcile.question import Question
from sim.reconcile.solver import library
from sim.reconcile.statement import Statement, statements
from sim.reconcile.system import System

LIMIT = 100
"""How many contradictions, and how many sets of sources, are looked for where nothing else is asked."""


@frozen
class Reconciliation:
    """What the claims of a book that can be tested, and are neither disputed nor withdrawn, come to together.

    `statements` are by their first claim. `together` says whether they can all be true. `reliefs` are what removes most
    contradictions. `allowances` answer the questions, in the order asked, by those statements that can all be true;
    `left_out` are the others.
    """

    statements: tuple[Statement, ...]
    together: Together
    contradictions: Contradictions
    agreements: Agreements
    reliefs: tuple[Relief, ...]
    allowances: tuple[Allowance, ...]
    left_out: tuple[Statement, ...]

    @property
    def claims(self) -> int:
        """How many claims make the statements."""
        return sum(len(statement.claims) for statement in self.statements)


@frozen
class Concord:
    """Whether the `statements` of a book can all be true together, and what contradictions were found where not."""

    statements: tuple[Statement, ...]
    together: Together
    contradictions: Contradictions


def concord(book: Book, limit: int = LIMIT, effort: int = EFFORT) -> Concord:
    """What `reconcile` finds first, and that alone. It takes no library where the ledger's own figures bear all out.

    Raises UsageError and LogError as `reconcile` does.
    """
    holdings = Holdings(book)
    said = statements(book, holdings)
    return _held_together(System(holdings.figures, holdings.divisions), said, limit, effort)[0]


def reconcile(
    book: Book, questions: Iterable[Question] = (), limit: int = LIMIT, effort: int = EFFORT
) -> Reconciliation:
    """Hold everything that is reported together. No more than `limit` contradictions, or sets of sources, are found.

    `effort` is given to each search: see `sim.reconcile.effort`. Raises UsageError where the library it takes is not
    here, LogError for a book that posts what its own figures rule out.
    """
    library()
    holdings = Holdings(book)
    system = System(holdings.figures, holdings.divisions)
    said = statements(book, holdings)
    held, doubtful = _held_together(system, said, limit, effort)
    found = held.contradictions
    every = (*found.found, *found.beneath)
    left_out = _left_out(doubtful, {number for each in every for number in each.numbers})
    kept = [statement for number, statement in enumerate(said) if number not in left_out and statement.demands]
    return Reconciliation(
        said,
        held.together,
        found,
        agreements(book, said, doubtful, every, limit),
        reliefs(every),
        allowances(book, holdings, system, kept, tuple(questions), effort),
        tuple(statement for number, statement in enumerate(said) if number in left_out),
    )


def _held_together(
    system: System, said: tuple[Statement, ...], limit: int, effort: int
) -> tuple[Concord, list[Cluster]]:
    """How statements stand together, and the clusters of those that may not be able to."""
    decided = [(cluster, cluster.together()) for cluster in clusters(system, said, effort)]
    doubtful = [cluster for cluster, together in decided if together is not Together.POSSIBLE]
    found = contradictions(system, said, doubtful, limit)
    together = all_together((state for _, state in decided), clash=bool(found.found))
    return Concord(said, together, found), doubtful


def _left_out(doubtful: Sequence[Cluster], contradicted: set[int]) -> set[int]:
    """The statements that are in a contradiction: one of those found, or one that is still there without these."""
    left_out = set(contradicted)
    for cluster in doubtful:
        cluster.renew()
        kept = [number for number in cluster.numbers if number not in left_out]
        try:
            while cluster.clashes(kept):
                left_out.update(preferred(cluster.clashes, kept))
                kept = [number for number in kept if number not in left_out]
        except OutOfEffort:
            left_out.update(kept)
    return left_out
