"""The table in which a database keeps trial balances."""

from collections.abc import Iterable, Iterator
from itertools import chain

from sim.eventlog.database import Database
from sim.eventlog.tables import BALANCES, KEEP_BALANCE, LAST_BALANCE, LAST_BALANCE_UNTIL, NUMBER, balance_of
from sim.eventlog.trial import TrialBalance


class BalanceTable:
    """Keeps trial balances in a table of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, run: str, balances: Iterable[TrialBalance]) -> None:
        with self._database.writing(run) as session, session.transaction():
            for (number,) in session.rows(NUMBER, run):
                for balance in balances:
                    session.do(KEEP_BALANCE, number, *balance)

    def last(self, run: str, minute: int | None = None) -> TrialBalance | None:
        asked = (LAST_BALANCE, run) if minute is None else (LAST_BALANCE_UNTIL, run, minute)
        with self._database.reading() as session:
            found = session.rows(*asked) if session else []
        return balance_of(found[0], self._database.url) if found else None

    def all(self, run: str) -> Iterator[TrialBalance]:
        with self._database.reading() as session:
            if session:
                for row in chain.from_iterable(session.pages(BALANCES, run)):
                    yield balance_of(row, self._database.url)
