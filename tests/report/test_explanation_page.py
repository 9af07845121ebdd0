"""The page of an explanation: the figure, what it is made of, how it came there, on whose word, and what is said."""

from textwrap import dedent

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.claim import Claim, Closed, Count, Never, Selector, Separate, When
from sim.domain.grounds import Grounds
from sim.domain.order import Transit, Window
from sim.domain.place import Place
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Post
from sim.domain.vocabulary import Basis, Kind, Readiness
from sim.engine import simulate
from sim.ledger.claims import judge_all
from sim.posture import Book
from sim.posture.explanation import Explanation, explain, explain_claim
from sim.posture.selector import Words, selector_of
from sim.report.accounts import ACCOUNTS_MAX, SPELLS_MAX
from sim.report.answer import Answer
from sim.report.cause import CAUSES_MAX
from sim.report.explanation_page import explanation_page
from sim.report.ink import uninked
from sim.report.story import STEPS_MAX, STORIES_MAX
from sim.report.table import Style
from sim.report.witness import CLAIMS_MAX, SOURCES_MAX
from tests.report.test_laws import columns
from tests.story import PLACES, alert, cancel, cited, deploy, part, recall, scenario, stand_down, standby, unit
from tests.strategies import scenarios

COMMAND = ("sim", "explain", "x.yaml")
ABC, PAP = cited("abc"), cited("pap")
SOURCES = (
    Source("abc", "ABC News", "Off they go", 30, "https://abc.example/1", "https://archive.example/1", ("briefing",)),
    Source("briefing", "Briefing"),
    Source("pap", "PAP", published=-1),
)


def page(told: Scenario, at: int = 10_000, room: int = 100, claim: str = "", **words: Words) -> list[str]:
    """The lines of the page on what these words select, or on a claim."""
    book = Book.replay(simulate(told))
    if claim:
        return drawn(book, explain_claim(book, book.claims[claim]), room)
    return drawn(book, explain(book, at, selector_of(book, **words)), room)


def drawn(book: Book, explanation: Explanation, room: int = 100, style: Style = Style.PLAIN) -> list[str]:
    return explanation_page(Answer(book, (explanation.at,)), explanation, COMMAND, style, room).splitlines()


def passage(lines: list[str], heading: str) -> list[str]:
    """What stands below a heading."""
    paragraphs = [paragraph.splitlines() for paragraph in "\n".join(lines).split("\n\n")]
    (found,) = [below for first, *below in paragraphs if first == heading]
    return found


