"""Inquiries: which claims a reader asks about, and the numbered questions that they answer."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import assert_never

from attrs import evolve, frozen

from sim.domain.claim import Noted
from sim.errors import UnknownError, nearest
from sim.ledger.claims import Judgement, Verdict, separate_origins
from sim.posture.conflict import Conflict, conflicts
from sim.posture.selector import Words, sources_of, words_of
from sim.report.answer import Answer
from sim.report.question import Question, all_questions
from sim.report.wording import Wording


class Stand(StrEnum):
    """How a claim stands, in the words in which it is asked for."""

    HOLDS = "holds"
    COMPATIBLE = "compatible"
    OPEN = "open"
    CONTRADICTED = "contradicted"
    NOTED = "noted"
    WITHDRAWN = "withdrawn"
    GIVEN = "given"
    DISPUTED = "disputed"


@frozen
class Topic:
    """A question with its number, from 1; how many sources answer it, from how many origins, and where they conflict.

    What was taken back counts for none of them. `asked` are those of the answers that were asked about, by id.
    """

    number: int
    question: Question
    sources: int
    origins: int
    conflicts: tuple[Conflict, ...]
    asked: tuple[Judgement, ...]


@frozen
class Inquiry:
    """The claims that were asked about, by id, and the questions that any of them answers, by number.

    `narrowed` says that not all there are were asked for; `topics_all` is how many questions there are.
    """

    answer: Answer
    wording: Wording
    judgements: tuple[Judgement, ...]
    topics: tuple[Topic, ...]
    narrowed: bool
    topics_all: int


def inquire_all(answer: Answer, wording: Wording) -> Inquiry:
    """All of the claims, in a wording of the answer's book."""
    topics = tuple(_topics(wording, answer.judgements))
    return Inquiry(answer, wording, answer.judgements, topics, False, len(topics))


def inquire(answer: Answer, question: Sequence[str] = (), source: Words = (), verdict: Words = ()) -> Inquiry:
    """The claims that fit all that is said; where nothing is said, all of them.

    `question` names questions, each by its number, the id of a claim to it, or words that stand in it; `source` the
    sources who say it or of whom they have it; `verdict` is words of `Stand`. Raises UsageError for what there is not.
    """
    wording = Wording(answer.book)
    topics = _topics(wording, answer.judgements)
    fits: list[Callable[[Judgement], bool]] = []
    if question:
        claims = {claim for words in question for claim in _claims_on(answer, topics, words)}
        fits.append(lambda judgement: judgement.claim.id in claims)
    if source:
        letters = {letter: id for id, letter in wording.letters.items()}
        sources = sources_of(answer.book, source, letters)
        fits.append(lambda judgement: judgement.claim.source in sources or judgement.claim.per in sources)
    if verdict:
        stands = words_of("verdict", verdict, Stand)
        fits.append(lambda judgement: any(stands_so(judgement, stand) for stand in stands))
    judgements = tuple(judgement for judgement in answer.judgements if all(fit(judgement) for fit in fits))
    asked = {judgement.claim.id for judgement in judgements}
    meant = (evolve(topic, asked=tuple(each for each in topic.asked if each.claim.id in asked)) for topic in topics)
    return Inquiry(answer, wording, judgements, tuple(topic for topic in meant if topic.asked), bool(fits), len(topics))


def stands_so(judgement: Judgement, stand: Stand) -> bool:
    """Whether a claim stands so; one that is given does not hold by itself."""
    match stand:
        case Stand.GIVEN:
            return judgement.given
        case Stand.DISPUTED:
            return bool(judgement.claim.disputed)
        case Stand.HOLDS:
            return judgement.verdict is Verdict.HOLDS and not judgement.given
        case Stand.COMPATIBLE | Stand.OPEN | Stand.CONTRADICTED | Stand.NOTED | Stand.WITHDRAWN:
            return judgement.verdict == stand.value
        case _:
            assert_never(stand)


def _topics(wording: Wording, judgements: Iterable[Judgement]) -> list[Topic]:
    topics = []
    for number, question in enumerate(all_questions(wording, judgements), 1):
        claims = [judgement.claim for judgement in question.judgements]
        sources = len({claim.source for claim in claims})
        origins = separate_origins(wording.book, claims)
        answers = tuple(sorted(question.answers, key=lambda judgement: judgement.claim.id))
        topics.append(Topic(number, question, sources, origins, conflicts(claims), answers))
    return topics


def _claims_on(answer: Answer, topics: Sequence[Topic], words: str) -> list[str]:
    """The ids of the claims to the questions that some words name. Raises UsageError where they name none."""
    numbers = [part.strip() for part in words.split(",")]
    if all(number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= len(topics) for number in numbers):
        meant = [topics[int(number) - 1] for number in numbers]
    elif words in answer.book.claims:
        if isinstance(answer.book.claims[words].test, Noted):
            return [words]
        meant = [topic for topic in topics if any(each.claim.id == words for each in topic.asked)]
    else:
        pieces = words.casefold().split()
        meant = [topic for topic in topics if all(piece in topic.question.label.casefold() for piece in pieces)]
    if not meant or not words.strip():
        raise UnknownError(f"there is no question '{words}'", _remedy(answer, topics, words), "question", words)
    return [judgement.claim.id for topic in meant for judgement in topic.asked]


def _remedy(answer: Answer, topics: Sequence[Topic], words: str) -> str:
    """What may have been meant: a claim's id, or a word of a question; or else what a question is named by."""
    spoken = {word.strip(",:.") for topic in topics for word in topic.question.label.casefold().split()}
    like = nearest(words.casefold(), [*answer.book.claims, *spoken])
    if like is not None:
        return f"Did you mean '{like}'?"
    numbers = f"a number from 1 to {len(topics)}" if topics else "a number"
    return f"A question is named by {numbers}, by the id of a claim to it, or by words that stand in it."
