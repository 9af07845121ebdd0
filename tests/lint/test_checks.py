"""What the checks remark on and what they let pass, where the minimal file of each does not show it."""

from attrs import evolve

from sim.domain.amendment import Amendment
from sim.domain.claim import Claim, Closed, Count, Never, Selector, Separate, When
from sim.domain.grounds import Grounds
from sim.domain.order import Order, Transit, Window
from sim.domain.place import Place
from sim.domain.quantity import parse_quantity
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.domain.unit import Post
from sim.domain.vocabulary import Basis, Kind, Readiness
from sim.lint import Subject, look
from sim.runs import play
from tests.engine.lifted import change, lifted, move, port, trucks
from tests.story import GUESS, PLACES, alert, cancel, cited, claim, deploy, part, recall, scenario, standby, unit

DAY = 1440
POLAND, GERMANY = Selector(place=("pl",)), Selector(place=("de",))


def remarked(check: str, told: Scenario) -> list[str]:
    """What a check remarks on, each as the entry and the key it points at."""
    found = []
    for name, remark in look(Subject.of(play(told)), [check]):
        assert name == check
        pointer = remark.pointer
        inside = "" if pointer.inside is None else f" {pointer.inside[0]}[{pointer.inside[1]}]"
        found.append(f"{pointer.section} {pointer.id}{inside} {pointer.key}".strip())
    return found


def counted(selector: Selector, number: str, at: int | When = 10_000) -> Count:
    return Count(selector, parse_quantity(number), at)


def test_every_way_to_use_a_source() -> None:
    """A claim, whom it has it from, what anything rests on, what another relays, an amendment: each will do."""
    names = [*"abcdefgh", "claims", "none", "per", "relays"]
    sources = [Source(name, name, relays=("h",) if name == "relays" else ()) for name in names]
    told = scenario(
        [
            unit("one", grounds=cited("a")),
            evolve(unit("two"), reported=parse_quantity("dozens"), post=Post(50, cited("b"))),
            unit("three"),
        ],
        [
            evolve(
                deploy("go", 0, "one", grounds=cited("c")),
                depart=Window(grounds=cited("d")),
                arrive=Window(by=60, grounds=cited("e")),
                transit=None,
            ),
            evolve(deploy("come", 0, "two"), transit=Transit(60, cited("f"))),
            deploy("split", 0, "three", parts=[part(60, grounds=cited("g")), part(40)]),
        ],
        [claim(Never(POLAND), source="claims", per="per"), claim(Never(GERMANY), "other", source="relays")],
        sources=sources,
    )
    assert remarked("unused-source", told) == ["sources none"]
    amended = evolve(told, amendments=(Amendment("x", ("none",), evolve(told.units["one"], grounds=cited("none"))),))
    assert remarked("unused-source", amended) == []


def test_dates_are_wanted_only_where_there_are_some() -> None:
    """A scenario without any date is about what was so, and not about when it was known."""
    undated = scenario([unit("one", grounds=cited("abc"))])
    assert remarked("undated-source", undated) == []
    dated = evolve(undated, sources=[*undated.sources.values(), Source("cnn", "CNN", published=0)])
    assert remarked("undated-source", dated) == ["sources abc"]


def test_an_undated_source_between_two_dated_ones() -> None:
    """What it relays is looked at through it, once, however often it is relayed."""
    sources = [
        Source("first", "First", published=5 * DAY),
        Source("left", "Left", relays=("first",)),
        Source("right", "Right", relays=("first", "left")),
        Source("last", "Last", published=0, relays=("left", "right")),
    ]
    assert remarked("published-too-early", scenario([unit("one")], sources=sources)) == ["sources last published"] * 2


def test_places_around_and_at_the_end_of_an_order_are_used() -> None:
    """So are origins, and those that claims ask about, but not what lies within them."""
    places = [*PLACES, Place("attic", "Attic", "home"), Place("far", "Far"), Place("old", "Old")]
    told = scenario(
        [unit("one", origin="old")], [deploy("go", 0, "one", to="far")], [claim(Never(POLAND))], places=places
    )
    assert remarked("unused-place", told) == ["places attic", "places de", "places rzeszow"]