SEEN = evolve(part(600, arrives=200, grounds=PAP), arrive=Window(by=200, basis=Basis.OBSERVED, grounds=PAP))
ALPHA = evolve(unit("a", "about 1000", grounds=ABC), name="Alpha")
BRAVO = evolve(unit("b"), reported=parse_quantity("dozens"), post=Post(30, Grounds((), "in the middle")), grounds=PAP)
GO = deploy("go", 60, "a", parts=[SEEN, part(400, leaves=1440)], grounds=Grounds(("abc",), "dated by the report"))
TO = evolve(deploy("to", 60, "b", "c", "d", grounds=ABC), transit=Transit(720, Grounds((), "as far as that")))
SPARE = evolve(cancel("turned", 60, "to", "d"), grounds=PAP)
AGAIN = deploy("again", 70, "a", to="de")
CLAIMS = [
    Claim("one", "abc", Count(Selector(place=("pl",)), parse_quantity("more than 600"), 1400), "They are 600."),
    Claim("two", "pap", Count(Selector(place=("pl",)), parse_quantity("2000"), 1400), "", "briefing", "A general"),
]
WHOLE = scenario(
    [ALPHA, BRAVO, unit("c", "50"), unit("d", "7")],
    [GO, evolve(TO, depart=Window(after=90)), SPARE, AGAIN],
    CLAIMS,
    sources=SOURCES,
)
PAGE = """\
In Poland, 24 Jan 23:20: 680 troops (614-809), of it 600 as observed, 80 assumed !
A story; 24 Jan - 30 Jan 2022, UTC
'!' is assumed: no source gives it; '+' came into the figure, '-' left it; log: position in the log

Made of
strength  range    unit  where             known as   figure by
     600  540-660  a     Poland, deployed  observed   A
      50           c     Poland, deployed  assumed !  assumed !
      30  24-99    b     Poland, deployed  assumed !  assumed !

a: Alpha, "about 1,000" troops (A)
when            what     strength  from                to                  order  by  log
24 Jan          stands      1,000  .                   Home, garrison      .      A    19
24 Jan 01:00 !  leaves        600  Home, garrison      en route to Poland  go     B    24
24 Jan 03:20    arrived      +600  en route to Poland  Poland, deployed    go     B    31

c, "50" troops (assumed !)
  ! a guess
when            what     strength  from                to                  order  by  log
24 Jan !        stands         50  .                   Home, garrison      .      .    21
24 Jan 01:30    leaves         50  Home, garrison      en route to Poland  to     A    30
24 Jan 13:30 !  arrives       +50  en route to Poland  Poland, deployed    to     .    34

b, "dozens" troops (B)
  taken as 30 (assumed !)
  ! in the middle
when            what     strength  from                to                  order  by  log
24 Jan !        stands         30  .                   Home, garrison      .      .    20
24 Jan 01:30    leaves         30  Home, garrison      en route to Poland  to     A    29
24 Jan 13:30 !  arrives       +30  en route to Poland  Poland, deployed    to     .    32

Orders
go: deploy to Poland, given 24 Jan 01:00 to a (A; log 23)
  ! dated by the report
  600 of it: leaves when ordered, announced (B)
    ! nothing dates it
  600 of it: arrives by 24 Jan 03:20, observed (B)
  400 of it: leaves from 25 Jan on, announced (A)
  400 of it: arrives 1h later, announced (A)
to: deploy to Poland, given 24 Jan 01:00 to b, c (A; log 25)
  leaves from 24 Jan 01:30 on, announced (A)
  arrives 12h later, assumed !
    ! as far as that
  given as well to d, not in this figure
  cancelled for d by turned, given 24 Jan 01:00 (B)
again: deploy to Germany, given 24 Jan 01:10 to a (assumed !; log 27)
  ! a guess
  leaves when ordered, assumed !
    ! nothing dates it
  arrives 1h later, assumed !
  refused by a: its move under go is open

What is said of these units
by  says                          expects  ledger  verdict
B   two: in Poland, 24 Jan 23:20    2,000     680  contradicted
A   one: They are 600                >600     680  holds

Sources
A ABC News: Off they go, 24 Jan 2022 00:30; relays Briefing
  https://abc.example/1
  https://archive.example/1
B PAP, 23 Jan 2022

Whom they have it from
Briefing, undated

Next: sim explain x.yaml --at 2022-01-24T23:20Z --unit a
"""


def test_a_whole_page() -> None:
    """The figure first; then accounts, entries, orders, what is said, and by whom."""
    assert page(WHOLE, 1400, place="pl") == PAGE.splitlines()


def test_little_room() -> None:
    """Sentences instead of tables."""
    lines = page(WHOLE, 1400, room=60, place="pl")
    assert "\n".join([*passage(lines, "Made of"), *passage(lines, 'a: Alpha, "about 1,000" troops (A)')]) == dedent("""\
        600 (540-660) a: Poland, deployed, observed; figure by A
        50 c: Poland, deployed, assumed !; figure assumed !
        30 (24-99) b: Poland, deployed, assumed !; figure assumed !
        24 Jan: stands 1,000, Home, garrison (A); log 19
        24 Jan 01:00 !: leaves 600, Home, garrison > en route to
          Poland; go (B); log 24
        24 Jan 03:20: arrived +600, en route to Poland > Poland,
          deployed; go (B); log 31""")
    assert (
        passage(lines, "What is said of these units")
        == dedent("""\
        B two: in Poland, 24 Jan 23:20: 2,000, ledger 680:
          contradicted
        A one: They are 600: >600, ledger 680: holds""").splitlines()
    )


