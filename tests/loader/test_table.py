"""Tables: what their cells mean, and that reading rows in bulk is only faster."""

from pathlib import Path

import pytest

from sim.domain.calendar import Calendar
from sim.domain.claim import Closed, Count, Never, Noted, Selector, When
from sim.domain.grounds import Grounds
from sim.domain.order import Order, Transit, Window
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.unit import Post, Unit
from sim.domain.vocabulary import Action, Basis, Kind, Readiness
from sim.errors import LoadError
from sim.loader import load

HEAD = """format: 1
title: Tables
start: 2022-01-24
end: 2022-02-28
sources: {cnn: {outlet: CNN}, abc: {outlet: ABC}}
places: {us: {country: US}, pl: {country: PL}}
"""
UNITS = "units: {a: {troops: 100, place: us, sources: cnn}, b: {troops: 50, place: us, sources: cnn}}\n"
DAY = 1440


def scenario_of(folder: Path, head: str, **tables: str) -> Scenario:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    path = folder / "x.yaml"
    path.write_text(head + "".join(f"{name}: {name}.csv\n" for name in tables), encoding="utf-8")
    return load(path)


def error_of(folder: Path, head: str, **tables: str) -> list[str]:
    with pytest.raises(LoadError) as caught:
        scenario_of(folder, head, **tables)
    return [f"{found.location}: {found.message}".removeprefix(f"{folder}/") for found in caught.value.findings]


def test_units(tmp_path: Path) -> None:
    """Keys inside a key are joined to it, lists are separated by semicolons, an empty cell says nothing."""
    found = scenario_of(
        tmp_path,
        HEAD,
        units=(
            "id,name,troops,troops_post,troops_because,vehicles,place,origin,readiness,side,part_of,symbol,sources\r\n"
            "a,,nearly 5000,4900,a guess,,us,,standby,,,,cnn; abc;\r\n"
            'b,"Bravo, ""the"" second\r\nbattery",,,,20,pl,us,,RU,a,10031000181211000001,cnn\r\n'
        ),
    )
    both = Grounds(("abc", "cnn"))
    post = Post(4900, Grounds((), "a guess"))
    nearly = parse_quantity("nearly 5000")
    assert found.units == {
        "a": Unit("a", "a", Kind.TROOPS, nearly, "us", "us", Readiness.STANDBY, grounds=both, post=post),
        "b": Unit(
            "b",
            'Bravo, "the" second battery',
            Kind.VEHICLES,
            parse_quantity("20"),
            "pl",
            "us",
            side="RU",
            part_of="a",
            symbol="10031000181211000001",
            grounds=Grounds(("cnn",)),
        ),
    }


def test_orders(tmp_path: Path) -> None:
    """Windows and transits, by their joined names."""
    found = scenario_of(
        tmp_path,
        "\ufeff" + HEAD + UNITS,
        orders=(
            "\ufeffid,at,action,units,to,depart_after,depart_because,arrive_by,arrive_basis,arrive_sources,transit_is,"
            "transit_because,cancels,refusal,because\n"
            "o,2022-01-25,deploy,b;a,pl,2022-01-26,a guess,2022-01-28,observed,abc,,,,,x\n"
            "p,D+5,return,a,,,,,,,12h,slow,,expected,x\n"
            "q,D+5,cancel,,,,,,,,,,p,,x\n"
        ),
    )
    x = Grounds((), "x")
    assert found.orders == {
        "o": Order(
            "o",
            DAY,
            Action.DEPLOY,
            ("a", "b"),
            "pl",
            Window(2 * DAY, grounds=Grounds((), "a guess")),
            Window(None, 5 * DAY - 1, Basis.OBSERVED, Grounds(("abc",))),
            grounds=x,
        ),
        "p": Order(
            "p",
            5 * DAY,
            Action.RETURN,
            ("a",),
            transit=Transit(720, Grounds((), "slow")),
            refusal_expected=True,
            grounds=x,
        ),
        "q": Order("q", 5 * DAY, Action.CANCEL, cancels="p", grounds=x),
    }


