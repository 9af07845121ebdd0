"""Four weeks of reporting: every event of the list is in, later reports change earlier ones, and no claim is empty."""

import csv
import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest
from attrs import frozen

from sim.domain.calendar import Edge
from sim.domain.claim import Claim, Closed, Count, selectors_of
from sim.domain.event import UnitArrived
from sim.domain.known import known, publications
from sim.domain.scenario import Scenario
from sim.domain.source import public_from
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import Judgement, judge_all
from sim.ledger.invariants import check
from sim.loader import load
from sim.posture import snapshot

HERE = Path(__file__).parent
FLANK = HERE.parents[1] / "scenarios" / "eastern-flank-2022.yaml"
TIMELINE = HERE / "timeline-2022-01-22--02-19.csv"

VERDICTS = """\
e01-trend-options               noted
e02a-dod-alert                  holds, given
e02b-dod-no-decision            holds
e03a-reuters-up-to              holds, given
e03b-reuters-apart              holds
e04a-inside-defense-alert       holds, given
e04b-inside-defense-notice      noted
e04c-cbs-purpose                noted
e05-military-times-amari        holds, given
e06-fliegerweb-amari            contradicted, disputed
e07a-ap-alert                   holds
e07b-ap-bases                   noted
e07c-abc-separate               holds
e08a-hs-intent                  noted
e08b-beast-intent               noted
e09a-beast-decision             noted
e09b-cnn-decision               noted
e09c-unnamed-decision           noted
e10a-dod-squadron               holds, given
e10b-fact-sheet-squadron        holds, given
e10c-dod-romania                holds, given
e11a-kyiv-post-from-germany     contradicted, disputed
e11b-kyiv-post-division         noted
e12a-dod-from-the-us            holds
e12b-dod-82nd                   holds, given
e12c-dod-xviii                  holds, given
e13a-wsj-total                  holds
e13b-wsj-total-more             compatible
e14a-beast-standby              holds, given
e14b-beast-deadline             contradicted, disputed
e15a-wsj-standby                holds, given
e15b-wsj-beyond                 holds
e15c-forexlive-standby          holds, given
e16-usa-today-standby           noted
e17-wbtw-boarding               holds
e18-tvp-all-left                contradicted, disputed
e19-wbtw-first-landing          holds, given
e20a-corps-complete             holds
e20b-corps-within-a-day         noted
e21-wncn-all-landed             contradicted, disputed
e22-pap-eight-aircraft          noted
e23a-pap-commander              holds, given
e23b-pap-put-off                noted
e24a-pap-first-aircraft         holds
e24b-pap-several-days           noted
e25a-kktv-hundreds              contradicted, disputed
e25b-ap-hundreds-expected       noted
e26a-newser-few-dozen           holds
e26b-newser-hundreds-expected   noted
e27a-zbrojna-three-aircraft     noted
e27b-zbrojna-several-days       noted
e28-romania-first-hundred       holds, given
e29a-dod-not-all                holds
e29b-dod-next-days              noted
e30a-agerpres-first-convoy      holds, given
e30b-agerpres-three-convoys     holds, given
e31-war-zone-lask               holds, given
e32a-sdo-two-thirds             holds
e32b-sdo-xviii                  holds
e33a-sdo-3000                   holds, given
e33b-sdo-early-next-week        contradicted, disputed
e33c-ap-combined                holds
e34-air-force-magazine-fetesti  holds, given
e35a-dod-guard                  holds, given
e35b-florida-politics-guard     holds
e35c-dod-guard-out              holds
e35d-abc-not-ukraine            holds
e36-pap-over-1000               noted
e37-air-force-magazine-lask     holds
e38a-rmf24-about-1000           noted
e38b-rmf24-cargo                noted
e39a-aviationist-f35            holds, given
e39b-air-force-magazine-f35     noted
e40a-usareur-arriving           holds
e40b-usareur-command            noted
e41a-nyt-82nd                   holds
e41b-nyt-last                   holds
e41c-nyt-poland                 holds
e41d-nyt-romania                holds
e41e-poland-4000-before         compatible
e41f-poland-4500-before         holds
e41g-poland-5000-before         compatible
e41h-poland-10000-after         holds
e42a-nyt-squadron               holds
e42b-adz-end-of-month           noted
e66a-washington-post-europe     holds
e66b-sdo-europe                 holds
"""
"""Every claim, and what it comes to. Where sources merely differ none is disputed: 4,000 and 5,000 are possible."""