def test_what_tests_an_order() -> None:
    """It is named; a count, a selection or a closing depends on it; that it was cancelled makes a difference."""
    units = [unit(name) for name in ("one", "two", "three", "four")]
    go, later = deploy("go", 0, "one"), deploy("go", 0, "one", after=30)
    cases: list[tuple[list[Order], list[Claim], list[str]]] = [
        ([go], [claim(counted(Selector(orders=("go",)), "100"))], []),
        ([go], [claim(counted(POLAND, "100"))], []),
        ([go], [claim(counted(POLAND, "100", When.ALWAYS))], []),
        ([go], [claim(counted(POLAND, "100", 59))], ["orders go"]),
        ([go], [claim(counted(POLAND, "100", 60))], []),
        ([go], [claim(counted(POLAND, "100", 60)), claim(counted(POLAND, "0", 59), "then")], []),
        ([go], [claim(counted(Selector(units=("two",), place=("pl",)), "0"))], ["orders go"]),
        ([go], [claim(counted(Selector(units=("one",)), "100"))], ["orders go"]),
        ([go], [claim(Never(Selector(readiness=(Readiness.IN_TRANSIT,))))], []),
        ([go], [claim(Separate(POLAND, Selector(side=("RU",))))], []),
        ([go], [claim(Separate(GERMANY, Selector(side=("RU",))))], ["orders go"]),
        ([go], [claim(Closed(Selector(units=("one",)), 10_000))], []),
        ([go, alert("up", 0, "two")], [claim(Closed(Selector(), 10_000))], ["orders up"]),
        ([later, cancel("no", 10, "go")], [claim(counted(POLAND, "0"))], []),
        ([later, cancel("no", 10, "go")], [claim(counted(GERMANY, "0"))], ["orders"]),
        ([recall("back", 0, "one"), go], [claim(counted(POLAND, "100"))], []),
    ]
    for orders, claims, untested in cases:
        assert remarked("untested-order", scenario(units, orders, claims)) == untested


def test_orders_without_any_test_are_one_remark() -> None:
    """A single order is named; where all of several are untested, it is said once of the section."""
    units = [unit(name) for name in ("one", "two")]
    go, come = deploy("go", 0, "one"), deploy("come", 0, "two")
    assert remarked("untested-order", scenario(units)) == []
    assert remarked("untested-order", scenario(units, [go])) == ["orders go"]
    assert remarked("untested-order", scenario(units, [go, come])) == ["orders"]
    some = [claim(counted(Selector(orders=("go",)), "100"))]
    assert remarked("untested-order", scenario(units, [go, come], some)) == ["orders come"]


def test_orders_that_can_have_been_known() -> None:
    """One of the sources is late enough, or has no date, or there is none, or it is said how they knew."""
    sources = [
        Source("early", "Early", published=DAY - 1),
        Source("late", "Late", published=3 * DAY),
        Source("un", "Un"),
    ]
    cases = [
        (cited("early"), ["orders up at"]),
        (Grounds(("early",), "They were told."), []),
        (cited("early", "late"), []),
        (cited("early", "un"), []),
        (GUESS, []),
    ]
    for grounds, found in cases:
        order = evolve(alert("up", DAY, "one"), grounds=grounds)
        assert remarked("ordered-too-late", scenario([unit("one")], [order], sources=sources)) == found


def test_what_can_have_been_observed() -> None:
    """A date may be any time of its day; a transit gives no time that anyone saw."""
    sources = [Source("early", "Early", published=3 * DAY + 600), Source("un", "Un")]
    cases = [
        (Window(by=4 * DAY - 1, basis=Basis.OBSERVED), "early", []),
        (Window(by=3 * DAY + 601, basis=Basis.OBSERVED), "early", ["orders go arrive_by"]),
        (Window(by=5 * DAY, basis=Basis.OBSERVED), "un", []),
        (Window(by=5 * DAY, basis=Basis.ANNOUNCED), "early", []),
        (Window(basis=Basis.OBSERVED), "early", []),
    ]
    for arrive, source, found in cases:
        go = deploy("go", 4, "one", transit=5 * DAY, grounds=cited(source))
        told = scenario([unit("one")], [evolve(go, arrive=arrive)], sources=sources)
        assert remarked("observed-too-early", told) == found
    seen = deploy("go", 3 * DAY + 601, "one", grounds=cited("early"))
    seen = evolve(seen, depart=Window(basis=Basis.OBSERVED))
    assert remarked("observed-too-early", scenario([unit("one")], [seen], sources=sources)) == [
        "orders go depart_basis"
    ]