def test_claims(tmp_path: Path) -> None:
    """A selector is there when any of its keys is."""
    found = scenario_of(
        tmp_path,
        HEAD + UNITS,
        claims=(
            "id,source,count_place,count_readiness,is,at,never_country,closed_units,by,noted\n"
            "c,cnn,pl;us,deployed,about 100,always,,,,\n"
            "d,cnn,,,,,UA,,,\n"
            "e,cnn,,,,,,a,D+3,\n"
            "f,cnn,,,,,,,,why not\n"
        ),
    )
    deployed = Selector(place=("pl", "us"), readiness=(Readiness.DEPLOYED,))
    assert [claim.test for claim in found.claims.values()] == [
        Count(deployed, parse_quantity("about 100"), When.ALWAYS),
        Never(Selector(country=("UA",))),
        Closed(Selector(units=("a",)), 3 * DAY),
        Noted("why not"),
    ]


ROWS = 350


def orders_table(**changed: str) -> str:
    """A table of deployments; `changed` gives other text for the rows whose number follows `row`."""
    rows = [
        f"o{row},2022-01-{25 + row % 5}T08:{row % 60:02},deploy,a,pl,,2022-02-{row % 9 + 1:02}" for row in range(ROWS)
    ]
    for key, text in changed.items():
        rows[int(key.removeprefix("row"))] = text
    return "\n".join(["id,at,action,units,to,depart_after,arrive_by,because", *(f"{row},x" for row in rows)])


def test_many_rows_say_what_each_says(tmp_path: Path) -> None:
    """Rows that are alike are read at once; each has its own id, times and units all the same."""
    found = scenario_of(
        tmp_path,
        HEAD + UNITS,
        orders=orders_table(
            row120="alert,D+2,alert,a;b;a,,,",
            row121="twice,D+2,alert,b,,,",
            row122="back,2022-02-10,return,a,,2022-02-11T00:00Z,2022-02-12T00:00+01:00",
            row340="stop,D+9,cancel,,,,",
        )
        .replace("because", "cancels,because")
        .replace(",x", ",,x")
        .replace("stop,D+9,cancel,,,,,", "stop,D+9,cancel,,,,,back"),
    )
    assert len(found.orders) == ROWS
    x = Grounds((), "x")
    start = Calendar(found.calendar.start)
    assert start.log_stamp(found.orders["o349"].at) == "2022-01-29T08:49Z"
    assert found.orders["o349"] == Order(
        "o349", 5 * DAY + 529, Action.DEPLOY, ("a",), "pl", arrive=Window(by=(8 + 349 % 9 + 1) * DAY - 1), grounds=x
    )
    assert found.orders["alert"] == Order("alert", 2 * DAY, Action.ALERT, ("a", "b"), grounds=x)
    assert found.orders["stop"] == Order("stop", 9 * DAY, Action.CANCEL, cancels="back", grounds=x)
    assert found.orders["back"] == Order(
        "back",
        17 * DAY,
        Action.RETURN,
        ("a",),
        depart=Window(after=18 * DAY),
        arrive=Window(by=19 * DAY - 60),
        grounds=x,
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("o,2022-02-30,deploy,a,pl,,2022-02-01", "252:3: '2022-02-30' is not a date that exists"),
        ("o,2021-01-30,deploy,a,pl,,2022-02-01", "252:3: '2021-01-30' lies outside the scenario's period"),
        ("o,2022-02-01,deploy,c,pl,,2022-02-09", "252:21: 'units' names 'c', which is not among the units"),
        ("o,2022-02-01,deploy,a,xx,,2022-02-09", "252:23: 'to' names 'xx', which is not among the places"),
        ("o,2022-02-01,deploy,a,pl,,2022-01-30", "252:27: the order 'o' arrives no later than it leaves"),
        ("o,2022-02-01,deploy,a,pl,2022-02-09,2022-02-08", "252:37: the order 'o' arrives no later than it leaves"),
        ("o,2022-02-01,alert,a,,,2022-02-08", "252:24: 'arrive' goes only with deploy and return"),
        ("o,2022-02-01,deploy,,pl,,2022-02-08", "252:1: the order 'o' addresses nobody"),
        ("o,,deploy,a,pl,,2022-02-08", "252:1: the order 'o' needs 'at'"),
        (",2022-02-01,deploy,a,pl,,2022-02-08", "252:1: this row has no id"),
        ("O,2022-02-01,deploy,a,pl,,2022-02-08", "252:1: 'O' is not an id"),
        ("o0,2022-02-01,deploy,a,pl,,2022-02-08", "252:1: the id 'o0' stands twice in this table"),
        ("o249,2022-02-01,deploy,a,pl,,2022-02-08", "252:1: the id 'o249' stands twice in this table"),
        ("o,2022-02-01,deploy,a,pl,,2022-02-08,", "252:1: this row does not fit the header"),
    ],
)
def test_a_mistake_among_many_rows(tmp_path: Path, row: str, message: str) -> None:
    """It is found once, in its line, and the rows around it are fine."""
    assert error_of(tmp_path, HEAD + UNITS, orders=orders_table(row250=row)) == [f"orders.csv:{message}"]


