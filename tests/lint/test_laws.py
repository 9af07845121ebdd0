"""Laws of the checks, which hold for any scenario."""

from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Never
from sim.domain.order import Order
from sim.domain.scenario import Scenario
from sim.domain.vocabulary import Action
from sim.ledger.claims import Judgement, Verdict, judge_all
from sim.lint import CHECKS, Remark, Subject, look
from sim.loader import dump, load, locate
from sim.runs import play
from tests.strategies import busy_scenarios, lift_scenarios, scenarios


def remarks(told: Scenario, *checks: str) -> list[Remark]:
    """What these checks remark on."""
    return [remark for _, remark in look(Subject.of(play(told)), checks)]


def judged(told: Scenario) -> list[Judgement]:
    """Every claim's judgement."""
    return list(judge_all(play(told)))


@given(st.one_of(scenarios(), lift_scenarios()))
def test_every_remark_has_its_place(told: Scenario) -> None:
    """In the file that the scenario is written to, at the entry it is about or inside it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(dump(told), encoding="utf-8")
        pointers = [remark.pointer for remark in remarks(load(path), *CHECKS)]
        places = locate(path, pointers)
        sections = [place.line for place in locate(path, [evolve(each, id="", key="") for each in pointers])]
    for pointer, place, section in zip(pointers, places, sections, strict=True):
        assert place.line >= section
        if pointer.id and not pointer.key and pointer.inside is None:
            assert place.text[place.column - 1 :].strip("'\"? ").startswith(pointer.id)


@given(st.one_of(scenarios(), lift_scenarios()))
def test_checks_do_not_depend_on_one_another(told: Scenario) -> None:
    """All together say what each says by itself, in the order of the checks."""
    subject = Subject.of(play(told))
    apart = [found for name in CHECKS for found in look(Subject.of(play(told)), [name])]
    assert list(look(subject)) == apart


@given(scenarios())
def test_what_is_unused_can_be_taken_out(told: Scenario) -> None:
    """Without an unused source or place, every judgement is what it was."""
    before = judged(told)
    for remark in remarks(told, "unused-source", "unused-place"):
        section, taken = remark.pointer.section, remark.pointer.id
        sources = [source for source in told.sources.values() if section != "sources" or source.id != taken]
        places = [place for place in told.places.values() if section != "places" or place.id != taken]
        assert judged(evolve(told, sources=sources, places=places)) == before


@given(lift_scenarios())
def test_lift_that_nothing_goes_by_can_be_taken_out(told: Scenario) -> None:
    """Without unused lift, or a port at which nothing stops, and what changes of it, every judgement is what it was."""
    before = judged(told)
    for remark in remarks(told, "unused-lift", "unused-port"):
        taken = remark.pointer.id
        of_lift = remark.pointer.section == "lift"
        capacity = tuple(change for change in told.capacity if (change.lift if of_lift else change.port) != taken)
        lift = {id: lift for id, lift in told.lift.items() if not of_lift or id != taken}
        ports = {id: port for id, port in told.ports.items() if of_lift or id != taken}
        assert judged(evolve(told, lift=lift, ports=ports, capacity=capacity)) == before


@given(busy_scenarios())
def test_an_untested_order_can_be_taken_out(told: Scenario) -> None:
    """Where no unit has more than one order, every judgement is what it was without those that no claim tests."""
    told = evolve(told.in_force, orders=_one_for_each_unit(told.in_force))
    before = judged(told)
    for remark in remarks(told, "untested-order"):
        meant = remark.pointer.id
        left = {id: order for id, order in told.orders.items() if meant and id != meant}
        assert judged(evolve(told, orders=left)) == before


def _one_for_each_unit(told: Scenario) -> list[Order]:
    """Some orders of a scenario, of which no two address the same unit."""
    free, found = set(told.units), []
    for order in told.orders.values():
        units = set(told.addressed(order))
        if order.action is not Action.CANCEL and units <= free:
            free -= units
            found.append(order)
    return found


@given(scenarios())
def test_what_cannot_fail_holds(told: Scenario) -> None:
    """So does a `never` that no unit or place fits; both do so without any orders, too."""
    checks = ("cannot-fail", "selects-nothing")
    idle = evolve(told, orders={}, amendments=())
    for each in (told, idle):
        verdicts = {judgement.claim.id: judgement for judgement in judged(each)}
        for name, remark in look(Subject.of(play(each)), checks):
            found = verdicts[remark.pointer.id]
            unfit = isinstance(found.claim.test, Never) and not remark.pointer.value
            if name == "cannot-fail" or unfit:
                assert found.verdict is Verdict.HOLDS