ARRIVALS = """\
2022-01-26 f15e-six            6 amari
2022-02-04 xviii-corps       100 wiesbaden
2022-02-05 82nd-first          5 rzeszow
2022-02-05 xviii-corps       200 wiesbaden
2022-02-06 82nd-first         60 rzeszow
2022-02-08 stryker-squadron  100 ro
2022-02-09 stryker-trucks     16 ro
2022-02-10 f15cd-eight         8 lask
2022-02-11 82nd-first       1035 rzeszow
2022-02-11 f16-eight           8 fetesti
2022-02-14 82nd-rest        1100 rzeszow
2022-02-14 f15e-eight          8 lask
2022-02-15 82nd-rest        1000 rzeszow
2022-02-16 f35-twelve         12 spangdahlem
2022-02-17 82nd-first        600 rzeszow
2022-02-17 82nd-rest         900 rzeszow
"""
"""What somebody saw arrive. The other arrivals are announced or assumed."""

AS_KNOWN = {
    "2022-01-29": "",
    "2022-02-02": "82nd-first 1700 announced, stryker-squadron 1000 announced, xviii-corps 300 announced",
    "2022-02-04": "82nd-first 1700 announced, stryker-squadron 1000 announced, xviii-corps 300 announced",
    "2022-02-05": "82nd-first 1700 announced, stryker-squadron 1000 announced, xviii-corps 300 observed",
    "2022-02-06": "82nd-first 65 observed, stryker-squadron 1000 announced, xviii-corps 300 observed",
    "2022-02-08": "82nd-first 65 observed, xviii-corps 300 observed",
    "2022-02-28": "82nd-first 65 observed, xviii-corps 300 observed",
}
"""Which of those sent on 2 February were in place on 6 February, as far as was known on each of these days."""

DEADLINE = {
    "2022-02-02": ("holds", ""),
    "2022-02-05": ("holds", ""),
    "2022-02-06": ("contradicted", "When the week ended, several dozen of the 1,700 had landed in Poland."),
    "2022-02-11": ("contradicted", "When the week ended, several dozen of the 1,700 had landed in Poland."),
    "2022-02-18": (
        "contradicted",
        "The last of the 1,700 landed by 17 February, and the squadron was expected on the 19th.",
    ),
}
"""What became of the deadline of 6 February as reports came in: its verdict, and why it is disputed."""

SECOND_DEADLINE = {
    "2022-02-11": ("holds", ""),
    "2022-02-15": ("contradicted", "More flights were due on Wednesday, 16 February."),
    "2022-02-18": ("contradicted", "More flights were due on Wednesday, 16 February."),
}
"""The same of the rest of the brigade."""

LATER_REPORTS = {"e14b-beast-deadline": DEADLINE, "e33b-sdo-early-next-week": SECOND_DEADLINE}

SQUADRON = "units: [stryker-squadron]\n    to: ro"
OTHERS_TO_ROMANIA = (SQUADRON, "units: [poland-before]\n    to: ro")
FEWER_IN_THE_REST = ("troops: 3000", "troops: 2500")
FEWER_BEFORE = ("is: 4000 to 5000, post: 4500", "is: 500 to 1000, post: 600")
FEWER_IN_EUROPE = ("is: 65440 to 81440\n      post: 73440", "is: 6544 to 8144\n      post: 7344")
MORE_AT_FIRST = ("is: several dozen, post: 60", "is: hundreds, post: 300")
STANDBY_ALERTED = ("units: [alert-pool]", "units: [standby-more]")