def test_lines_are_counted_as_the_file_has_them(tmp_path: Path) -> None:
    """Blank lines and cells of several lines do not shift the place of a later mistake."""
    table = orders_table(row3="", row200='o,2022-02-01,"deploy",a,pl,,"2022-02-08\n\r\n"').replace("\n,x\n", "\n\n")
    table = table.replace("o300,", "O300,")
    assert error_of(tmp_path, HEAD + UNITS, orders=table) == ["orders.csv:304:1: 'O300' is not an id"]


def test_many_units(tmp_path: Path) -> None:
    """Their names and strengths are their own."""
    rows = "".join(f"u{row},Unit  {row},{row % 7 + 1},us,cnn\n" for row in range(ROWS))
    found = scenario_of(tmp_path, HEAD, units="id,name,troops,place,sources\n" + rows + "v,,5,us,cnn\n")
    assert found.units["u300"].name == "Unit 300"
    assert found.units["v"].name == "v"
    assert [unit.strength for unit in found.units.values()][:3] == [1, 2, 4]


def test_a_name_that_cannot_be_shown_among_many(tmp_path: Path) -> None:
    rows = [f"u{row},Unit {row},5,us,cnn" for row in range(ROWS)]
    rows[7] = "u7,Unit\u202e 7,5,us,cnn"
    found = error_of(tmp_path, HEAD, units="id,name,troops,place,sources\n" + "\n".join(rows))
    assert found == ["units.csv:9:4: 'name' holds a character that cannot be shown, U+202E"]


def test_many_kinds_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered of rows stays bounded, and nothing goes wrong when it is full."""
    monkeypatch.setattr("sim.loader.bulk.MEMO_MAX", 3)
    monkeypatch.setattr("sim.loader.memo.MEMO_MAX", 3)
    rows = "".join(f"u{row},{row + 1},us,reason {row}\n" for row in range(ROWS))
    found = scenario_of(tmp_path, HEAD, units="id,troops,place,because\n" + rows)
    assert found.units["u300"].strength == 301
    assert found.units["u300"].grounds == Grounds((), "reason 300")


def test_an_unreadable_table_is_noted_once(tmp_path: Path) -> None:
    """What refers into it is not counted against the scenario."""
    head = HEAD + "orders: {o: {at: 2022-02-02, action: alert, units: a, because: x}}\n"
    assert error_of(tmp_path, head, units='id,troops,place\n"a') == [
        "units.csv:2:1: this is not CSV: unexpected end of data"
    ]