def test_exact_numbers_that_somebody_gave() -> None:
    """An exact number stands where one of its sources gives it, or none of them hedges it."""
    for sources, claims, found in (
        (("abc",), {"abc": "about 100"}, ["units one troops"]),
        (("abc",), {"abc": "at least 100"}, ["units one troops"]),
        (("abc",), {"abc": "about 101"}, []),
        (("abc",), {"pap": "about 100"}, []),
        (("abc", "pap"), {"abc": "about 100", "pap": "100"}, []),
        (("abc", "pap"), {"abc": "about 100"}, ["units one troops"]),
    ):
        said = [claim(counted(Selector(), number), source, source) for source, number in claims.items()]
        told = scenario([unit("one", grounds=cited(*sources))], [], said)
        assert remarked("about-posted-as-exact", told) == found


def test_exact_numbers_of_parts() -> None:
    """A part's number rests on all sources of the part; in words that are no exact number, it is as reported."""
    exact, about = parse_quantity("exactly 60"), parse_quantity("around 60")
    for first, source, found in (
        (part(60), "abc", ["orders go parts[0] strength"]),
        (evolve(part(60), reported=exact), "abc", ["orders go parts[0] strength"]),
        (evolve(part(60), reported=about), "abc", []),
        (part(60), "pap", []),
        (part(60, grounds=cited("pap")), "pap", ["orders go parts[0] strength"]),
        (evolve(part(60), arrive=Window(by=60, grounds=cited("pap"))), "pap", ["orders go parts[0] strength"]),
        (evolve(part(60), post_grounds=cited("pap")), "pap", ["orders go parts[0] strength"]),
        (part(59), "abc", []),
    ):
        parts = [first, part(100 - first.strength, arrives=900)]
        go = deploy("go", 0, "one", parts=parts, grounds=cited("abc"))
        told = scenario([unit("one")], [go], [claim(counted(POLAND, "about 60", 600), source=source)])
        assert remarked("about-posted-as-exact", told) == found


def test_exact_numbers_of_amendments() -> None:
    """The remark points at the entry that has the number: the last that changed it."""
    units, exact = [unit("one", "about 100", grounds=cited("abc"))], parse_quantity("100")
    go = deploy("go", 0, "one", grounds=cited("abc"))
    split = evolve(go, parts=(part(60), part(40, arrives=900)))
    amendments = (
        Amendment("a", ("abc",), evolve(units[0], reported=exact)),
        Amendment("b", ("abc",), evolve(units[0], reported=exact, readiness=Readiness.STANDBY)),
        Amendment("c", ("abc",), evolve(go, at=1)),
        Amendment("d", ("abc",), evolve(split, at=1)),
        Amendment("e", ("abc",), evolve(split, at=2)),
    )
    claims = [claim(counted(POLAND, "about 60", 600)), claim(counted(Selector(), "about 100", 0), "strong")]
    told = evolve(scenario(units, [go], claims), amendments=amendments)
    assert remarked("about-posted-as-exact", told) == ["units a troops", "orders d parts[0] strength"]


def test_sentences_that_hedge() -> None:
    """Every time the number stands in the sentence, with a word of the grammar before it."""
    for says, found in (
        ("About 1,700 go", True),
        ("They are (roughly 1700)", True),
        ("More than 1,700 go, over 1,700 in all", True),
        ("~1700 go", True),
        ("~ 1700 go", True),
        ("1,700 go", False),
        ("About 1,700 go: exactly 1,700", False),
        ("About 1,700.5 go", False),
        ("About 17,001 go", False),
        ("Brigade about 1,700-strong", False),
        ("Nobody knows", False),
        ("", False),
    ):
        said = evolve(claim(counted(Selector(), "1700")), says=says)
        told = scenario([unit("one", "1700")], [], [said])
        assert remarked("about-claimed-as-exact", told) == (["claims said is"] if found else []), says
    hedged = evolve(claim(counted(Selector(), "about 1700")), says="About 1,700 go")
    assert remarked("about-claimed-as-exact", scenario([unit("one")], [], [hedged])) == []


