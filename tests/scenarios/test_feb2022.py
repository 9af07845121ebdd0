"""The real scenario: every statement is in, where everyone stands, what claims come to, and that none is empty."""

import csv
from pathlib import Path

import pytest
from attrs import frozen

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Separate
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import judge_all
from sim.ledger.invariants import check
from sim.loader import load
from sim.posture import snapshot

ROOT = Path(__file__).parents[2]
FEB2022 = ROOT / "scenarios" / "feb2022.yaml"
STATEMENTS = Path(__file__).parent / "statements-2022-02-02.csv"

REPORTS = {"A": "beast", "B": "abc", "C": "axios", "D": "cnn", "E": "unnamed"}
"""The five reports of the list, by letter: their sources."""

TESTS = {
    **{"count": Count, "closed": Closed, "never": Never, "separate": Separate},
    **dict.fromkeys(("order", "context", "uncheckable count"), Noted),
}
"""The kinds of statement in the list, and what such a statement becomes."""

VERDICTS = """\
01a-beast-eastern-europe       holds
01b-beast-deadline             holds, given
02-beast-total-more            compatible
03-beast-from-fort-bragg       holds
04-beast-germany-to-romania    holds
05-beast-standby               holds, given
06a-beast-total                holds
06b-beast-coming-days          holds, given
07-beast-go-ahead              noted
08-beast-russia                holds, given
09-beast-intent                noted
10-beast-letter                noted
11-abc-total-several-thousand  holds
12a-abc-hosts                  noted
12b-abc-not-permanent          noted
13-abc-total-about             holds
14-abc-stryker                 noted
15a-abc-separate               holds
15b-abc-heightened-alert       holds, given
16-abc-not-ukraine             holds
17a-axios-total-thousands      holds
17b-axios-approved             noted
18-axios-from-fort-bragg       holds
19-axios-germany-to-romania    holds, given
20-axios-command               noted
21-axios-more-later            noted
22-axios-heightened-alert      holds, given
23-axios-assistance            noted
24-axios-allies                noted
25-cnn-total                   holds
26-cnn-from-the-us             holds
27-cnn-germany-to-romania      holds, given
28-cnn-82nd                    holds, given
29-cnn-xviii                   holds, given
30-cnn-stryker-squadron        holds, given
31-cnn-decision                noted
32-cnn-heightened-alert-in-us  holds, given
33-cnn-separate                holds
34-cnn-more-later              noted
35-cnn-command                 noted
36-cnn-in-europe               noted
37-cnn-russia                  compatible
38-cnn-answers                 noted
39-cnn-visit                   noted
40a-cnn-nato-heightened-alert  holds
40b-cnn-nato-carrier-group     noted
41-unnamed-total               holds
42a-unnamed-from-the-us        holds
42b-unnamed-stay-in-germany    contradicted
43-unnamed-heightened-alert    holds, given
44-unnamed-separate            holds
45-unnamed-more-later          noted
46a-unnamed-in-europe          noted
46b-unnamed-russia             compatible
47a-axios-not-ukraine          holds
47b-axios-not-permanent        noted
48a-cnn-not-ukraine            holds
48b-cnn-not-permanent          noted
49a-unnamed-not-ukraine        holds
49b-unnamed-not-permanent      noted
"""
"""Every claim, and what it comes to. More than 3,000 is possible, and does not hold."""

FEWER_PARATROOPERS = ("82-ibct:", "troops: about 1700", "troops: about 170")
FEWER_RUSSIANS = ("russian-force:", "troops: about 100000", "troops: about 50000")
PARATROOPERS_TO_UKRAINE = ("82nd-to-poland:", "to: pl", "to: ua")
PARATROOPERS_ALERTED = ("nrf-alert:", "units: [nrf-pool]", "units: [82-ibct, nrf-pool]")