LATER = "because: Not there when the others were counted.}\n        arrive: {"

CHANGES = {
    "e02b-dod-no-decision": [("units: [f15e-six]", "units: [alert-pool]")],
    "e03b-reuters-apart": [("units: [alert-pool]\n    sources", "units: [stryker-squadron]\n    sources")],
    "e06-fliegerweb-amari": [("aircraft: 6\n    place: seymour-johnson", "aircraft: 6\n    place: lakenheath")],
    "e07a-ap-alert": [STANDBY_ALERTED],
    "e07c-abc-separate": [("units: [alert-pool]\n    sources", "units: [82nd-first]\n    sources")],
    "e11a-kyiv-post-from-germany": [
        ("amends: 82nd-to-poland\n    to: rzeszow", "amends: 82nd-to-poland\n    to: ro"),
        ("about: 10%", "about: 80%"),
    ],
    "e12a-dod-from-the-us": [
        ("troops: about 300\n    place: fort-bragg", "troops: about 300\n    place: de"),
    ],
    "e13a-wsj-total": [OTHERS_TO_ROMANIA],
    "e13b-wsj-total-more": [OTHERS_TO_ROMANIA],
    "e15b-wsj-beyond": [STANDBY_ALERTED],
    "e17-wbtw-boarding": [("after: 2022-02-03T11:00-05:00", "after: 2022-02-03T12:00-05:00")],
    "e18-tvp-all-left": [("about: 10%", "about: 95%")],
    "e20a-corps-complete": [("by: 2022-02-05, basis: observed", "by: 2022-02-06, basis: observed")],
    "e21-wncn-all-landed": [
        ("troops: about 1700\n    place: fort-bragg", "troops: about 1700\n    place: pl\n    readiness: deployed")
    ],
    "e24a-pap-first-aircraft": [("by: 2022-02-06T14:00+01:00", "by: 2022-02-06T15:00+01:00")],
    "e25a-kktv-hundreds": [MORE_AT_FIRST],
    "e26a-newser-few-dozen": [MORE_AT_FIRST],
    "e29a-dod-not-all": [
        ("by: 2022-02-11, basis: observed, sources: [sdo", "by: 2022-02-09, basis: observed, sources: [sdo"),
        (f"after: 2022-02-11, {LATER}by: 2022-02-17", f"after: 2022-02-07, {LATER}by: 2022-02-09"),
    ],
    "e32a-sdo-two-thirds": [("is: 912 to 1094\n          post: 1035", "is: 500 to 600\n          post: 535")],
    "e32b-sdo-xviii": [("to: wiesbaden", "to: pl")],
    "e33c-ap-combined": [FEWER_IN_THE_REST],
    "e35b-florida-politics-guard": [("troops: 160", "troops: 60")],
    "e35c-dod-guard-out": [("to: grafenwoehr", "to: ua")],
    "e35d-abc-not-ukraine": [(SQUADRON, "units: [stryker-squadron]\n    to: ua")],
    "e37-air-force-magazine-lask": [("aircraft: 8\n    place: seymour-johnson", "aircraft: 7\n    place: hill")],
    "e40a-usareur-arriving": [
        ("by: 2022-02-19, basis: announced, sources: [nyt]", "by: 2022-02-16, basis: announced, sources: [nyt]")
    ],
    "e41a-nyt-82nd": [FEWER_IN_THE_REST],
    "e41b-nyt-last": [("by: 2022-02-17, basis: observed", "by: 2022-02-18, basis: observed")],
    "e41c-nyt-poland": [FEWER_BEFORE],
    "e41d-nyt-romania": [("troops: about 900", "troops: about 90")],
    "e41e-poland-4000-before": [FEWER_BEFORE],
    "e41f-poland-4500-before": [FEWER_BEFORE],
    "e41g-poland-5000-before": [FEWER_BEFORE],
    "e41h-poland-10000-after": [FEWER_BEFORE],
    "e42a-nyt-squadron": [("arrive: {by: 2022-02-19, basis: announced, sources: [nyt]}", "transit: 20d")],
    "e66a-washington-post-europe": [FEWER_IN_EUROPE],
    "e66b-sdo-europe": [FEWER_IN_EUROPE],
}
"""For each claim: what to change in the scenario, wherever it stands, so that its verdict changes."""