def test_a_claim() -> None:
    """What it expects, whose it is and how it stands stand first; it is not told again of what else is said."""
    lines = page(WHOLE, claim="two")
    assert (
        lines[:8]
        == dedent("""\
        In Poland, 24 Jan 23:20: 680 troops (614-809), of it 600 as observed, 80 assumed !
        A story; 24 Jan - 30 Jan 2022, UTC
        '!' is assumed: no source gives it; '+' came into the figure, '-' left it; log: position in the log

        two: in Poland, 24 Jan 23:20
        Said by B PAP, from Briefing, A general.
        It expects 2,000; the ledger has 680 (614-809): contradicted, off by 1,320.
        Not in the figure, though given the same orders: d (7 troops).""").splitlines()
    )
    assert [line.split()[1] for line in passage(lines, "What is said of these units")] == ["says", "one:"]


def claimed(test: Count | Never | Separate | Closed, disputed: str = "", source: str = "abc") -> list[str]:
    """What the page says of a claim about these units, and how it goes on."""
    told = Claim("said", source, test, disputed=disputed)
    lines = page(evolve(WHOLE, claims=[told]), claim="said", room=200)
    return [lines[0], *(line for line in lines[4 : lines.index("", 4)])]


def test_claims_of_every_kind() -> None:
    """Which moment it is, whether it could disagree, why it is disputed, and what its figure leaves out."""
    alpha, poland, due = Selector(units=("a",)), Selector(place=("pl",)), parse_quantity("about 1000")
    assert claimed(Count(alpha, due, 0)) == [
        "Alpha, 24 Jan 00:00: 1,000 troops (900-1,100), not moved since the start",
        "said: Alpha, 24 Jan 00:00",
        "Said by A ABC News.",
        "It expects about 1,000; the ledger has 1,000 (900-1,100): given.",
        "Given: it rests on this source itself, or on one with the same origin, so it cannot disagree.",
    ]
    assert claimed(Count(poland, parse_quantity("2000"), When.ALWAYS)) == [
        "In Poland, 24 Jan 00:30: 0 troops",
        "said: in Poland, at any time",
        "Said by A ABC News.",
        "It expects 2,000; the ledger has 0: contradicted, off by 2,000.",
        "It is about every moment from 24 Jan 00:30 on; this is the first at which it does not hold.",
    ]
    assert claimed(Never(Selector(place=("de",)))) == [
        "In Germany, 24 Jan 00:30: 0 troops",
        "said: in Germany, at any time",
        "Said by A ABC News.",
        "It expects 0; the ledger has 0: holds.",
        "It is about every moment from 24 Jan 00:30 on, and holds at all of them; this is the first.",
    ]
    assert claimed(Never(poland), "They count otherwise.", "pap") == [
        "In Poland, 24 Jan 03:20: 600 troops (540-660), as observed",
        "said: in Poland, at any time",
        "Said by B PAP.",
        "It expects 0; the ledger has 600 (540-660): contradicted (disputed), off by 600.",
        "It is about every moment from 24 Jan on; this is the first at which it does not hold.",
        "Disputed: They count otherwise.",
    ]
    assert claimed(Separate(poland, alpha)) == [
        "Both in Poland and one of the Alpha, 24 Jan 03:20: 1,000 troops (900-1,100), "
        "of it 600 as observed, 400 not moved since the start",
        "said: both in Poland and one of the Alpha",
        "Said by A ABC News.",
        "It expects 0; the ledger has 1,000 (900-1,100): contradicted, off by 1,000.",
        "It is about the whole run: what counts is all of the units that were in both by then.",
    ]
    assert claimed(Closed(Selector(orders=("to",)), 5000)) == [
        "Closed by 27 Jan 11:20: ordered to Poland: 80 troops (74-149), assumed !",
        "said: closed by 27 Jan 11:20: ordered to Poland",
        "Said by A ABC News.",
        "It expects 87; the ledger has 80 (74-149): contradicted, off by 7.",
        "It expects all of the units meant to have closed by then.",
    ]
    assert claimed(Closed(Selector(orders=("to",)), WHOLE.end))[:2] == [
        "Closed: ordered to Poland, 30 Jan 22:40: 80 troops (74-149), assumed !",
        "said: closed: ordered to Poland",
    ]
    assert claimed(Count(Selector(place=("pl",), orders=("to",)), parse_quantity("87"), 5000)) == [
        "In Poland, of those ordered to Poland, 27 Jan 11:20: 80 troops (74-149), assumed !",
        "said: in Poland, of those ordered to Poland, 27 Jan 11:20",
        "Said by A ABC News.",
        "It expects 87; the ledger has 80 (74-149): compatible, off by 7.",
        "Not in the figure, though given the same orders: d (7 troops).",
    ]


