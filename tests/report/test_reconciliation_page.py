"""The page of a reconciliation: whether all can be true, what cannot, who agrees, and what the reports allow."""

from collections.abc import Sequence

import pytest
from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Selector, Separate
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.vocabulary import Kind
from sim.reconcile import Question, reconcile
from sim.reconcile.question import posture_lines
from sim.report.reconciliation_page import reconciliation_page
from sim.report.table import Style
from tests import story
from tests.engine.lifted import lifted, move, trucks
from tests.report.asked import answer

ALL, POLAND = Selector(), Selector(place=("pl",))
UNITS = (story.unit("a", "about 103", grounds=story.cited("pap")), story.unit("b", "51"))
GO = story.deploy("go", 100, "a", arrive=200)


def says(name: str, wording: str, selector: Selector = ALL, source: str = "abc", says: str = "") -> Claim:
    return evolve(story.claim(Count(selector, parse_quantity(wording), 300), name, source), says=says)


def page(
    told: Scenario,
    questions: Sequence[Question] | None = None,
    *,
    style: Style = Style.PLAIN,
    room: int = 100,
    limit: int = 100,
    effort: int = 100_000_000,
) -> list[str]:
    """The lines below the head of the page; those of the posture are asked about where nothing is."""
    asked = answer(told)
    lines = posture_lines(asked.book, told.end) if questions is None else questions
    found = reconcile(asked.book, lines, limit, effort)
    command = ["sim", "explain", "story.yaml"]
    text = reconciliation_page(asked, found, command, questions is not None, style, room)
    return text.split("\n\n", 1)[1].splitlines()


def told(*claims: Claim) -> Scenario:
    """Of `a`, about 103, gone to Poland, and `b`, 51, at home."""
    return story.scenario(UNITS, [GO], claims)


def test_all_can_be_true() -> None:
    """Said first; then what the reports allow where that is not what adding gives. Nobody is set against anybody."""
    assert page(told(says("x", "97 to 103", POLAND), says("y", "151", source="pap"))) == [
        "2 claims can be tested, and are not disputed. They can all be true together.",
        "",
        "What the reports, taken together, allow, 30 Jan 22:40 ('*' not possible)",
        "For the other line of the posture, it is what adding gives.",
        "question            ledger  by adding  possible  set by",
        "deployed in Poland    103*  92-114     100       y (B)",
    ]


def test_what_cannot_be_true() -> None:
    """Each contradiction with its question, who says each of it, and the figures it takes; then who agrees."""
    claims = [
        says("x", "more than 103", POLAND, says="More than a hundred went"),
        *(says("y", "153", source="pap", says="153 in all"), says("y-too", "153", source="pap")),
        says("z", "97", POLAND, "pap", "97 went"),
    ]
    assert page(told(*claims)) == [
        "4 claims can be tested, and are not disputed (3 statements, for some say the same). They cannot all",
        "  be true together.",
        "There are 3 contradictions.",
        "",
        "What cannot all be true",
        "",
        "1. At least one of these is wrong",
        "by         says                                                   figure  origins",
        "A          x: More than a hundred went [in Poland, 24 Jan 05:00]    >103        1",
        "B          y: 153 in all [all, 24 Jan 05:00]; so says y-too          153        1",
        "assumed !  strength of b                                              51        .",
        "",
        "2. At least one of these is wrong",
        "Asked: in Poland, 24 Jan 05:00.",
        "by  says                         figure  origins",
        "A   x: More than a hundred went    >103        1",
        "B   z: 97 went                       97        1",
        "",
        "3. At least one of these is wrong",
        "by         says                                              figure  origins",
        "B          y: 153 in all [all, 24 Jan 05:00]; so says y-too     153        1",
        "B          z: 97 went [in Poland, 24 Jan 05:00]                  97        1",
        "assumed !  strength of b                                         51        .",
        "",
        "The largest sets of sources that can all be right, each with all that it says",
        "Cannot be right, given the units and orders as entered: B PAP.",
        "agree  origins  all but",
        "    1        1  B        PAP",
        "",
        "What to look at first",
        "Without x (A), or with it disputed, 2 of the 3 would be gone.",
        "Without z (B), or with it disputed, 2 of the 3 would be gone.",
        "",
        "What the reports, taken together, allow, 30 Jan 22:40",
        "Without what is in a contradiction: x, y, z.",
        "For every line of the posture, it is what adding gives.",
        "",
        "Next: sim explain story.yaml --claim x",
    ]


