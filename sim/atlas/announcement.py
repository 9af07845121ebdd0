"""The announcement: what was announced when and by whom, and whether it adds up, in a few sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sim.atlas.announced import Announced, announced
from sim.atlas.sentence import (
    Link,
    Segment,
    capitalized,
    counted,
    joined,
    many,
    ranged,
    sources_in_words,
    sources_named,
)
from sim.domain.claim import Closed, Count, Never, Separate
from sim.domain.place import NOT_STATED, UNSTATED
from sim.domain.vocabulary import Action, Kind
from sim.ledger.claims import Judgement, Verdict, separate_origins
from sim.report.answer import Answer
from sim.report.headline import Part, parts_of, total_of
from sim.report.question import label, reading_of
from sim.report.text import clean
from sim.report.undecided import so_far
from sim.report.wording import NAMED_MAX, Wording, named, spoken

_STANDS = {
    Verdict.HOLDS: ("holds", "hold"),
    Verdict.COMPATIBLE: ("is possible within the figures' ranges", "are possible within the figures' ranges"),
    Verdict.OPEN: ("is open", "are open"),
}

ANNOUNCED_MAX = 4
"""How many announcements are told of one by one."""

ANNOUNCERS_MAX = 3
"""How many sources of each are named."""

PLACES_MAX = 4
"""How many places of each are named."""

_DID = {
    Action.ALERT: "put on heightened alert",
    Action.STANDBY: "put on standby",
    Action.STAND_DOWN: "told to stand down",
    Action.DEPLOY: "ordered",
    Action.RETURN: "ordered back",
}

_OPENING, _CLOSING = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"


def announcement(answer: Answer, wording: Wording) -> Iterator[Segment]:
    """What was announced when, and by whom it is told; whether the total that is named of it adds up; what does not
    fit; or how claims stand.
    """
    every, total, failed = announced(answer), total_of(answer, wording), contradicted(answer)
    told = _most_telling(every)
    of_total = next((each for each in told if total and _is_whole(each, total[0])), None)
    for number, each in enumerate(told):
        yield from capitalized(_told(answer, wording, each, told[:number]))
        if each is of_total:
            yield from _names_the_total(answer, wording, total)
    yield _rest(every, told)
    if not every:
        yield "Nobody was ordered to move. " if answer.book.orders else "Nothing was ordered. "
    if total and of_total is None:
        yield from _adds_up(answer, wording, total)
    elif failed:
        yield "It does not all add up: "
        yield from _failure(answer, wording, failed[0])
        if len(failed) > 1:
            yield f", and {many(len(failed) - 1, 'more claim does', 'more claims do')} not fit either"
        yield "."
    elif not total:
        yield from capitalized(_standing(answer))


def contradicted(answer: Answer) -> list[Judgement]:
    """The claims that the ledger contradicts and that nobody disputes, by id."""
    return [each for each in answer.judgements if each.verdict is Verdict.CONTRADICTED and not each.claim.disputed]


def _most_telling(every: Sequence[Announced]) -> list[Announced]:
    """The announcements that are told of by themselves, in order of time: those of most troops, or else of most."""
    ranked = sorted(every, key=lambda each: (each.kind is not Kind.TROOPS, -each.strength))
    chosen = ranked[:ANNOUNCED_MAX]
    return [each for each in every if each in chosen]


def _told(answer: Answer, wording: Wording, each: Announced, before: Sequence[Announced]) -> Iterator[Segment]:
    """One announcement: on which day, how much, what it was told to do, and by whom that is said."""
    days = [wording.local_day(one.at) for one in (*before[-1:], each)]
    yield "the same day, " if days[1:] == days[:1] else f"on {wording.local_day(each.at, with_year=not before)}, "
    told = {unit for one in before if one.like == each.like for unit in one.units}
    yield "another " if told and told.isdisjoint(each.units) else ""
    span = f" ({shown})" if (shown := ranged(each.interval)) else ""
    yield f"{each.strength:,} {clean(each.side)} {each.kind}{span} {_tense(answer, each)} {_DID[each.action]}"
    yield from _whither(wording, each)
    if each.sources:
        yield ", according to "
        yield from sources_named(wording, each.sources, ANNOUNCERS_MAX)
        yield "" if each.agreed else " between them"
        yield ", and in part assumed" if each.guessed else ""
    yield ". "
    if each.cancelled:
        some = "That was" if each.cancelled == each.strength else f"For {each.cancelled:,} of them that was"
        yield f"{some} cancelled before they left. "


def _tense(answer: Answer, each: Announced) -> str:
    if answer.knowledge is not None and each.at > answer.knowledge.at:
        return "are to be"
    return "were" if each.sources else "are assumed to have been"


def _whither(wording: Wording, each: Announced) -> Iterator[Segment]:
    """Where those who are to move are to go, the largest part first."""
    several = len(each.by_place) > 1
    pieces: list[Iterable[Segment]] = [
        [f"{strength:,} to " if several else "to ", *_place(wording, place)]
        for place, strength in each.by_place[:PLACES_MAX]
    ]
    if more := each.by_place[PLACES_MAX:]:
        pieces.append([f"{sum(strength for _, strength in more):,} elsewhere"])
    if pieces:
        yield " to move: " if several else " "
        yield from joined(pieces)


def _place(wording: Wording, place: str) -> Iterator[Segment]:
    yield f"a place {NOT_STATED}" if place == UNSTATED else Link(wording.place(place), "place", place)


def _rest(every: Sequence[Announced], told: Sequence[Announced]) -> str:
    """How many orders there are that are not told of by themselves."""
    others = {order for each in every for order in each.orders} - {order for each in told for order in each.orders}
    return (
        f"There are {many(len(others), 'more order', 'more orders')}. "
        if len(others) > 1
        else ("There is one more order. " if others else "")
    )


def _is_whole(each: Announced, judgement: Judgement) -> bool:
    """Whether a claim counts just those units, and all of them."""
    return {unit for unit, _ in reading_of(judgement).units} == set(each.units) and not each.cancelled


def _names_the_total(answer: Answer, wording: Wording, total: list[Judgement]) -> Iterator[Segment]:
    """That the parts of an announcement add up to the total that is named, and by whom."""
    yield "That adds up: "
    yield from sources_in_words(wording, total)
    words = f"{reading_of(total[0]).strength:,}"
    one = len({judgement.claim.source for judgement in total}) == 1
    yield from (f" {'gives' if one else 'give'} ", Link(words, "claim", total[0].claim.id), " as the total")
    origins = separate_origins(answer.book, [judgement.claim for judgement in total])
    if not one:
        yield ", all from one origin" if origins == 1 else f", from {counted(origins)} separate origins"
    yield ". "


def _adds_up(answer: Answer, wording: Wording, total: list[Judgement]) -> Iterator[Segment]:
    first, reading = total[0].claim, reading_of(total[0])
    total_in_words = f"{reading.strength:,} {_kinds(total[0])}"
    yield from ("A total of ", Link(total_in_words, "claim", first.id), " was announced, and it adds up: ")
    yield from _parts(answer, wording, total[0])
    if interval := ranged(reading.interval):
        yield f", or {interval} as sources word it"
    yield ". "
    yield from capitalized([f"{_said_so(answer, total)}: "])
    yield from sources_in_words(wording, total)
    yield "."


def _said_so(answer: Answer, total: list[Judgement]) -> str:
    """How many sources name a total, and from how many origins."""
    sources = len({each.claim.source for each in total})
    says = many(sources, "source says so", "sources say so")
    if sources == 1:
        return says
    origins = separate_origins(answer.book, [each.claim for each in total])
    return f"{says}, {'all from one origin' if origins == 1 else f'from {counted(origins)} separate origins'}"


def _kinds(judgement: Judgement) -> str:
    """What a claim counts."""
    test = judgement.claim.test
    kinds = test.selector.kind if isinstance(test, Count | Never) else ()
    return " and ".join(kinds) or "strength"


def _parts(answer: Answer, wording: Wording, judgement: Judgement) -> Iterator[Segment]:
    parts = parts_of(answer, wording, judgement)
    pieces: list[Iterable[Segment]] = [_part(part) for part in parts[:NAMED_MAX]]
    if len(parts) > NAMED_MAX:
        pieces.append([many(len(parts) - NAMED_MAX, "more part", "more parts")])
    yield from joined(pieces)


def _part(part: Part) -> Iterator[Segment]:
    at = "" if part.on_its_way else {"place": "in ", "unit": "of "}[part.noun]
    yield from (f"{part.strength:,} {at}", Link(part.name, part.noun, part.id))


def _failure(answer: Answer, wording: Wording, judgement: Judgement) -> Iterator[Segment]:
    """What one claim says, and what the ledger has instead."""
    claim, reading = judgement.claim, reading_of(judgement)
    asked = label(wording, claim.test)
    yield from sources_in_words(wording, [judgement])
    match claim.test:
        case Closed():
            yield from (f" says {_OPENING}", Link(asked, "claim", claim.id), _CLOSING)
            have = "has" if len(reading.missing) == 1 else "have"
            yield (
                f", but {_units(answer, reading.missing)} {have} not closed"
                if reading.missing
                else ", but no unit is meant"
            )
            yield f" ({there})" if (there := so_far(reading)) else ""
        case Separate():
            units = _units(answer, [unit for unit, _ in reading.units])
            are = "is" if len(reading.units) == 1 else "are"
            yield from (" says nobody is ", Link(asked, "claim", claim.id), f", but so {are} {units}")
        case _:
            yield from (
                " says ",
                Link(spoken(reading.expected), "claim", claim.id),
                f" ({asked}), but the reports come to ",
            )
            yield f"{reading.strength:,}"
            yield f" ({interval})" if (interval := ranged(reading.interval)) else ""
            if len(reading.units) > 1:
                yield ": "
                yield from _parts(answer, wording, judgement)
            yield f". That is {reading.distance:,} too {'few' if reading.strength < reading.expected.low else 'many'}"


def _units(answer: Answer, units: Sequence[str]) -> str:
    """Units by their names, of many the first."""
    return named([clean(answer.book.units[unit].name) for unit in units])


def _standing(answer: Answer) -> Iterator[Segment]:
    """How the claims stand, where none is contradicted and none is of a total that adds up."""
    tested = [judgement for judgement in answer.judgements if judgement.reading is not None]
    undisputed = [judgement for judgement in tested if not judgement.claim.disputed]
    given = sum(judgement.given for judgement in undisputed)
    if not tested:
        yield "No source gives a figure that it could be held against."
        return
    verdicts = Counter(judgement.verdict for judgement in undisputed if not judgement.given)
    words = [many(verdicts[verdict], *stand) for verdict, stand in _STANDS.items() if verdicts[verdict]]
    if given:
        words.append(many(given, "only repeats what set the figures", "only repeat what set the figures"))
    if disputed := len(tested) - len(undisputed):
        words.append(many(disputed, "is disputed", "are disputed"))
    can_be = many(len(tested), "claim can be tested", "claims can be tested")
    told = words[0].replace("one ", "it ", 1) if len(tested) == 1 else _and(words)
    yield f"{can_be} against that{', and' if len(tested) == 1 else ':'} {told}."


def _and(words: Sequence[str]) -> str:
    """Words with commas between them, of many the first."""
    if len(words) > NAMED_MAX:
        words = [*words[:NAMED_MAX], f"{len(words) - NAMED_MAX:,} more"]
    return " and ".join([", ".join(words[:-1]), *words[-1:]] if len(words) > 1 else words)