ONE_LINE_CHANGES = {
    "01a-beast-eastern-europe": FEWER_PARATROOPERS,
    "02-beast-total-more": FEWER_PARATROOPERS,
    "03-beast-from-fort-bragg": FEWER_PARATROOPERS,
    "04-beast-germany-to-romania": ("stryker-squadron:", "troops: about 1000", "troops: about 700"),
    "06a-beast-total": FEWER_PARATROOPERS,
    "11-abc-total-several-thousand": FEWER_PARATROOPERS,
    "13-abc-total-about": FEWER_PARATROOPERS,
    "15a-abc-separate": PARATROOPERS_ALERTED,
    "16-abc-not-ukraine": PARATROOPERS_TO_UKRAINE,
    "17a-axios-total-thousands": FEWER_PARATROOPERS,
    "18-axios-from-fort-bragg": FEWER_PARATROOPERS,
    "25-cnn-total": FEWER_PARATROOPERS,
    "26-cnn-from-the-us": ("82-ibct:", "place: fort-bragg", "place: de"),
    "33-cnn-separate": PARATROOPERS_ALERTED,
    "37-cnn-russia": FEWER_RUSSIANS,
    "40a-cnn-nato-heightened-alert": ("nrf-alert:", "action: alert", "action: standby"),
    "41-unnamed-total": ("strykers-to-romania:", "units: [stryker-squadron]", "units: [standby-5000]"),
    "42a-unnamed-from-the-us": FEWER_PARATROOPERS,
    "42b-unnamed-stay-in-germany": ("strykers-to-romania:", "to: ro", "to: pl"),
    "44-unnamed-separate": PARATROOPERS_ALERTED,
    "46b-unnamed-russia": FEWER_RUSSIANS,
    "47a-axios-not-ukraine": PARATROOPERS_TO_UKRAINE,
    "48a-cnn-not-ukraine": PARATROOPERS_TO_UKRAINE,
    "49a-unnamed-not-ukraine": PARATROOPERS_TO_UKRAINE,
}
"""For each claim: below which line, the text to find first, and what to put in its stead."""


@pytest.fixture(scope="module")
def book() -> Book:
    return played(FEB2022)


def played(path: Path) -> Book:
    return Book.replay(simulate(load(path)))


def test_at_the_end_everyone_is_where_the_reports_send_them(book: Book) -> None:
    """3,000 deployed in three countries, the pool on alert, the rest on standby, nobody in Ukraine or under way."""
    rows = [
        (row.unit, row.place, row.country, row.readiness, row.strength) for row in snapshot(book, book.opened.end).rows
    ]
    assert rows == [
        ("82-ibct", "pl", "PL", "deployed", 1700),
        ("nrf-pool", "us", "US", "heightened-alert", 8500),
        ("russian-force", "ua-border", None, "deployed", 100000),
        ("standby-5000", "unstated", None, "standby", 5000),
        ("stryker-squadron", "ro", "RO", "deployed", 1000),
        ("xviii-corps", "de", "DE", "deployed", 300),
    ]


def test_at_each_snapshot_the_movers_are_at_home_then_under_way_then_there(book: Book) -> None:
    """On 1, 3, 6 and 28 February."""
    movers = ("82-ibct", "stryker-squadron", "xviii-corps")
    seen = [
        [(row.place, row.readiness, row.basis) for row in snapshot(book, at).rows if row.unit in movers]
        for at in book.opened.snapshots
    ]
    arrived = [("pl", "deployed", "announced"), ("ro", "deployed", "announced"), ("de", "deployed", "announced")]
    assert seen == [
        [("fort-bragg", "garrison", None), ("de", "garrison", None), ("fort-bragg", "garrison", None)],
        [("pl", "in-transit", "assumed"), ("ro", "in-transit", "assumed"), ("de", "in-transit", "assumed")],
        arrived,
        arrived,
    ]


def test_all_invariants_hold_and_no_order_is_refused(book: Book) -> None:
    """So the run exits 0: the one dispute is an expected one."""
    assert [(outcome.name, outcome.findings) for outcome in check(book) if not outcome.holds] == []
    assert not book.refusals


def test_each_claim_has_its_verdict(book: Book) -> None:
    """Given are those that test the very figure or window that they, or the same origin, put into the ledger."""
    found = [(one.claim.id, f"{one.verdict}, given" if one.given else one.verdict) for one in judge_all(book)]
    assert "".join(f"{claim:<31}{verdict}\n" for claim, verdict in found) == VERDICTS