def test_in_little_room() -> None:
    """The same in sentences, no wider than the room but for the command to be copied."""
    claims = [says("x", "104", POLAND, says="104 went"), says("y", "153", source="pap", says="153 in all")]
    asked = [Question(POLAND, 300), Question(ALL, 300)]
    assert page(told(*claims), asked, room=40) == [
        "2 claims can be tested, and are not",
        "  disputed. They cannot all be true",
        "  together.",
        "There is 1 contradiction.",
        "",
        "What cannot all be true",
        "",
        "1. At least one of these is wrong",
        "A x: 104 went [in Poland, 24 Jan 05:00]:",
        "  104",
        "B y: 153 in all [all, 24 Jan 05:00]: 153",
        "assumed ! strength of b: 51",
        "",
        "The largest sets of sources that can all",
        "  be right, each with all that it says",
        "1 source agrees, of 1 separate origin:",
        "  all but A (ABC News)",
        "1 source agrees, of 1 separate origin:",
        "  all but B (PAP)",
        "",
        "What the reports, taken together, allow,",
        "  24 Jan 05:00",
        "Without what is in a contradiction: x,",
        "  y.",
        "in Poland: ledger 103, by adding 92-114;",
        "  possible: the same (the figures alone)",
        "all: ledger 154, by adding 143-165;",
        "  possible: the same (the figures alone)",
        "",
        "Next: sim explain story.yaml --claim x",
    ]


def test_what_only_the_times_rule_out() -> None:
    """Whatever the strengths are: who was where when, and who had arrived by then."""
    claims = [
        story.claim(Separate(POLAND, Selector(place=("home",))), "apart"),
        story.claim(Closed(Selector(orders=("go",)), 150), "closed"),
        story.claim(Closed(Selector(place=("de",)), 300), "closed-there"),
        says("germany", "7", Selector(place=("de",))),
    ]
    lines = page(told(*claims))
    assert [line for line in lines if line.startswith("By the times")] == [
        "By the times of the orders, some are in both: a.",
        "By the times of the orders, not all have closed by then: a.",
        "By the times of the orders, not all have closed by then: no unit is meant.",
        "By the times of the orders, nobody is there then.",
    ]
    assert lines.count("Asked: both in Poland and in Home.") == 1
    assert [line for line in lines if line[:2] in {"1.", "2.", "3.", "4."}] == [
        f"{number}. This cannot be true" for number in (1, 2, 3, 4)
    ]
    assert "The largest sets of sources that can all be right, each with all that it says" in lines
    assert "Cannot be right, given the units and orders as entered: A ABC News." in lines
    assert not any(line.startswith("agree") for line in lines)  # nobody is left who could


def test_rounding_differences() -> None:
    """They are told after what is real, with how far it takes; where there is nothing else, all can be true."""
    claims = [says("x", "100", POLAND), says("y", "101", POLAND, "pap")]
    assert page(told(*claims))[:9] == [
        "2 claims can be tested, and are not disputed. They cannot all be true together.",
        "But with round figures read as rounded they can: there is 1 rounding difference.",
        "",
        "Rounding differences",
        "",
        "1. Both can be true only if round figures are rounded, to the nearest 10",
        "Asked: in Poland, 24 Jan 05:00.",
        "by  says                        figure  origins",
        "A   x: in Poland, 24 Jan 05:00     100        1",
    ]
    lines = page(told(*claims, says("z", "107", POLAND, "pap")))
    assert lines[1] == "There is 1 contradiction, and 2 rounding differences."
    assert lines.index("What cannot all be true") < lines.index("Rounding differences")
    assert [line for line in lines if line[:2] in {"1.", "2."}] == [
        "1. At least one of these is wrong",
        "1. Both can be true only if round figures are rounded, to the nearest 10",
        "2. Both can be true only if round figures are rounded, to the nearest 100",
    ]
    assert [line for line in lines if line.startswith("Without ")] == [
        f"Without {name} (B), or with it disputed, 2 of the 3 would be gone, 1 of them by rounding." for name in "yz"
    ] + ["Without what is in a contradiction: x, y, z."]


