"""The runs of a log, and what each is."""

from sim.ledger import Book
from sim.report.answer import Answer
from sim.report.json_form import Json, scenario_form
from sim.report.runs_table import run_form, runs_form
from sim.web.library import WHOLE_MAX
from sim.web.paging import PAGING, paging_of
from sim.web.question import Form, Parameter, Question
from sim.web.watch import Held

RUNS = (
    Parameter("search", "words that stand in an id or a title, in any case", Form.SEARCH),
    Parameter("newest", "the run begun last comes first: true", Form.FLAG),
    *PAGING,
)
"""What may be asked of the runs of a log."""


def runs(held: Held, question: Question) -> Json:
    """The runs that are meant, a page of them, as they were begun or the other way; on the first page the ensembles."""
    words = (question.one("search") or "").casefold().split()
    found = [run for run in held.runs if all(word in f"{run.run} {run.title}".casefold() for word in words)]
    if question.one("newest") == "true":
        found.reverse()
    paging = paging_of(question)
    ensembles = held.ensembles if paging.number == 1 else ()
    return {**runs_form(held.url, held.runs, paging.cut(found), ensembles), **paging.told(len(found))}


def run(held: Held, word: str, opened: Book | None) -> Json:
    """What a run is; `opened` is a book that has how it was opened, None where that is not written yet."""
    info = held.run(word)
    return {
        "run": run_form(info),
        "scenario": None if opened is None else _scenario(opened),
        "log": {"url": held.url, "run": info.run, "events": info.count, "head": info.head if info.count else None},
        "album": info.finished and info.count <= WHOLE_MAX,
    }


def _scenario(book: Book) -> Json:
    opened = book.opened
    return {**scenario_form(Answer(book, (0,))), "end_minute": opened.end, "timezone": opened.timezone}