def left_out(*lines: str) -> list[str]:
    return [line for line in lines if line.startswith("Not in the figure")]


def test_what_is_left_out_of_a_claim() -> None:
    """Only where a count expects more, and only who was given an order that moved what is counted."""
    poland = Selector(place=("pl",))
    assert left_out(*claimed(Count(poland, parse_quantity("more than 600"), 5000))) == []
    assert left_out(*claimed(Closed(Selector(units=("c", "d")), 5000))) == []
    assert left_out(*claimed(Count(Selector(units=("c",)), parse_quantity("51"), 5000))) == [
        "Not in the figure, though given the same orders: b (30 troops), d (7 troops)."
    ]
    orders = [deploy("go", 60, "a"), deploy("again", 70, "a", "b", to="de")]
    said = Claim("said", "abc", Count(poland, parse_quantity("500"), 100))
    assert left_out(*page(scenario([unit("a"), unit("b")], orders, [said]), claim="said")) == []


def test_what_a_source_gives_may_be_assumed() -> None:
    """A window that its source only supposes is marked as well."""
    supposed = Window(by=200, basis=Basis.ASSUMED, grounds=ABC)
    go = evolve(deploy("go", 60, "a", grounds=ABC, after=90), arrive=supposed, transit=None)
    lines = passage(page(scenario([unit("a", grounds=ABC)], [go]), unit="a"), 'a, "100" troops (A)')
    assert [line.split("  ")[0] for line in lines] == ["when", "24 Jan", "24 Jan 01:30", "24 Jan 03:20 !"]
    assert "  arrives by 24 Jan 03:20, assumed (A) !" in page(scenario([unit("a", grounds=ABC)], [go]), unit="a")


def test_figures_too_wide_for_a_table() -> None:
    """Sentences also where the room would do for a table of usual figures."""
    told = scenario([unit("a", "100000000000 to 999999999999", place="unstated")])
    assert passage(page(told, 0, room=80), "Made of") == [
        "549,999,999,999 (100,000,000,000-999,999,999,999) a: not stated, garrison;",
        "  figure assumed !",
    ]
    assert passage(page(told, 0, room=100), "Made of")[0].startswith("       strength  range")


def test_nothing_then() -> None:
    """When there is something, and where its units are meanwhile."""
    orders = [deploy("go", 60, "a"), recall("home", 1440, "a"), deploy("go-on", 3000, "a", after=4320)]
    told = scenario([unit("a", "about 100"), unit("b")], orders)
    assert (
        passage(page(told, 2000, place="pl"), "Nothing then")
        == dedent("""\
        At other times: 100 from 24 Jan 02:00 to 25 Jan, 100 from 27 Jan 01:00 on.
        On 25 Jan 09:20 those units are:
        strength  range   unit  where           known as   figure by
             100  90-110  a     Home, garrison  assumed !  assumed !""").splitlines()
    )
    assert (
        passage(page(told, 0, place="pl", unit="b"), "Nothing then")
        == dedent("""\
        Nor at any other time of the run.
        On 24 Jan 00:00 the units asked for are:
        strength  range  unit  where           known as  figure by
             100         b     Home, garrison  .         assumed !""").splitlines()
    )
    assert passage(page(told, 0, place="de"), "Nothing then") == ["Nor at any other time of the run."]
    assert page(told, 0, place="de")[-1] == "Nor at any other time of the run."


def test_many_spells_are_cut() -> None:
    """The first six, and how many more."""
    orders = [
        move
        for turn in range(8)
        for move in (deploy(f"go-{turn}", 200 * turn, "a"), recall(f"home-{turn}", 200 * turn + 100, "a"))
    ]
    (line, *_) = passage(page(scenario([unit("a")], orders), room=400, place="pl"), "Nothing then")
    assert line.count("100 from") == SPELLS_MAX
    assert line.endswith(f", and {8 - SPELLS_MAX} more times.")