def test_one_claim() -> None:
    """What is said of claims in general is said of the one there is."""
    assert page(told(says("x", "154")))[0] == "1 claim can be tested, and is not disputed. It can be true."
    assert page(told(says("x", "131", POLAND)))[:2] == [
        "1 claim can be tested, and is not disputed. It cannot be true.",
        "There is 1 contradiction.",
    ]
    lines = page(story.scenario([story.unit("a", "100")], [], [says("x", "104")]))
    assert lines[1] == "But with round figures read as rounded it can: there is 1 rounding difference."
    assert lines[5] == "1. Both can be true only if round figures are rounded, to the nearest 10"


def test_nothing_is_claimed() -> None:
    """Then there is nothing to hold together; disputed claims are counted all the same."""
    disputed = [evolve(says(name, "7"), disputed="it does not fit") for name in ("x", "y")]
    assert page(story.scenario([])) == [
        "No claim can be tested that is not disputed or taken back: there is nothing to hold together."
    ]
    assert page(told(disputed[0]))[1] == "1 disputed claim is left aside."
    assert page(told(*disputed))[1] == "2 disputed claims are left aside."


def crowd(size: int) -> Scenario:
    """So many sources with as many counts of the same."""
    sources = [Source(f"s{number:02}", f"S{number}") for number in range(size)]
    claims = [says(f"c{number:02}", f"{1001 + 2 * number}", ALL, f"s{number:02}") for number in range(size)]
    return story.scenario([story.unit("a", "at least 1")], (), claims, sources=[*story.SOURCES, *sources])


def test_a_page_does_not_go_on_for_ever() -> None:
    """Of many, the first, and how many more; where the search ended, that is said."""
    lines = page(crowd(9))
    assert lines[1] == "There are 36 contradictions."
    assert [line for line in lines if line.startswith("and ")] == [
        "and 26 more: --format json has all",
        "and 1 more: --format json has all",
    ]
    assert lines[lines.index("What to look at first") + 1 :][:4] == [
        "Without c00 (A), or with it disputed, 8 of the 36 would be gone.",
        "Without c01 (B), or with it disputed, 8 of the 36 would be gone.",
        "Without c02 (C), or with it disputed, 8 of the 36 would be gone.",
        "So it is with 6 others.",
    ]
    assert "So it is with 1 other." in page(crowd(4))
    assert [line for line in page(crowd(9), limit=5) if "than were looked for" in line] == [
        "There are more contradictions than were looked for: these are the smallest. --limit looks for more.",
        "There are more such sets than were looked for: these are the largest. --limit looks for more.",
    ]


def test_what_could_not_be_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little effort: nothing is claimed that is not known."""
    monkeypatch.setattr("sim.reconcile.cluster.LEAST_SHARE", 0)
    assert page(crowd(3), effort=0) == [
        "3 claims can be tested, and are not disputed. Whether they can all be true together could not be",
        "  found out with the effort given.",
        "",
        "There may be more contradictions: there was more to try than effort given.",
        "",
        "The largest sets of sources that can all be right, each with all that it says",
        "There may be more such sets: there was more to try than effort given.",
        "",
        "What the reports, taken together, allow, 30 Jan 22:40 ('?' or less wide)",
        "Without what is in a contradiction: c00, c01, c02.",
        "question          ledger  by adding  possible   set by",
        "garrison in Home       1  1 or more  the same?  .",
    ]
    assert page(crowd(1), effort=0)[0].startswith("1 claim can be tested, and is not disputed. Whether it can be true")


def test_that_some_clash_may_be_all_that_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of them do is then not claimed."""
    monkeypatch.setattr("sim.reconcile.cluster.Cluster.renew", lambda cluster: setattr(cluster._effort, "left", 0))
    lines = page(crowd(3))
    assert lines[:4] == [
        "3 claims can be tested, and are not disputed. They cannot all be true together.",
        "Which of them are in the way of others could not be found out with the effort given.",
        "",
        "There may be more contradictions: there was more to try than effort given.",
    ]