def test_an_echo_that_says_so_is_no_repetition() -> None:
    """Nor is another answer, another question, or an answer of another origin."""
    hundred, other = counted(Selector(), "100"), counted(Selector(), "101")
    for per, source, test, found in (
        (None, "echo", hundred, ["claims two"]),
        ("briefing", "echo", hundred, []),
        ("briefing", "abc", hundred, ["claims two"]),
        (None, "echo", other, []),
        (None, "echo", counted(Selector(), "100", 5), []),
        (None, "pap", hundred, []),
        (None, "briefing", hundred, ["claims one"]),
    ):
        sources = [
            Source("abc", "ABC", relays=("briefing",)),
            Source("echo", "Echo", relays=("briefing",)),
            Source("briefing", "Briefing"),
            Source("pap", "PAP"),
        ]
        claims = [claim(hundred, "one"), claim(test, "two", source, per)]
        assert remarked("repeated-claim", scenario([unit("one")], [], claims, sources=sources)) == found


def test_never_is_the_answer_none() -> None:
    """It repeats a count of 0 at every moment; two selections or a closing are repeated as they are."""
    claims = [
        claim(Never(POLAND), "a"),
        claim(counted(POLAND, "0", When.ALWAYS), "b"),
        claim(Separate(POLAND, GERMANY), "c"),
        claim(Separate(POLAND, GERMANY), "d"),
        claim(Closed(POLAND, 60), "e"),
        claim(Closed(POLAND, 60), "f"),
        claim(Closed(POLAND, 61), "g"),
    ]
    assert remarked("repeated-claim", scenario([unit("one")], [], claims)) == ["claims b", "claims d", "claims f"]


def test_speakers_of_one_origin_may_be_quoted_by_many() -> None:
    """So may one speaker on several questions."""
    said = evolve(claim(Never(POLAND), "one"), speaker="The minister")
    for other, found in (
        (claim(Never(POLAND), "two", "pap"), ["claims two speaker"]),
        (claim(Never(POLAND), "two", "briefing"), []),
        (claim(Never(GERMANY), "two", "pap"), []),
    ):
        claims = [said, evolve(other, speaker="the minister")]
        assert remarked("same-speaker", scenario([unit("one")], [], claims)) == found


def test_the_kind_of_a_selection() -> None:
    """Units of two kinds are told apart only where the claim is about neither."""
    units = [unit("jets", kind=Kind.AIRCRAFT), unit("tanks", kind=Kind.VEHICLES), unit("one")]
    mixed = claim(Never(Selector(units=("jets", "tanks"))))
    assert remarked("selects-nothing", scenario(units, [], [mixed])) == ["claims said never"]
    assert remarked("selects-nothing", scenario(units, [], [claim(Never(Selector(units=("jets", "one"))))])) == []


def test_a_country_that_is_not_known() -> None:
    """An empty country is that of places without one, of which there is always one."""
    assert remarked("selects-nothing", scenario([unit("one")], [], [claim(Never(Selector(country=("",))))])) == []


def test_claims_about_every_moment_of_which_one_is_left() -> None:
    """From the publication on: nothing but the end, where that is no earlier than it."""
    for published, found in ((9_999, []), (10_000, ["claims said never"]), (10_001, ["claims said never"]), (None, [])):
        told = scenario([unit("one")], [], [claim(Never(POLAND))], sources=[Source("abc", "ABC", published=published)])
        assert remarked("tested-too-late", told) == found


def test_a_figure_that_something_else_tests() -> None:
    """Another origin, or a total that counts the unit in; then what only repeats it is no matter."""
    own = claim(counted(Selector(units=("one",)), "100"), "own")
    units = [unit("one", grounds=cited("abc")), unit("two")]
    for others, found in (
        ([], ["claims own"]),
        ([claim(counted(Selector(units=("one",)), "100"), "pap", "pap")], []),
        ([claim(counted(Selector(), "200"), "total")], []),
        ([claim(counted(Selector(units=("two",)), "100"), "other", "pap")], ["claims own"]),
    ):
        assert remarked("tests-itself", scenario(units, [], [own, *others])) == found