def test_sides_and_kinds() -> None:
    """Several sides are told apart, and every kind has a figure and accounts of its own."""
    told = scenario([unit("a", "9"), unit("b", "20", side="RU"), unit("jets", "3", kind=Kind.AIRCRAFT, place="pl")])
    lines = page(told, 0, room=200)
    assert lines[0] == (
        "All named here, 24 Jan 00:00: 29 troops, not moved since the start; 3 aircraft, not moved since the start"
    )
    assert (
        passage(lines, "Made of (troops)")
        == dedent("""\
        By side: 20 RU, 9 US.
        strength  range  unit  where           known as  figure by
              20         b     Home, garrison  .         assumed !
               9         a     Home, garrison  .         assumed !""").splitlines()
    )
    assert passage(lines, "Made of (aircraft)")[1:] == ["       3         jets  Poland, garrison  .         assumed !"]
    lines = page(told, 0, kind="vehicles,troops", place="pl")
    assert lines[0] == "In Poland, 24 Jan 00:00: 0 troops; 0 vehicles"
    assert [line for line in lines if line.startswith("Nothing then")] == [
        "Nothing then (troops)",
        "Nothing then (vehicles)",
    ]


def test_what_was_asked() -> None:
    """In words; where it is counted exactly, that is said."""
    told = scenario([unit("a", "about 7")], places=[*PLACES, Place("sea", "Black Sea")])
    book = Book.replay(simulate(told))

    def asked(exactly: bool = False, **words: Words) -> list[str]:
        return drawn(book, explain(book, 0, selector_of(book, **words), exactly))[:4]

    assert asked()[0] == "All named here, 24 Jan 00:00: 7 troops (6-8), not moved since the start"
    assert asked(country="unstated")[0] == "In a country not stated, 24 Jan 00:00: 0 troops"
    assert asked(side="US", readiness="garrison", origin="us")[0].startswith("Garrison from United States, 24 Jan")
    assert asked(True, place="us")[3] == (
        "Counted exactly: without what lies within the places asked about, or is part of the units"
    )
    assert asked(place="us")[3] == ""


def orders_of(told: Scenario, unit_: str = "a", at: int = 10_000) -> list[str]:
    return passage(page(told, at, room=200, unit=unit_), "Orders")


def test_what_orders_command() -> None:
    """Every action, with its windows as they were reported."""
    away = Window(1440, 2879, Basis.OBSERVED, PAP)
    orders = [
        alert("al", 0, "a"),
        standby("st", 60, "a"),
        stand_down("sd", 120, "a"),
        evolve(deploy("dep", 180, "a", to="de"), depart=away, arrive=Window(2880, 4319, None, ABC), transit=None),
        recall("ret", 5000, "a", transit=1500),
    ]
    assert (
        orders_of(scenario([unit("a")], orders))
        == dedent("""\
        al: to heightened alert, given 24 Jan to a (assumed !; log 16)
          ! a guess
        st: to standby, given 24 Jan 01:00 to a (assumed !; log 18)
          ! a guess
        sd: to stand down, given 24 Jan 02:00 to a (assumed !; log 20)
          ! a guess
        dep: deploy to Germany, given 24 Jan 03:00 to a (assumed !; log 22)
          ! a guess
          leaves from 25 Jan to 25 Jan, observed (B)
          arrives from 26 Jan to 26 Jan, announced (A)
        ret: return to Home, given 27 Jan 11:20 to a (assumed !; log 26)
          ! a guess
          leaves when ordered, assumed !
            ! nothing dates it
          arrives 1d1h later, assumed !""").splitlines()
    )