def test_every_kind_and_time_that_is_asked() -> None:
    """Each row has its time where there are several, and its kind where there is more than troops."""
    units = [*UNITS, story.unit("jets", "6", kind=Kind.AIRCRAFT)]
    jets = Selector(kind=(Kind.AIRCRAFT,))
    asked = [Question(POLAND, 150), Question(POLAND, 1439), Question(jets, 1439)]
    assert page(story.scenario(units, [GO], [says("y", "at least 151", source="pap")]), asked)[2:] == [
        "What the reports, taken together, allow",
        "question                        ledger  by adding  possible  set by",
        "troops in Poland, 24 Jan 02:30       0  0          the same  the figures alone",
        "troops in Poland, 24 Jan           103  92-114     100-114   least: y (A)",
        "aircraft all, 24 Jan                 6  6          the same  the figures alone",
    ]


def test_markdown() -> None:
    """Headings, lists and tables; what users wrote reads as they wrote it."""
    claims = [says("x", "100", POLAND, says="*About* a | b"), says("y", "101", POLAND, "pap")]
    lines = page(told(*claims), style=Style.MARKDOWN)
    assert lines[:18] == [
        "- 24 Jan - 30 Jan 2022, UTC",
        "- Sources: A ABC News  B PAP",
        "- Where their news began: Briefing A; PAP B",
        "",
        "- 2 claims can be tested, and are not disputed. They cannot all be true together.",
        "- But with round figures read as rounded they can: there is 1 rounding difference.",
        "",
        "## Rounding differences",
        "",
        "### 1. Both can be true only if round figures are rounded, to the nearest 10",
        "",
        "- Asked: in Poland, 24 Jan 05:00.",
        "",
        "| by   | says                       |   figure |   origins |",
        "|:-----|:---------------------------|---------:|----------:|",
        "| A    | x: \\*About\\* a \\| b        |      100 |         1 |",
        "| B    | y: in Poland, 24 Jan 05:00 |      101 |         1 |",
        "",
    ]


def test_hostile_text() -> None:
    """Nothing that a scenario holds steers the terminal, or breaks out of its line."""
    evil = "\x1b[2J\nx\u202e"
    unit = evolve(story.unit("a", "about 103"), name=evil)
    sources = [Source("abc", evil), Source("pap", evil)]
    claims = [says("x", "104", says=evil), says("y", "103", source="pap", says=evil), says("z", "131", source="pap")]
    lines = page(story.scenario([unit], [], claims, sources=sources), [Question(Selector(units=("a",)), 300)])
    text = "\n".join(lines)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert all(line.isprintable() for line in lines)
    assert {"A   x: [2J x     104        1", "assumed !  strength of a, [2J x    ~103        ."} <= set(lines)


def test_where_the_news_of_many_sources_began() -> None:
    """Of several publications of one outlet it is said in each row which is meant, by their dates."""
    first, other = Source("first", "Ministry", published=1439), Source("other", "Ministry", published=2879)
    begun = [first, other, Source("agency", "Agency", published=1439)]
    papers = [Source(f"paper-{turn:02d}", f"Paper {turn}", relays=(begun[turn % 3].id,)) for turn in range(13)]
    claims = [says(f"c-{turn:02d}", "200", source=paper.id) for turn, paper in enumerate(papers)]
    many = story.scenario(UNITS, [GO], claims, sources=[*story.SOURCES, *begun, *papers])
    lines = page(many, [])
    head, _, *rows = lines[lines.index("Sources") + 1 :]
    assert [head, *rows[:4]] == [
        "   source    published  title  its news began at",
        "B  Paper 0   .          .      Ministry (24 Jan)",
        "C  Paper 1   .          .      Ministry (25 Jan)",
        "D  Paper 2   .          .      Agency",
        "E  Paper 3   .          .      Ministry (24 Jan)",
    ]


def test_what_lift_has_moved() -> None:
    """Where it clashes with a claim, the page says what it is, and that no report gives it."""
    told = lifted([evolve(story.unit("a", "50", place="here"), name="First")], [move("go", 0, "a")], [trucks(1, 10)])
    claim = Claim("c", "abc", Count(Selector(place=("there",)), parse_quantity("20"), 100))
    lines = page(evolve(told, claims=[claim]))
    assert lines[5:11] == [
        "1. At least one of these is wrong",
        "Asked: in There, 24 Jan 01:40.",
        "by         says                                                       figure  origins",
        "A          c: in There, 24 Jan 01:40                                      20        1",
        "assumed !  strength of what lift has at there, deployed, of a, First      10        .",
        "",
    ]
