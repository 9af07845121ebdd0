"""Scenarios: what order they keep, whom their orders address, and their plain form."""

import json
from hashlib import sha256
from random import Random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Noted
from sim.domain.plain import (
    change_from_plain,
    claim_from_plain,
    lift_from_plain,
    order_from_plain,
    place_from_plain,
    port_from_plain,
    source_from_plain,
    unit_from_plain,
)
from sim.domain.scenario import Scenario, canonical_json
from sim.domain.vocabulary import Kind
from tests.story import cancel, claim, deploy, scenario, unit
from tests.strategies import lift_scenarios, scenarios, shuffled


@given(st.one_of(scenarios(), lift_scenarios()))
def test_the_plain_form_round_trips(told: Scenario) -> None:
    """Through the plain form, as JSON, every definition comes back as it was; keys are sorted and nothing is lost."""
    text = "".join(canonical_json(told))
    plain = json.loads(text)
    assert text == json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert [source_from_plain(each) for each in plain["sources"]] == list(told.sources.values())
    assert [place_from_plain(each) for each in plain["places"]] == list(told.places.values())
    assert [unit_from_plain(each) for each in plain["units"]] == list(told.units.values())
    assert [order_from_plain(each) for each in plain["orders"]] == list(told.orders.values())
    assert [claim_from_plain(each) for each in plain["claims"]] == list(told.claims.values())
    assert [lift_from_plain(each) for each in plain.get("lift", ())] == list(told.lift.values())
    assert [port_from_plain(each) for each in plain.get("ports", ())] == list(told.ports.values())
    assert [change_from_plain(each) for each in plain.get("capacity", ())] == list(told.capacity)


@given(scenarios())
def test_what_says_nothing_of_lift_keeps_its_fingerprint(told: Scenario) -> None:
    """Sections that came later enter only where there is something in them."""
    plain = json.loads("".join(canonical_json(told)))
    assert not plain.keys() & {"lift", "ports", "capacity"}
    assert not any(order.keys() & {"lift", "route", "notice", "priority", "load"} for order in plain["orders"])


@given(st.one_of(scenarios(), lift_scenarios()))
def test_the_fingerprint(told: Scenario) -> None:
    """It is the SHA-256 of the canonical JSON."""
    assert told.fingerprint == sha256("".join(canonical_json(told)).encode()).hexdigest()


@given(st.one_of(scenarios(), lift_scenarios()), st.randoms(use_true_random=False))
def test_order_of_writing_does_not_enter(told: Scenario, random: Random) -> None:
    """However its sections are ordered, a scenario is the same, with the same fingerprint, and keeps them by id."""
    again = shuffled(told, random)
    assert again == told
    assert again.fingerprint == told.fingerprint
    for section in (
        again.sources,
        again.places,
        again.lift,
        again.ports,
        again.units,
        again.orders,
        again.claims,
    ):
        assert list(section) == sorted(section)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (scenario([unit("a")]), scenario([unit("a", "101")])),
        (scenario([unit("a")]), scenario([unit("a", "exactly 100")])),
        (scenario([unit("a")]), scenario([unit("a", kind=Kind.VEHICLES)])),
        (scenario([unit("a")]), scenario([unit("a")], end=10_001)),
        (scenario([], [], [claim(Noted("why"))]), scenario([], [], [claim(Noted("why not"))])),
        (scenario([unit("a")], [deploy("o", 1, "a")]), scenario([unit("a")], [deploy("o", 2, "a")])),
        (scenario([unit("a")], [deploy("o", 1, "a", to="de")]), scenario([unit("a")], [deploy("o", 1, "a", to="pl")])),
    ],
)
def test_what_differs_has_another_fingerprint(one: Scenario, other: Scenario) -> None:
    """Everything a scenario says enters, and scenarios that say the same share it."""
    assert one.fingerprint != other.fingerprint
    assert one.fingerprint == evolve(one).fingerprint


def test_whom_an_order_addresses() -> None:
    """The units it names with their parts; a cancel that names none, those of the order it cancels."""
    orders = [
        deploy("go", 0, "abn", "guard"),
        cancel("stop", 0, "go"),
        cancel("stop-some", 0, "go", "bde"),
    ]
    told = scenario([unit("abn"), unit("bde", part_of="abn"), unit("guard"), unit("other")], orders)
    assert {order: told.addressed(definition) for order, definition in told.orders.items()} == {
        "go": ("abn", "bde", "guard"),
        "stop": ("abn", "bde", "guard"),
        "stop-some": ("bde",),
    }
