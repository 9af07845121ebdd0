"""Puzzles: scenarios so small that everything that can be true of them can be tried."""

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy, composite

from sim.domain.claim import Claim, Count, Never, Selector, When
from sim.domain.order import Order, Part
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Unit
from sim.domain.vocabulary import Readiness
from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.selection import Selection
from sim.ledger.standing import Standing
from tests import story

SOURCES = ("s0", "s1", "s2", "s3")
TIMES = (50, 150, 250, 400, 600)
NAMES = ("a", "b", "c")


def _wordings(number: int) -> SearchStrategy[str]:
    """Wordings that allow a number, few others, and choose it where they name none."""
    return st.sampled_from(["{0}", "{1} to {2}", "{1} to {2}", "{1} to {2}", "{0} to {2}", "{1} to {0}"]).map(
        lambda form: form.format(number, max(0, number - 1), number + 1)
    )


@composite
def _units(draw: DrawFn, name: str) -> Unit:
    return story.unit(name, draw(_wordings(draw(st.integers(3, 9)))))


@composite
def _parts(draw: DrawFn, unit: Unit) -> tuple[Part, ...]:
    """Two parts of different strength; one of them, at most, has no words of its own."""
    first = draw(st.integers(1, max(1, (unit.strength - 1) // 2)))
    strengths = draw(st.permutations([first, unit.strength - first]))
    plain = draw(st.sampled_from([None, 0, 1]))
    found = []
    for number, strength in enumerate(strengths):
        part = story.part(strength, draw(st.sampled_from([100, 120])), draw(st.sampled_from([200, 300, 560])))
        reported = None if number == plain else parse_quantity(draw(_wordings(strength)))
        found.append(evolve(part, reported=reported))
    return tuple(found)


@composite
def _orders(draw: DrawFn, unit: Unit) -> list[Order]:
    """It stays, or is sent somewhere whole or in parts, and maybe comes back."""
    name, to = unit.id, draw(st.sampled_from(["pl", "de"]))
    match draw(st.sampled_from(["stays", "whole", "parts", "parts"])):
        case "stays":
            return []
        case "parts" if unit.strength > 2:
            going = story.deploy(f"go-{name}", 100, name, to=to, parts=draw(_parts(unit)))
        case _:
            going = story.deploy(f"go-{name}", 100, name, to=to, arrive=draw(st.sampled_from([200, 300])))
    back = story.recall(f"back-{name}", 500, name, transit=60)
    return [going, back] if draw(st.booleans()) else [going]


@composite
def selectors_in(draw: DrawFn, names: tuple[str, ...]) -> Selector:
    """Which units, where, and how ready; often everything."""
    some = st.lists(st.sampled_from(names), unique=True).map(lambda found: tuple(sorted(found)))
    places = st.sampled_from([(), ("pl",), ("de",), ("de", "pl"), ("home",)])
    states: SearchStrategy[tuple[Readiness, ...]] = st.sampled_from(
        [(), (Readiness.DEPLOYED,), (Readiness.IN_TRANSIT,), (Readiness.DEPLOYED, Readiness.GARRISON)]
    )
    return Selector(units=draw(some), place=draw(places), readiness=draw(states))


@composite
def _claims(draw: DrawFn, name: str, book: Book) -> Claim:
    """What may well be true by itself, if the strengths are not those posted."""
    selector, minute = draw(selectors_in(tuple(book.units))), draw(st.sampled_from(TIMES))
    standing = Standing(book)
    standing.advance(minute)
    counted = standing.counted(Selection(book, selector)).interval
    far = draw(st.integers(0, 9)) == 0
    number = draw(st.integers(max(0, counted.low - far), (counted.high or 0) + far))
    form = draw(st.sampled_from(["{0}", "{0}", "{0} to {1}", "more than {0}", "at most {0}"]))
    always = draw(st.integers(0, 19)) == 0
    test = Count(selector, parse_quantity(form.format(number, number + 1)), When.ALWAYS if always else minute)
    never = counted.high == 0 and draw(st.booleans())
    disputed = draw(st.sampled_from(["", "", "", "", "it does not fit"]))
    return story.claim(Never(selector) if never else test, name, draw(st.sampled_from(SOURCES)), disputed=disputed)


@composite
def puzzles(draw: DrawFn, units_most: int = 3, claims_most: int = 8) -> Scenario:
    """A scenario of a few units, of whose strengths little is unknown, and of what is claimed of them."""
    names = NAMES[: draw(st.integers(1, units_most))]
    units = [draw(_units(name)) for name in names]
    orders = [order for unit in units for order in draw(_orders(unit))]
    published = st.sampled_from([None, -5, 0, 130, 9_000])
    sources = [Source(source, source, published=draw(published)) for source in SOURCES]
    bare = story.scenario(units, orders, sources=[*story.SOURCES, *sources])
    book = Book.replay(simulate(bare))
    claims = [draw(_claims(f"c{number}", book)) for number in range(draw(st.integers(claims_most // 2, claims_most)))]
    return evolve(bare, claims=claims)


@composite
def round_puzzles(draw: DrawFn) -> Scenario:
    """Two units at most, and figures of which many are round: so round that others are rounded to them."""
    names = NAMES[: draw(st.integers(1, 2))]
    wordings = st.sampled_from(["10", "10", "about 10", "exactly 10", "8 to 12", "13", "100"])
    units = [story.unit(name, draw(wordings)) for name in names]
    orders = [
        story.deploy(f"go-{name}", 100, name, to=draw(st.sampled_from(["pl", "de"])), arrive=200) for name in names
    ]
    said = st.sampled_from(
        ["10", "20", "30", "100", "about 20", "exactly 20", "more than 10", "at most 10", "14", "25"]
    )
    places = st.sampled_from([(), ("pl",), ("de",)])
    claims = []
    for number in range(draw(st.integers(2, 5))):
        test = Count(Selector(place=draw(places)), parse_quantity(draw(said)), 300)
        claims.append(story.claim(test, f"c{number}", draw(st.sampled_from(["abc", "pap"]))))
    return story.scenario(units, orders, claims)