@frozen
class Row:
    """One event of the list. `numbers` are those it reports; `groups` the disagreements it belongs to."""

    id: str
    groups: frozenset[str]
    date: date
    numbers: frozenset[str]
    published: str
    url: str


def rows() -> list[Row]:
    with TIMELINE.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                row["row"],
                frozenset(row["groups"].split(";")) - {""},
                date.fromisoformat(row["date"]),
                frozenset(row["number"].split("-")) - {""},
                row["published"],
                row["url"],
            )
            for row in csv.DictReader(file)
        ]


ROWS = rows()


@pytest.fixture(scope="module")
def text() -> str:
    return FLANK.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(FLANK)


@pytest.fixture(scope="module")
def book(scenario: Scenario) -> Book:
    return played(scenario)


def played(scenario: Scenario) -> Book:
    return Book.replay(simulate(scenario))


def at_end_of(scenario: Scenario, day: str) -> int:
    return scenario.calendar.parse(day, Edge.LAST)


def row_of(id: str) -> str:
    return id[:3].upper()


def claims_of(book: Book, row: Row) -> list[Claim]:
    """The claims that say what a row of the list says."""
    return [claim for claim in book.claims.values() if row_of(claim.id) == row.id]


def test_the_list_is_whole() -> None:
    """E01 to E42, and E66."""
    assert [row.id for row in ROWS] == [*(f"E{number:02}" for number in range(1, 43)), "E66"]