def test_what_came_of_orders() -> None:
    """Those that moved something stand first; of the others, why not, or that nothing has come of it yet."""
    told = scenario(
        [unit("a"), unit("b"), unit("c")],
        [
            alert("by", 65, "c"),
            cancel("no", 70, "go", "b"),
            deploy("go", 60, "a", "b", "c", after=1440),
            deploy("up", 80, "a", to="de"),
        ],
    )
    lines = passage(page(told, 100, place="us"), "Orders")
    assert [line for line in lines if "!" not in line or line.endswith(")")] == dedent("""\
        by: to heightened alert, given 24 Jan 01:05 to c (assumed !; log 20)
        go: deploy to Poland, given 24 Jan 01:00 to a, b, c (assumed !; log 19)
          cancelled for b by no, given 24 Jan 01:10 (assumed !)
          nothing has come of it yet with a, c
        no: cancel go, given 24 Jan 01:10 to b (assumed !; log 22)
        up: deploy to Germany, given 24 Jan 01:20 to a (assumed !; log 23)
          refused by a: its move under go is open""").splitlines()


def test_long_lists_are_cut() -> None:
    """Each says how many more there are, and where all of them are; nothing else is left out."""
    sources = [Source(f"s{number:02}", f"S{number}", relays=(f"t{number:02}",)) for number in range(30)]
    sources += [Source(f"t{number:02}", f"T{number}") for number in range(30)]
    units = [evolve(unit(f"u{number:02}", str(100 - number)), grounds=cited(f"s{number:02}")) for number in range(30)]
    orders = [alert(f"o{number:02}", 60, f"u{number:02}") for number in range(30)]
    claims = [
        Claim(f"c{number:02}", "s00", Count(Selector(), parse_quantity("dozens"), 100), f"So {number}")
        for number in range(30)
    ]
    told = scenario(units, orders, claims, sources=sources)
    for room in (100, 60):
        lines = page(told, room=room)
        text = " ".join(line.strip() for line in lines)
        assert f"and {30 - ACCOUNTS_MAX} more: --format json has all" in passage(lines, "Made of")
        assert passage(lines, "Orders")[-1] == f"and {30 - CAUSES_MAX} more orders: --format json has all"
        assert passage(lines, "What is said of these units")[-1] == f"and {30 - CLAIMS_MAX} more: --format json has all"
        assert passage(lines, "Sources")[-1] == f"and {30 - SOURCES_MAX} more: --format json has all"
        assert passage(lines, "Whom they have it from")[-1] == f"and {30 - SOURCES_MAX} more: --format json has all"
        assert f"and {30 - STORIES_MAX} more units: --format csv has the entries of all" in text
        assert f"u{STORIES_MAX - 1:02}, " in text
        assert f"u{STORIES_MAX:02}, " not in text


def simulated(told: Scenario) -> int:
    """How many events a scenario comes to."""
    return len(list(simulate(told)))


def test_long_stories_and_orders_are_cut() -> None:
    """The last entries of a unit, and the first legs of an order."""
    orders = [
        move
        for turn in range(8)
        for move in (deploy(f"go-{turn}", 200 * turn, "a"), recall(f"home-{turn}", 200 * turn + 100, "a"))
    ]
    parts = [part(5, leaves=9000 + turn) for turn in range(20)]
    told = scenario([unit("a")], [*orders, deploy("last", 8000, "a", parts=parts)])
    lines = page(told)
    story = passage(lines, 'a, "100" troops (assumed !)')
    entries = 1 + 4 * 8 + 2 * 20
    assert story[1] == f"  after {entries - STEPS_MAX} earlier entries, which --format csv has:"
    assert len(story) == 3 + STEPS_MAX
    assert story[-1].split()[-2:] == [".", str(simulated(told) - 3)]  # after it, the unit closes and the run
    assert f"  and {20 - CAUSES_MAX} more parts: --format json has all" not in lines  # it is the last of 17 orders
    assert f"  and {20 - CAUSES_MAX} more parts: --format json has all" in page(
        scenario([unit("a")], [deploy("last", 8000, "a", parts=parts)])
    )


def test_refusals_are_cut() -> None:
    """The first of very many."""
    units = [unit(f"u{number:02}", readiness=Readiness.DEPLOYED) for number in range(30)]
    told = scenario(units, [alert("up", 60, *(each.id for each in units))])
    lines = passage(page(told), "Orders")
    assert len([line for line in lines if "refused by" in line]) == CAUSES_MAX
    assert lines[-1] == f"  and {30 - CAUSES_MAX} more refused it: --format json has all"