def test_many_claims_of_one_figure_are_told_in_few_words() -> None:
    """Six are named, and how many more there are."""
    claims = [claim(counted(Selector(), "100", minute), f"c{minute}") for minute in range(1, 10)]
    told = scenario([unit("one", grounds=cited("abc"))], [], claims)
    ((_, remark),) = look(Subject.of(play(told)), ["tests-itself"])
    assert remark.message == (
        "the claims 'c1', 'c2', 'c3', 'c4', 'c5', 'c6' and 3 more cannot fail: "
        "the strength of 'one' has the same origin, and no other claim tests it"
    )


def test_a_closing_that_something_else_tests() -> None:
    """A count of what has arrived tests the arrivals that the claim's own source dates."""
    go = deploy("go", 0, "one", arrive=60, grounds=cited("abc"))
    over = claim(Closed(Selector(units=("one",)), 60), "over")
    told = scenario([unit("one")], [go], [over])
    assert remarked("tests-itself", told) == ["claims over"]
    assert remarked("tests-itself", evolve(told, claims=[over, claim(counted(POLAND, "100"), "there", "pap")])) == []


def test_amendments_that_change_something() -> None:
    """Each is held against the one before it; another reason is a change, and another source is none."""
    told = scenario([unit("one")], [standby("ready", 5, "one")], [claim(Never(POLAND))])
    one, ready, said = told.units["one"], told.orders["ready"], told.claims["said"]
    reworded = evolve(said, says="None are there")
    posted = evolve(one, post=Post(90, cited("abc")))
    amendments = (
        Amendment("a", ("abc",), evolve(one, grounds=Grounds(("abc",), "a guess"))),
        Amendment("b", ("abc",), evolve(one, grounds=Grounds(("abc",), "Counted."))),
        Amendment("c", ("abc",), posted),
        Amendment("d", ("abc",), evolve(posted, post=Post(90, cited("pap")))),
        Amendment("e", ("abc",), evolve(ready, depart=Window(grounds=cited("abc")))),
        Amendment("f", ("abc",), evolve(ready, at=6)),
        Amendment("g", ("abc",), ready),
        Amendment("h", ("abc",), reworded),
        Amendment("i", ("abc",), reworded),
    )
    found = ["units a amends", "units d amends", "orders e amends", "claims i amends"]
    assert remarked("amends-nothing", evolve(told, amendments=amendments)) == found


def test_who_may_take_a_claim_back() -> None:
    """Its source, another publication of that outlet, and those it has its news from; nobody else."""
    sources = [
        Source("abc", "ABC News", relays=("briefing",)),
        Source("abc-late", "ABC news"),
        Source("briefing", "Briefing"),
        Source("pap", "PAP", relays=("abc",)),
    ]
    for source, found in (("abc", []), ("abc-late", []), ("briefing", []), ("pap", ["claims back corrects"])):
        back = evolve(claim(Never(GERMANY), "back", source), corrects="said")
        told = scenario([unit("one")], [], [claim(Never(POLAND)), back], sources=sources)
        assert remarked("corrects-another", told) == found
    per = [
        claim(Never(POLAND), source="pap", per="briefing"),
        evolve(claim(Never(POLAND), "b", "briefing"), corrects="said"),
    ]
    assert remarked("corrects-another", scenario([unit("one")], [], per, sources=sources)) == []


def test_who_may_change_a_claim() -> None:
    """Those who may take it back. Anybody may dispute it; each change is held against the version before it."""
    sources = [Source("abc", "ABC News", relays=("briefing",)), Source("abc-late", "ABC news")]
    sources += [Source("briefing", "Briefing"), Source("pap", "PAP", relays=("abc",))]
    said = claim(counted(POLAND, "100"))
    reworded, disputed = evolve(said, says="A hundred"), evolve(said, disputed="It was more.")
    told = scenario([unit("one")], [], [said], sources=sources)
    for source, entry, found in (
        ("abc", reworded, []),
        ("abc-late", reworded, []),
        ("briefing", reworded, []),
        ("pap", reworded, ["claims x says"]),
        ("pap", disputed, []),
        ("pap", evolve(disputed, test=counted(POLAND, "101")), ["claims x is"]),
    ):
        assert remarked("amends-another", evolve(told, amendments=(Amendment("x", (source,), entry),))) == found
    both = (Amendment("x", ("abc-late",), reworded), Amendment("y", ("pap",), evolve(reworded, disputed="No.")))
    assert remarked("amends-another", evolve(told, amendments=both)) == []


