"""Answers of small scenarios."""

from sim.domain.scenario import Scenario
from sim.report.answer import Answer, times_or_end
from sim.report.page import page, table_page
from sim.report.table import Style
from sim.runs import play_and_keep


def answer(told: Scenario, *times: int) -> Answer:
    """What a scenario comes to, at these times or at those it asks for."""
    book, kept = play_and_keep(told)
    return Answer(book, times_or_end(times or told.snapshots, told.end), kept)


def lines(told: Scenario, table: str, *times: int, by: tuple[str, ...] = (), room: int = 100) -> list[str]:
    """One table by itself, without its heading."""
    return table_page(answer(told, *times), table, by, Style.PLAIN, room).splitlines()[1:]


def whole(told: Scenario, room: int = 100) -> list[str]:
    """The page."""
    return page(answer(told), (), Style.PLAIN, room).splitlines()
