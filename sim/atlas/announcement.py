"""The announcement: what was announced, and whether it adds up, in one sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sim.atlas.sentence import Link, Segment, capitalized, counted, joined, many, ranged, sources_in_words
from sim.domain.claim import Closed, Count, Never, Separate
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

_OPENING, _CLOSING = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"


def announcement(answer: Answer, wording: Wording) -> Iterator[Segment]:
    """The announced total and its parts; or what does not add up; or else what was ordered, and how claims stand."""
    total = total_of(answer, wording)
    failed = contradicted(answer)
    if total:
        yield from _adds_up(answer, wording, total)
    elif failed:
        yield "What was announced does not add up: "
        yield from _failure(answer, wording, failed[0])
        if len(failed) > 1:
            yield f", and {many(len(failed) - 1, 'more claim does', 'more claims do')} not fit either"
        yield "."
    else:
        yield from capitalized(_ordered(answer))
        yield from capitalized(_standing(answer))


def contradicted(answer: Answer) -> list[Judgement]:
    """The claims that the ledger contradicts and that nobody disputes, by id."""
    return [each for each in answer.judgements if each.verdict is Verdict.CONTRADICTED and not each.claim.disputed]


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


def _ordered(answer: Answer) -> Iterator[Segment]:
    """How much was ordered to move, of each side and kind, each unit once; or that nothing was."""
    book = answer.book
    addressed: dict[str, None] = {}
    moves = [order for order in book.orders.values() if order.moves and order.id in book.issued]
    for order in moves:
        refused = answer.refused.get(order.id, frozenset())
        addressed |= dict.fromkeys(unit for unit in book.addressed(order.id) if unit not in refused)
    strength: Counter[tuple[str, str]] = Counter()
    for unit in addressed:
        strength[clean(book.units[unit].side), book.units[unit].kind] += book.units[unit].strength
    if not strength:
        yield "Nobody was ordered to move. " if book.orders else "Nothing was ordered. "
        return
    each = _and([f"{number:,} {side} {kind}" for (side, kind), number in strength.most_common()])
    yield f"{many(len(moves), 'order moves', 'orders move')} {each}. "


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