def test_lift_that_may_come_later() -> None:
    """Vehicles from some time on are enough, and half of one counts as one; orders that are timed need no notice."""
    go = move("go", 0, "one", notice=9_999)
    units = [unit("one", "250", place="here")]
    idle = lifted(units, [go], [trucks(0)], [port("dock", "there", 0)])
    assert remarked("nothing-to-go-by", idle) == ["lift trucks vehicles", "ports dock spots"]
    later = (change(1, 50, 1, lift="trucks"), change(2, 50, 1, at_port="dock"))
    assert remarked("nothing-to-go-by", evolve(idle, capacity=later)) == []
    assert remarked("nothing-to-go-by", lifted(units, [go], [trucks(0.5)])) == []
    assert remarked("too-late-to-leave", idle) == []
    late = evolve(idle, orders=[evolve(go, at=2)])
    assert remarked("too-late-to-leave", late) == ["orders go notice"]
    assert remarked("too-late-to-leave", evolve(late, orders=[evolve(go, at=2, transit=Transit(60, GUESS))])) == []


def test_where_a_route_may_begin() -> None:
    """Around or in where the unit is, within 100 km, or in its country where coordinates are not known."""
    places = (
        Place("us", "United States", None, "US"),
        Place("fort", "Fort", "us", lat=35, lon=-79),
        Place("gate", "Gate", "fort", lat=60, lon=-79),
        Place("field", "Field", "us", lat=35, lon=-78),
        Place("coast", "Coast", "us", lat=35, lon=-77.8),
        Place("camp", "Camp", "us"),
        Place("nowhere", "Nowhere"),
    )
    for at, begins, found in (
        ("fort", "fort", []),
        ("fort", "gate", []),
        ("us", "fort", []),
        ("unstated", "fort", []),
        ("fort", "field", []),
        ("fort", "coast", ["orders go route"]),
        ("camp", "coast", []),
        ("nowhere", "coast", ["orders go route"]),
    ):
        told = lifted([unit("one", place=at)], [move("go", 0, "one", route=(begins, "there"))], [trucks(base=begins)])
        told = evolve(told, places={place.id: place for place in (*told.places.values(), *places)})
        assert remarked("begins-elsewhere", told) == found
        timed = evolve(told, orders=[evolve(told.orders["go"], transit=Transit(60, GUESS))])
        assert remarked("begins-elsewhere", timed) == []


def test_lift_that_holds_different_loads() -> None:
    """Where it is told how much goes in a load it is meant so; what holds as much, rounded down, is no remark."""
    units = [unit("one", "250", place="here")]
    route, lifts = ("here", "there", "beyond"), ("trucks", "ship")
    for holds, load, found in ((50.9, None, []), (51, None, ["orders go lift"]), (51, 50, [])):
        lift = [trucks(1, 50), trucks(1, holds, name="ship")]
        assert (
            remarked("loaded-in-part", lifted(units, [move("go", 0, "one", route=route, lifts=lifts, load=load)], lift))
            == found
        )


def test_amendments_of_several_entries_at_once() -> None:
    """Each is looked at by itself: a unit and an order may have the same id. Undated sources are all known at once."""
    told = scenario([unit("one"), unit("two")], [standby("one", 5, "one")], [claim(Never(POLAND))])
    one, two, ready = told.units["one"], told.units["two"], told.orders["one"]
    amendments = (
        Amendment("a", ("abc",), evolve(one, side="PL")),
        Amendment("b", ("abc",), evolve(two, side="PL")),
        Amendment("c", ("abc",), evolve(ready, at=6)),
        Amendment("d", ("pap",), evolve(ready, at=7)),
        Amendment("e", ("pap",), evolve(one, side="RU")),
    )
    assert remarked("amended-at-once", evolve(told, amendments=amendments)) == ["units a side", "orders c at"]