def test_the_disputed_claim_is_off_by_the_whole_squadron(book: Book) -> None:
    """It is the only one with a dispute, and says why."""
    disputed = [judgement for judgement in judge_all(book) if judgement.claim.disputed]
    assert [(one.claim.id, one.reading and one.reading.distance) for one in disputed] == [
        ("42b-unnamed-stay-in-germany", 1000)
    ]


@frozen
class Statement:
    """One statement of the list: whose it is, what it counts or names, in the reports' terms, and of what kinds it is.

    Where it says two things it has two kinds, or two figures.
    """

    number: int
    source: str
    figures: tuple[str, ...]
    tests: tuple[type, ...]


def statements() -> list[Statement]:
    with STATEMENTS.open(encoding="utf-8", newline="") as file:
        return [
            Statement(
                int(row["number"]),
                REPORTS[row["report"]],
                tuple(filter(None, row["figure"].split(";"))),
                tuple(TESTS[kind] for kind in row["kind"].split(";")),
            )
            for row in csv.DictReader(file)
        ]


def number_of(claim: str) -> int:
    return int(claim[:2])


def test_every_statement_of_the_five_reports_has_a_claim(book: Book) -> None:
    """1 to 46 as listed, and 47 to 49 for what three reports say of Ukraine besides."""
    assert [statement.number for statement in statements()] == list(range(1, 47))
    assert sorted({number_of(claim) for claim in book.claims}) == list(range(1, 50))


@pytest.mark.parametrize("statement", statements(), ids=lambda statement: str(statement.number))
def test_a_statement_is_a_claim_of_its_report_kind_and_figure(statement: Statement, book: Book) -> None:
    """What can be tested counts the listed figure, in its wording; what cannot is noted, and says it."""
    claims = [claim for claim in book.claims.values() if number_of(claim.id) == statement.number]
    assert {claim.source for claim in claims} == {statement.source}
    assert sorted(type(claim.test).__name__ for claim in claims) == sorted(test.__name__ for test in statement.tests)
    said = " ".join(claim.says for claim in claims).replace(",", "").lower()
    assert [
        figure for figure in statement.figures if figure not in counted(claims) and figure.lower() not in said
    ] == []
    if Count in statement.tests:
        assert counted(claims) & set(statement.figures)


def counted(claims: list[Claim]) -> set[str]:
    """The figures that claims count, as they are worded; for none ever, 0."""
    wordings = {claim.test.expected.wording for claim in claims if isinstance(claim.test, Count)}
    return wordings | {"0" for claim in claims if isinstance(claim.test, Never)}


def test_the_table_of_changes_covers_every_claim_that_could_disagree(book: Book) -> None:
    """All that are testable and not given."""
    open_claims = [one.claim.id for one in judge_all(book) if one.reading is not None and not one.given]
    assert sorted(ONE_LINE_CHANGES) == open_claims


@pytest.mark.parametrize("claim", ONE_LINE_CHANGES)
def test_no_claim_is_empty(claim: str, book: Book, tmp_path: Path) -> None:
    """A change of one line of the scenario changes the claim's verdict."""
    copy = tmp_path / "changed.yaml"
    copy.write_text(changed(FEB2022.read_text(encoding="utf-8"), *ONE_LINE_CHANGES[claim]), encoding="utf-8")
    before = {one.claim.id: one.verdict for one in judge_all(book)}
    after = {one.claim.id: one.verdict for one in judge_all(played(copy))}
    assert after[claim] != before[claim]


def changed(text: str, below: str, old: str, new: str) -> str:
    """`text` with the first line after `below` that reads `old` reading `new` instead."""
    lines = text.splitlines()
    start = lines.index(f"  {below}")
    line = next(n for n in range(start, len(lines)) if lines[n].split("#")[0].strip() == old)
    lines[line] = lines[line].replace(old, new)
    return "\n".join(lines) + "\n"
