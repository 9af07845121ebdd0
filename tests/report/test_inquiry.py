"""Inquiries: which claims options mean, and the numbers that questions have whatever is asked."""

import shlex
from collections.abc import Sequence

import pytest
from attrs import evolve

from sim.domain.claim import Claim, Closed, Count, Never, Noted, Selector
from sim.domain.quantity import parse_quantity
from sim.domain.source import Source
from sim.domain.vocabulary import Readiness
from sim.errors import UsageError
from sim.report.answer import Answer
from sim.report.inquiry import Inquiry, inquire
from tests.report.asked import answer
from tests.story import cited, claim, deploy, scenario, unit

SOURCES = [
    Source("abc", "ABC News", relays=("briefing",)),
    Source("briefing", "Briefing, morning"),
    Source("cnn", "CNN", relays=("briefing",)),
    Source("cnn-early", "CNN"),
    Source("pap", "PAP"),
]
POLAND, DEPLOYED = Selector(place=("pl",)), Selector(readiness=(Readiness.DEPLOYED,))


def _count(name: str, source: str, selector: Selector, expected: str, **more: str) -> Claim:
    return Claim(name, source, Count(selector, parse_quantity(expected), 10_000), **more)


@pytest.fixture(scope="module")
def told() -> Answer:
    """Four questions: 1 deployed (four answers), 2 in Poland (two), 3 closed (one), 4 what was taken back."""
    claims = [
        _count("a-total", "abc", DEPLOYED, "300"),
        _count("b-total", "cnn", DEPLOYED, "over 300", per="briefing"),
        _count("c-total", "pap", DEPLOYED, "900"),
        _count("d-total", "cnn-early", DEPLOYED, "0", disputed="A slip of the pen"),
        _count("e-poland", "abc", POLAND, "300"),
        _count("f-poland", "pap", POLAND, "about 290"),
        Claim("g-closed", "cnn", Closed(Selector(orders=("go",)), 9000)),
        claim(Never(Selector(place=("de",))), "h-never", "pap"),
        evolve(claim(Noted("It is about words"), "i-noted", "pap"), corrects="h-never"),
    ]
    units = [unit("a", "about 100", grounds=cited("pap")), unit("b", "about 200", grounds=cited("abc"))]
    return answer(scenario(units, [deploy("go", 60, "a", "b", grounds=cited("cnn"))], claims, sources=SOURCES))


def _asked(found: Inquiry) -> tuple[list[str], list[int]]:
    """The first letters of the claims that are meant, and the numbers of the questions."""
    return [judgement.claim.id[0] for judgement in found.judgements], [topic.number for topic in found.topics]


def _inquire(told: Answer, options: str) -> Inquiry:
    asked: dict[str, list[str]] = {"question": [], "source": [], "verdict": []}
    words = shlex.split(options)
    for option, value in zip(words[::2], words[1::2], strict=True):
        asked[option].append(value)
    return inquire(told, **asked)


def test_everything(told: Answer) -> None:
    """Where nothing is asked, all claims by id; of each question, how many sources, origins and conflicts it has."""
    found = inquire(told)
    assert (found.narrowed, found.topics_all) == (False, 4)
    assert _asked(found) == (list("abcdefghi"), [1, 2, 3, 4])
    assert [(topic.question.label, topic.sources, topic.origins, len(topic.conflicts)) for topic in found.topics] == [
        ("deployed", 4, 3, 2),
        ("in Poland", 2, 2, 0),
        ("closed by 30 Jan 06:00: ordered to Poland", 1, 1, 0),
        ("in Germany, at any time", 0, 0, 0),
    ]


@pytest.mark.parametrize(
    ("options", "claims", "questions"),
    [
        # a question by its number, by a claim to it, by words in any case
        ("question 1", "abcd", [1]),
        ("question 1,3", "abcdg", [1, 3]),
        ("question 2 question 4", "efh", [2, 4]),
        ("question c-total", "abcd", [1]),
        ("question h-never", "h", [4]),
        ("question i-noted", "i", []),
        ("question 'poland'", "efg", [2, 3]),
        ("question 'Poland ordered'", "g", [3]),
        ("question 'ordered to Poland'", "g", [3]),
        ("question deploy question germ", "abcdh", [1, 4]),
        # a source by its id, its letter, its outlet: who says it, and of whom they have it
        ("source abc", "ae", [1, 2]),
        ("source A,D", "acefhi", [1, 2, 4]),
        ("source pap source A", "acefhi", [1, 2, 4]),
        ("source briefing", "b", [1]),
        ("source 'briefing, Morning'", "b", [1]),
        ("source CNN", "bdg", [1, 3]),
        ("source cnn", "bg", [1, 3]),
        # a verdict: what is given does not hold by itself, and what is disputed may stand in any way
        ("verdict holds", "aef", [1, 2]),
        ("verdict given", "g", [3]),
        ("verdict compatible,contradicted", "bcd", [1]),
        ("verdict disputed", "d", [1]),
        ("verdict withdrawn verdict noted", "hi", [4]),
        ("verdict Holds", "aef", [1, 2]),
        # together: and
        ("question 1 source CNN", "bd", [1]),
        ("question 1 source CNN verdict disputed", "d", [1]),
        ("question 2 verdict disputed", "", []),
    ],
)
def test_what_is_asked(told: Answer, options: str, claims: str, questions: Sequence[int]) -> None:
    """Options combine with 'and', values of one with 'or'; a question has the same number whatever is asked."""
    found = _inquire(told, options)
    assert _asked(found) == (list(claims), questions)
    assert found.narrowed
    for topic in found.topics:
        assert [each.claim.id for each in topic.asked] == [
            each.claim.id
            for each in found.judgements
            if each.claim.id in {one.claim.id for one in topic.question.answers}
        ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("question 5", "there is no question '5'\n  A question is named by a number from 1 to 4,"),
        ("question 77", "there is no question '77'"),
        ("question ''", "there is no question ''"),
        ("question polnd", "there is no question 'polnd'\n  Did you mean 'poland'?"),
        ("question c-totl", "there is no question 'c-totl'\n  Did you mean 'c-total'?"),
        ("question 'deployed in Poland'", "there is no question 'deployed in Poland'"),
        ("source ABC", "there is no source 'ABC'\n  Did you mean 'abc' (ABC News)?"),
        ("source F", "there is no source 'F'"),
        ("source abc,nobody", "there is no source 'nobody'"),
        ("verdict hold", "there is no verdict 'hold'\n  Did you mean 'holds'?"),
        ("verdict possible", "there is no verdict 'possible'"),
    ],
)
def test_what_there_is_not(told: Answer, options: str, message: str) -> None:
    """It is said what there is not, and what may have been meant."""
    with pytest.raises(UsageError) as error:
        _inquire(told, options)
    assert str(error.value).startswith(message)


def test_no_claims() -> None:
    """There is no question to ask about."""
    silent = answer(scenario([unit("a")]))
    found = inquire(silent)
    assert (found.judgements, found.topics, found.topics_all) == ((), (), 0)
    with pytest.raises(UsageError, match="named by a number, by the id"):
        inquire(silent, ["1"])
