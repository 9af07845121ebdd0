"""What holds of every page about what was known by some time, and about how that changed."""

from collections.abc import Iterator
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Claim, Selector, Separate
from sim.domain.known import knowledge, known
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.errors import UsageError
from sim.history import claim_history, figure_history
from sim.ledger.invariants import Outcome
from sim.posture.explanation import explain, explain_claim
from sim.report import history_form, history_page
from sim.report.answer import Answer
from sim.report.claims_form import claims_to_csv, claims_to_json
from sim.report.claims_page import claims_page
from sim.report.csv_form import TABLES, to_csv
from sim.report.explanation_form import explanation_to_csv, explanation_to_json
from sim.report.explanation_page import explanation_page
from sim.report.ink import uninked
from sim.report.inquiry import inquire
from sim.report.json_form import to_json
from sim.report.page import page, table_page
from sim.report.table import Style
from sim.runs import play
from tests.report.test_laws import columns
from tests.story import SOURCES, cited, scenario, unit
from tests.strategies import DAY, any_scenarios, known_at, lift_scenarios, scenarios, told_later

COMMAND = ["python", "-m", "sim", "explain", "x.yaml"]


def answer_known(told: Scenario, minute: int) -> Answer:
    return Answer(play(known(told, minute)), (told.end,), None, None, knowledge(told, minute), told)


def written(answer: Answer, style: Style, room: int) -> Iterator[str]:
    """Everything that can be written of an answer, but the commands to be copied."""
    book = answer.book
    yield page(answer, (), style, room)
    yield from (table_page(answer, table, (), style, room) for table in TABLES)
    yield to_json(answer)
    yield from (to_csv(answer, table) for table in TABLES)
    inquiry = inquire(answer, [], [], [])
    yield from (claims_page(inquiry, ["x.yaml"], style, room), claims_to_json(inquiry), claims_to_csv(inquiry))
    explained = [explain(book, book.opened.end, Selector(kind=()), False)]
    for claim in book.claims.values():
        try:
            explained.append(explain_claim(book, claim))
        except UsageError as error:
            yield error.message
    for each in explained:
        yield explanation_page(answer, each, COMMAND, style, room)
        yield from (explanation_to_json(answer, each), explanation_to_csv(answer, each))


@given(st.one_of(any_scenarios(), lift_scenarios()), known_at, st.sampled_from(Style), st.integers(1, 200))
def test_everything_can_be_written_of_what_was_known(told: Scenario, minute: int, style: Style, room: int) -> None:
    """Whatever was known: nothing is missing that something refers to, and nothing steers a terminal."""
    for text in written(answer_known(told, minute), style, room):
        assert not any(category(char) == "Cc" for char in text.replace("\n", ""))


def test_a_claim_that_names_a_unit_not_known_yet() -> None:
    """Its page names it by its id, as long as nobody has said more of it."""
    later = Source("later", "Later", published=5000)
    separate = Separate(Selector(units=("alpha",)), Selector(units=("bravo",)))
    units = [unit("alpha"), unit("bravo", grounds=cited("later"))]
    told = scenario(units, claims=[Claim("said", "abc", separate)], sources=(*SOURCES, later))
    answer = answer_known(told, 1000)
    explained = explain_claim(answer.book, answer.book.claims["said"])
    assert "bravo" in explanation_page(answer, explained, COMMAND).split("\n")[0]


@given(st.one_of(any_scenarios(), lift_scenarios()), st.data(), st.sampled_from(Style), st.integers(1, 200))
def test_every_history_can_be_written(told: Scenario, data: st.DataObject, style: Style, room: int) -> None:
    """Of figures and of claims, in every form; no line of a page ends in spaces."""
    answer = Answer(play(told), (told.end,))
    at, selector = data.draw(st.integers(0, told.end)), Selector(kind=())
    figures = figure_history(told, at, selector)
    texts = [
        history_page.figure_page(answer.book, at, selector, figures, style, room),
        history_form.figure_to_json(answer, at, figures),
        history_form.figure_to_csv(answer, figures),
    ]
    for claim in told.claims:
        stages = claim_history(told, claim)
        texts += [
            history_page.claim_page(answer.book, claim, stages, style, room),
            history_form.claim_to_json(answer, claim, stages),
            history_form.claim_to_csv(answer, stages),
        ]
    for text in texts:
        assert not any(category(char) == "Cc" for char in text.replace("\n", ""))
    for page_of_it in texts[::3]:
        assert [
            line for line in page_of_it.split("\n") if not uninked(line).isprintable() or line != line.rstrip()
        ] == []


@given(scenarios(), st.integers(60, 200))
def test_a_history_fits_its_room(told: Scenario, room: int) -> None:
    """From 60 columns on."""
    selector = Selector(kind=())
    stages = figure_history(told, told.end, selector)
    text = history_page.figure_page(play(told), told.end, selector, stages, Style.PLAIN, room)
    for claim in told.claims:
        text += history_page.claim_page(play(told), claim, claim_history(told, claim), Style.PLAIN, room)
    assert [line for line in text.splitlines() if columns(line) > room] == []


@given(st.one_of(any_scenarios(), lift_scenarios()), known_at, st.integers(1, DAY))
def test_what_is_published_later_changes_no_answer(told: Scenario, minute: int, later: int) -> None:
    """Neither what is printed of what was known at a minute nor whether all is well."""
    more = told_later(told, minute + later)
    before, after = answer_known(told, minute), answer_known(more, minute)
    assert to_json(after) == to_json(before)
    assert after.all_well is before.all_well


@given(st.one_of(any_scenarios(), lift_scenarios()), known_at)
def test_nobody_disobeyed_at_any_time(told: Scenario, minute: int) -> None:
    """As known, `obeyed` finds nothing; each refusal is told as not played, but those that are expected."""
    plain, part = Answer(play(told), (told.end,)), answer_known(told, minute)
    assert outcome(part).holds
    assert plain.unplayed == ()
    assert [each for each in part.book.refusals.values() if each not in part.unplayed] == [
        each for each in part.book.refusals.values() if part.book.orders[each.order].refusal_expected
    ]


def outcome(answer: Answer) -> Outcome:
    """What became of the invariant `obeyed`."""
    return next(each for each in answer.outcomes if each.name == "obeyed")