def following(told: Scenario, at: int = 10_000, claim: str = "", **words: Words) -> str:
    return page(told, at, 400, claim, **words)[-1]


def test_the_next_question() -> None:
    """A unit left out where a claim expects more; else the largest of several; else what is claimed of the one."""
    assert following(WHOLE, 1400, place="pl") == "Next: sim explain x.yaml --at 2022-01-24T23:20Z --unit a"
    assert following(WHOLE, claim="two") == "Next: sim explain x.yaml --at 2022-01-24T23:20Z --unit d"
    assert following(WHOLE, 1439, unit="c") == "Next: sim explain x.yaml --claim two"
    assert following(WHOLE, 0, place="pl", unit="c") == "Next: sim explain x.yaml --at start --unit c"
    assert following(WHOLE, 1439, place="pl") == "Next: sim explain x.yaml --at 2022-01-24 --unit a"
    assert following(WHOLE) == "Next: sim explain x.yaml --at end --unit a"
    assert not following(scenario([unit("a")]), unit="a").startswith("Next")


def test_markdown() -> None:
    """Headings, lists within lists, and tables; what users wrote reads as they wrote it."""
    book = Book.replay(simulate(evolve(WHOLE, title="*A* story")))
    lines = drawn(book, explain(book, 1400, selector_of(book, unit="c")), style=Style.MARKDOWN)
    assert (
        lines[:29]
        == dedent("""\
        # c, 24 Jan 23:20: 50 troops, assumed !

        - \\*A\\* story; 24 Jan - 30 Jan 2022, UTC
        - '!' is assumed: no source gives it; '+' came into the figure, '-' left it; log: position in the log

        ## Made of

        |   strength | range   | unit   | where            | known as   | figure by   |
        |-----------:|:--------|:-------|:-----------------|:-----------|:------------|
        |         50 |         | c      | Poland, deployed | assumed !  | assumed !   |

        ## c, "50" troops (assumed !)

          - ! a guess

        | when           | what    |   strength | from               | to                 | order   | by   |   log |
        |:---------------|:--------|-----------:|:-------------------|:-------------------|:--------|:-----|------:|
        | 24 Jan !       | stands  |        +50 | .                  | Home, garrison     | .       | .    |    21 |
        | 24 Jan 01:30   | leaves  |         50 | Home, garrison     | en route to Poland | to      | A    |    30 |
        | 24 Jan 13:30 ! | arrives |         50 | en route to Poland | Poland, deployed   | to      | .    |    34 |

        ## Orders

        - to: deploy to Poland, given 24 Jan 01:00 to c (A; log 25)
          - leaves from 24 Jan 01:30 on, announced (A)
          - arrives 12h later, assumed !
            - ! as far as that
          - given as well to b, d, not in this figure
          - cancelled for d by turned, given 24 Jan 01:00 (B)""").splitlines()
    )


@given(scenarios(), st.integers(1, 200), st.sampled_from(Style), st.data())
def test_a_page_can_always_be_drawn(told: Scenario, room: int, style: Style, data: st.DataObject) -> None:
    """On any question: nothing on it could steer a terminal; from 60 columns on it fits, but for the next command."""
    book = Book.replay(simulate(told))
    asked = [explain(book, minute, selector_of(book)) for minute in (0, told.end)]
    asked += [explain(book, told.end, selector_of(book, unit=data.draw(st.sampled_from(list(told.units)))))]
    asked += [explain(book, 0, selector_of(book, place=data.draw(st.sampled_from(list(told.places)))))]
    asked += [explain_claim(book, each.claim) for each in judge_all(book) if each.reading is not None]
    for explanation in asked:
        lines = drawn(book, explanation, room, style)
        assert [line for line in lines if not uninked(line).isprintable()] == []
        assert [line for line in lines if line != line.rstrip()] == []
        if room >= 60 and style is Style.PLAIN:
            assert [line for line in lines if columns(line) > room and not line.startswith("Next: ")] == []