def test_every_event_has_a_claim_and_every_claim_an_event(scenario: Scenario) -> None:
    """And so has every entry that a later report changed: its id begins with the number of the report's event."""
    assert sorted({row_of(claim) for claim in scenario.claims}) == [row.id for row in ROWS]
    assert {row_of(amendment.id) for amendment in scenario.amendments} <= {row.id for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_an_event_is_cited_dated_and_counted_as_listed(row: Row, book: Book) -> None:
    """A source of its claims has its address and date of publication; a claim, or what it says, its day and number."""
    claims = claims_of(book, row)
    sources = [book.sources[id] for claim in claims for id in (claim.source, claim.per) if id is not None]
    if row.url:
        published = book.scenario.calendar.parse(row.published, Edge.LAST, month=True)
        assert published in {source.published for source in sources if source.url == row.url}
    said = " ".join(f"{claim.says} {wording(claim)}" for claim in claims).replace(",", "")
    assert row.numbers <= set(re.findall(r"\d+", said))
    published_on = [source.published for source in sources if source.published is not None]
    days = {day(book, minute) for minute in (*published_on, *minutes_of(claims))}
    assert row.date in days | named_in(said)


def wording(claim: Claim) -> str:
    return claim.test.expected.wording if isinstance(claim.test, Count) else ""


def minutes_of(claims: Iterable[Claim]) -> list[int]:
    """The minutes at which the claims are put to the ledger."""
    counted = [claim.test.at for claim in claims if isinstance(claim.test, Count)]
    closed = [claim.test.by for claim in claims if isinstance(claim.test, Closed)]
    return [minute for minute in (*counted, *closed) if isinstance(minute, int)]


def day(book: Book, minute: int) -> date:
    return book.scenario.calendar.local(minute).date()


def named_in(said: str) -> set[date]:
    """The days that a text names, such as 28 January or 4 and 5 February."""
    found = re.findall(r"(?:(\d{1,2}) and )?(\d{1,2}) (January|February)", said)
    return {
        datetime.strptime(f"{number} {month} 2022", "%d %B %Y").date()
        for *numbers, month in found
        for number in numbers
        if number
    }


def test_every_disagreement_is_marked_at_a_claim_of_each_of_its_events(text: str) -> None:
    """The groups K01 to K18, in the comment behind a claim's id or above what the claim says."""
    marked: dict[str, set[str]] = {}
    for id, remark in re.findall(r"^  (e\d\d[a-z]?-[a-z0-9-]+): *#(.*)$", text, re.MULTILINE):
        marked.setdefault(row_of(id), set()).update(re.findall(r"K\d\d", remark))
    assert {row.id: row.groups - marked.get(row.id, set()) for row in ROWS if row.groups} == {
        row.id: set() for row in ROWS if row.groups
    }


def test_each_claim_has_its_verdict(book: Book) -> None:
    """Contradicted are the reports known to be wrong and the deadlines that were missed, and each says why."""
    assert "".join(f"{one.claim.id:<32}{verdict(one)}\n" for one in judge_all(book)) == VERDICTS


def verdict(judgement: Judgement) -> str:
    return f"{judgement.verdict}{', given' * judgement.given}{', disputed' * bool(judgement.claim.disputed)}"


def test_all_invariants_hold_whatever_was_known(scenario: Scenario) -> None:
    """Whenever something was published, what was known by then is consistent, with its disputes stated: it exits 0."""
    for minute, _ in publications(scenario):
        then = played(known(scenario, minute))
        assert [outcome for outcome in check(then) if not outcome.holds] == []
        assert not then.refusals


def test_what_was_seen_to_arrive(scenario: Scenario, book: Book) -> None:
    """Every arrival that a source saw, with its day in Washington."""
    arrivals = [event for event in simulate(scenario) if isinstance(event, UnitArrived) and event.basis == "observed"]
    lines = [f"{day(book, one.at)} {one.unit:<16} {one.strength:>4} {one.place}\n" for one in arrivals]
    assert "".join(lines) == ARRIVALS


@pytest.mark.parametrize("told", AS_KNOWN)
def test_the_deadline_as_it_was_known(told: str, scenario: Scenario) -> None:
    """First as announced, then as the first landings showed; the squadron's hope goes with the report of its first."""
    book = played(known(scenario, at_end_of(scenario, told)))
    rows = snapshot(book, at_end_of(scenario, "2022-02-06")).rows
    sent = ("82nd-first", "stryker-squadron", "xviii-corps")
    there = [row for row in rows if row.unit in sent and row.readiness == "deployed"]
    assert ", ".join(f"{row.unit} {row.strength} {row.basis}" for row in there) == AS_KNOWN[told]


def test_no_claim_names_what_its_source_could_not_know(scenario: Scenario) -> None:
    """The units and orders in a claim were known when it was published: as known then, it asks the same."""
    for claim in scenario.claims.values():
        published = public_from(scenario.sources, claim.source)
        assert published is not None
        then = known(scenario, published)
        selectors = selectors_of(claim.test)
        assert {unit for selector in selectors for unit in selector.units} <= then.units.keys()
        assert {order for selector in selectors for order in selector.orders} <= then.orders.keys()


@pytest.mark.parametrize("claim", LATER_REPORTS)
def test_a_deadline_is_disputed_once_it_is_known_to_be_missed(claim: str, scenario: Scenario) -> None:
    """And not before; a later report gives a better reason."""
    found = {}
    for told in LATER_REPORTS[claim]:
        judged = {one.claim.id: one for one in judge_all(played(known(scenario, at_end_of(scenario, told))))}
        found[told] = (judged[claim].verdict, judged[claim].claim.disputed)
    assert found == LATER_REPORTS[claim]


def test_none_in_ukraine_is_about_those_who_were_sent(scenario: Scenario, book: Book) -> None:
    """160 are there until 12 February, from the start; and nobody knew them before that day."""
    days = ("2022-01-22", "2022-02-11", "2022-02-12")
    assert [in_ukraine(book, at_end_of(scenario, when)) for when in days] == [
        [("florida-guard", 160)],
        [("florida-guard", 160)],
        [],
    ]
    eve = at_end_of(scenario, "2022-02-11")
    assert in_ukraine(played(known(scenario, eve)), eve) == []


def in_ukraine(book: Book, minute: int) -> list[tuple[str, int]]:
    """Who is deployed there, and how many."""
    rows = snapshot(book, minute).rows
    return [(row.unit, row.strength) for row in rows if row.country == "UA" and row.readiness == "deployed"]


def test_the_known_source_errors_are_off_by_whole_units(book: Book) -> None:
    """How far each disputed figure lies from the ledger's."""
    disputed = {one.claim.id: one.reading for one in judge_all(book) if one.claim.disputed}
    assert {id: reading and reading.distance for id, reading in disputed.items()} == {
        "e06-fliegerweb-amari": 6,
        "e11a-kyiv-post-from-germany": 900,
        "e14b-beast-deadline": 2700,
        "e18-tvp-all-left": 1695,
        "e21-wncn-all-landed": 1695,
        "e25a-kktv-hundreds": 135,
        "e33b-sdo-early-next-week": 3000,
    }


def test_at_the_end_everyone_is_where_the_last_reports_have_them(book: Book) -> None:
    """All the same figures as the summary of the last paper: nearly 5,000, about 9,000 and nearly 2,000."""
    rows = [(row.unit, row.place, row.readiness, row.strength) for row in snapshot(book, book.opened.end).rows]
    assert rows == [
        ("82nd-first", "rzeszow", "deployed", 1700),
        ("82nd-rest", "rzeszow", "deployed", 3000),
        ("alert-pool", "us", "heightened-alert", 8500),
        ("europe-before", "europe", "deployed", 73440),
        ("f15cd-eight", "lask", "deployed", 8),
        ("f15e-eight", "lask", "deployed", 8),
        ("f15e-six", "amari", "deployed", 6),
        ("f16-eight", "fetesti", "deployed", 8),
        ("f35-twelve", "spangdahlem", "deployed", 12),
        ("florida-guard", "grafenwoehr", "deployed", 160),
        ("poland-before", "pl", "deployed", 4500),
        ("romania-before", "ro", "deployed", 900),
        ("standby-more", "unstated", "standby", 5000),
        ("stryker-squadron", "ro", "deployed", 1000),
        ("stryker-trucks", "ro", "deployed", 48),
        ("xviii-corps", "wiesbaden", "deployed", 300),
    ]


def test_every_unit_is_counted_by_some_claim(book: Book) -> None:
    """Nobody is in the ledger whom no source's figure is held against."""
    counted = {unit for one in judge_all(book) if one.reading for unit, _ in one.reading.units}
    assert sorted(book.units.keys() - counted) == []


def test_the_table_of_changes_covers_every_claim_that_could_disagree(book: Book) -> None:
    """All that are testable and not given; of the two deadlines, later reports are the change."""
    open_claims = [one.claim.id for one in judge_all(book) if one.reading is not None and not one.given]
    assert sorted([*CHANGES, *LATER_REPORTS]) == open_claims


def without_lift(text: str) -> str:
    """The scenario with nothing said of how orders go by lift, which none of its arrivals rests on."""
    return re.sub(r"(?m)^    (lift|route|notice|load): .*\n", "", text)


@pytest.mark.parametrize("claim", CHANGES)
def test_no_claim_is_empty(claim: str, text: str, book: Book, tmp_path: Path) -> None:
    """A small change of the scenario changes the claim's verdict."""
    text = without_lift(text)
    for old, new in CHANGES[claim]:
        assert old in text
        text = text.replace(old, new)
    copy = tmp_path / "changed.yaml"
    copy.write_text(text, encoding="utf-8")
    before = {one.claim.id: one.verdict for one in judge_all(book)}
    after = {one.claim.id: one.verdict for one in judge_all(played(load(copy)))}
    assert after[claim] != before[claim]
