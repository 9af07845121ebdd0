"""The explorer in a browser, from end to end: every view, with an address to share and JSON beside it."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from sim.engine import simulate
from sim.eventlog import open_log
from sim.loader import load
from sim.web.watch import LOOK_SECONDS
from tests.browser.conftest import Ask, Open
from tests.browser.explorer_page import Explorer, ExplorerPage, exploring, served
from tests.browser.report_page import Json
from tests.browser.test_access import violations
from tests.postgres import Server

SCENARIOS = Path(__file__).parents[2] / "scenarios"
MARKS = {"announced": "^", "assumed": "!"}
KEPT = ("feb2022", "failed-total", "eastern-flank-2022")
CLOSED = 2
STREAMS = """window.streams = [];
window.EventSource = class extends EventSource {
    constructor(address) {
        super(address);
        streams.push(this);
    }
}"""
SEEN = """(hidden) => {
    Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
}"""
VIEWS = (
    "/",
    "/runs/RUN",
    "/runs/RUN/snapshot?at=2022-02-06&by=country",
    "/runs/RUN/timeline",
    "/runs/RUN/claims",
    "/runs/RUN/explain?at=2022-02-06&place=pl",
    "/runs/RUN/diff?from=2022-02-01&to=2022-02-08",
    "/runs/RUN/units",
    "/runs/RUN/orders",
    "/runs/RUN/places",
    "/runs/RUN/sources",
)

Visit = Callable[..., AbstractContextManager[ExplorerPage]]


@pytest.fixture(scope="module")
def explorers(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Explorer]]:
    """An explorer of a log with the runs of three scenarios, in either store; each is served once."""
    made: dict[str, Explorer] = {}
    with ExitStack() as stack:

        def explorer(store: str) -> Explorer:
            if store not in made:
                log = str(tmp_path_factory.mktemp("log") / "runs.sqlite")
                if store == "postgresql":
                    server: Server = request.getfixturevalue("postgres_server")
                    log = server.fresh_url()
                runs = [_kept(log, name) for name in KEPT]
                made[store] = stack.enter_context(served(log, runs))
            return made[store]

        yield explorer


def _kept(log: str, name: str) -> str:
    return open_log(log).record(simulate(load(SCENARIOS / f"{name}.yaml"), 0)).run


@pytest.fixture
def visit(browser: Browser, explorers: Callable[[str], Explorer]) -> Visit:
    """A window on the explorer of a log in SQLite, whose settings are Playwright's."""
    return partial(exploring, browser, explorers("sqlite"))


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_from_the_runs_to_a_figure(
    store: str, browser: Browser, explorers: Callable[[str], Explorer], february: Path, open_page: Open
) -> None:
    """Choose a run, see the page of its report with the report's own figures, and ask who is where, and why."""
    with open_page(february) as report:
        expected = report.open("#at=16000").table()
    with exploring(browser, explorers(store)) as page:
        page.open("/")
        assert [each["run"] for each in page.beside()["runs"]] == list(page.explorer.runs)
        page.page.get_by_role("link", name="US force posture in Europe").click()
        page.page.wait_for_selector(".posture .figure")
        page.page.goto(page.page.url + "#at=16000")
        page.page.reload()
        page.page.wait_for_selector(".posture .figure")
        shown = page.page.locator(".posture [data-line]").evaluate_all(
            "(rows) => rows.map((row) => [row.dataset.line, row.querySelector('.figure').firstChild.textContent])"
        )
        assert dict(shown) == {line: row[0] for line, row in expected.items()}
        page.page.get_by_role("link", name="Who is where").click()
        page.page.wait_for_url("**/snapshot")
        page.ready().ask("Who is where", at="2022-02-06", place="pl")
        rows = page.beside()["snapshots"][0]["rows"]
        assert page.column("Strength") == [f"{row['strength']:,}^" for row in rows] == ["1,700^"]
        page.page.locator(".listing").get_by_role("link", name="1,700^").click()
        page.page.wait_for_url("**/explain?**")
        page.ready()
        figure = page.beside()["figures"][0]
        assert page.column("Change") == [_signed(entry["change"]) for entry in figure["entries"]]
        expect(page.page.locator(".detail-figure strong")).to_have_text(f"{figure['strength']:,}^")
        expect(page.page.locator("main")).to_contain_text("How known: only announced.")
        assert page.page.locator(".listing a[rel*=external]").count() > 0


def _marked(held: Json) -> str:
    return f"{held['strength']:,}{MARKS.get(held['basis'], '')}"


def _signed(change: int) -> str:
    return "0" if change == 0 else f"{change:+,}".replace("-", "\N{MINUS SIGN}")


def test_as_known_is_asked_of_the_server(visit: Visit) -> None:
    """On the report's page, what was known on a day comes when it is chosen."""
    with visit() as page:
        page.open(f"/runs/{page.explorer.runs[2]}")
        page.page.get_by_label("As known").select_option(index=4)
        expect(page.page.locator(".banner").first).to_contain_text("As known on")


def test_two_times_side_by_side(visit: Visit) -> None:
    """Their figures stand beside each other with what changed, under an address to share."""
    with visit() as page:
        page.open("/runs/RUN/diff").ask("Compare two times", **{"from": "2022-02-01", "to": "2022-02-08"})
        told = page.beside()["changes"]
        assert page.column("Before") == [_marked(each["before"]) for each in told]
        assert page.column("After") == [_marked(each["after"]) for each in told]
        assert page.column("Change") == [_signed(each["change"]["strength"]) for each in told]
        assert "from=2022-02-01" in page.page.url and "to=2022-02-08" in page.page.url


def test_a_compared_figure_leads_on(visit: Visit) -> None:
    """A figure that is compared leads to what it is made of, whose sources are links to what was published."""
    with visit() as page:
        page.open("/runs/RUN/diff?from=2022-02-01&to=2022-02-08")
        cell = page.page.locator(".listing [data-head='After'] a").first
        expected = cell.inner_text()
        cell.click()
        page.page.wait_for_url("**/explain?**")
        expect(page.ready().page.locator(".detail-figure strong")).to_have_text(expected)
        expect(page.page.locator("[data-head='Sources'] a").first).to_have_attribute("href", re.compile("^https?://"))


@pytest.mark.parametrize(
    ("path", "heads"),
    [
        ("/runs/RUN/diff?from=2022-01-24&to=2022-02-05", ["Before", "After"]),
        ("/runs/RUN/diff?from=2022-01-24&to=2022-02-05&by=country", ["Before", "After"]),
        ("/runs/RUN/snapshot?at=2022-02-05&by=place,unit", ["Strength"]),
        ("/runs/RUN/snapshot?at=2022-02-05&by=country&place=pl,ro,us", ["Strength"]),
        ("/runs/RUN/snapshot?at=2022-02-05&by=origin,readiness&side=US&readiness=in-transit,garrison", ["Strength"]),
    ],
)
def test_every_figure_leads_to_itself(path: str, heads: list[str], visit: Visit) -> None:
    """What a figure leads to counts what it counts, and no more: neither what is within, nor what is on its way."""
    with visit() as page:
        page.open(path)
        links = page.page.locator(", ".join([".sums a", *(f".listing [data-head='{head}'] a" for head in heads)])).all()
        assert links
        for link in links:
            href = str(link.get_attribute("href")).replace("?", ".json?")
            told = page.page.request.get(page.explorer.root + href).json()
            assert (href, [_marked(figure) for figure in told["figures"]]) == (href, [link.inner_text()])


def test_all_of_a_side(visit: Visit) -> None:
    """Each side is counted by itself, with its mark and its range: Americans and Russians are no sum."""
    with visit() as page:
        page.open("/runs/RUN/snapshot?at=2022-02-06")
        texts = page.page.locator(".sums li").all_inner_texts()
        assert [" ".join(text.split()) for text in texts] == [
            "RU troops 100,000 90,000\N{EN DASH}110,000",
            "US troops 16,500^ 15,700\N{EN DASH}17,300",
        ]


def test_all_that_is_asked_is_shown(visit: Visit) -> None:
    """What a figure is narrowed to stands in the form and the heading, can be taken away, and is not asked of another
    unit or place.
    """
    with visit() as page:
        run = f"/runs/{page.explorer.runs[2]}"
        page.open(f"{run}/explain?at=2022-02-19&unit=82nd-first&place=rzeszow&readiness=deployed&exactly=true")
        besides = page.page.get_by_role("list", name="Asked besides").get_by_role("listitem")
        assert besides.locator("bdi").all_inner_texts() == [
            "Exactly 82nd Airborne Division, first elements and Rzeszów-Jasionka",
            "Only deployed",
        ]
        heading = page.page.get_by_role("heading", level=2)
        expect(heading).to_have_text(
            "82nd Airborne Division, first elements deployed in Rzeszów-Jasionka, 19 Feb 2022, 23:59"
        )
        expect(page.page.locator("main")).to_contain_text("Counted exactly: without what lies within")
        page.page.get_by_label("Place").fill("pl")
        expect(besides.first).to_be_hidden()
        page.page.get_by_label("Place").fill("rzeszow")
        expect(besides.first).to_be_visible()
        page.ask("What a figure is made of", unit="", place="pl")
        assert page.page.url.endswith(f"{run}/explain?at=2022-02-19&place=pl")
        expect(heading).to_have_text("In Poland, 19 Feb 2022, 23:59")
        page.open(f"{run}/explain?at=2022-02-19&place=pl&readiness=deployed&side=US&page=1")
        page.page.get_by_role("link", name="take away: only deployed").click()
        page.page.wait_for_url(f"**{run}/explain?at=2022-02-19&place=pl&side=US")
        expect(page.ready().page.locator(".besides")).to_contain_text("Only of US")


def test_a_second_time_and_place_are_shown(visit: Visit) -> None:
    """A form has one field for what may be asked several times; the others stand beside it, and are asked on."""
    with visit() as page:
        page.open("/runs/RUN/snapshot?at=2022-02-01&at=2022-02-08&place=pl&place=ro&size=50")
        expect(page.page.locator(".besides li")).to_have_text(
            [re.compile("^And 2022-02-08"), re.compile("^And Romania"), re.compile("^50 on a page")]
        )
        page.ask("Who is where", at="2022-02-03")
        assert page.page.url.endswith("at=2022-02-03&place=pl&at=2022-02-08&place=ro&size=50")


def test_who_denies_a_figure_is_no_support_of_it(visit: Visit) -> None:
    """The reports that a figure rests on stand apart from what is said of its units, where who denies it is named."""
    with visit() as page:
        told = page.open("/runs/RUN/explain?place=ro&at=2022-02-11").beside()
        rests = page.page.get_by_role("region", name="The reports the figure rests on").locator("tbody th")
        outlets = {each["id"]: each["outlet"] for each in told["sources"]}
        assert rests.all_inner_texts() == [outlets[source] for source in told["rests_on"]]
        assert "not named" not in rests.all_inner_texts()
        first = page.page.get_by_role("region", name="What is said of these units").locator("tbody tr").first
        expect(first).to_contain_text("none leaves for Romania")
        expect(first.locator("[data-head=Verdict]")).to_contain_text("contradicted")
        expect(first.locator("[data-head=Source]")).to_have_text("not named")
        assert first.locator("a").count() == 2
        page.page.locator("summary").click()
        assert page.page.locator("[data-head=Verdict]").count() == len(told["claims"])


def test_a_claim_explained(visit: Visit) -> None:
    """It stands with its verdict, and beside it what the ledger counts; of one that is only noted, its sources."""
    with visit() as page:
        page.open("/runs/RUN/explain?claim=42b-unnamed-stay-in-germany")
        expect(page.page.get_by_role("region", name="The claim")).to_contain_text("contradicted (disputed)")
        expect(page.page.locator(".counted")).to_have_text(
            "The ledger\N{RIGHT SINGLE QUOTATION MARK}s figure: Deployed in Romania from Germany, 28 Feb 2022, 23:59."
        )
        noted = next(each for each in _listed(page, page.explorer.runs[0], "claims") if each["verdict"] == "noted")
        page.open(f"/runs/RUN/explain?claim={noted['id']}")
        expect(page.page.get_by_role("region", name="The claim")).to_contain_text("noted")
        expect(page.page.get_by_role("region", name="The sources")).to_be_visible()


EMPTIED = """\
format: 1
title: There and back
start: 2022-01-01
end: 2022-01-10
sources: {s1: {outlet: Paper}}
places: {us: {name: United States}, pl: {name: Poland}}
units: {u1: {name: First brigade, troops: 1700, place: us, sources: [s1]}}
orders:
  o1: {at: 2022-01-02, action: deploy, units: [u1], to: pl, depart: {after: 2022-01-02T06:00}, arrive: {by: 2022-01-03},
       sources: [s1]}
  o2: {at: 2022-01-04, action: deploy, units: [u1], to: us, depart: {after: 2022-01-04T06:00},
       arrive: {by: 2022-01-05, basis: observed}, sources: [s1]}
  o3: {at: 2022-01-06, action: deploy, units: [u1], to: pl, depart: {after: 2022-01-06T06:00},
       arrive: {by: 2022-01-07, basis: observed}, sources: [s1]}
"""


def test_how_known_is_what_the_command_line_says(browser: Browser, tmp_path: Path, ask: Ask) -> None:
    """Of a place that was emptied, how it had been filled before says nothing of what is there now."""
    log, scenario = str(tmp_path / "runs.sqlite"), tmp_path / "emptied.yaml"
    scenario.write_text(EMPTIED, encoding="utf-8")
    run = open_log(log).record(simulate(load(scenario), 0)).run
    said = ask("explain", scenario, "--at", "end", "--place", "pl").splitlines()[0]
    assert said == "In Poland, 10 Jan: 1,700 troops, as observed"
    with served(log, [run]) as explorer, exploring(browser, explorer) as page:
        page.open("/runs/RUN/explain?at=end&place=pl")
        expect(page.page.locator(".basis")).to_have_text("How known: seen.")


def test_every_view_says_what_figures_leave_out(visit: Visit) -> None:
    """On every view of a run stands that only forces that reports name are counted, and what the marks mean."""
    with visit() as page:
        for path in VIEWS[1:]:
            page.open(path)
            expect(page.page.get_by_text("Only forces").first).to_be_in_viewport()


def test_the_other_run_is_named(visit: Visit) -> None:
    """Named by the beginning of its id, the other run stands in the choice, and its places have their names."""
    with visit() as page:
        other = page.explorer.runs[1]
        page.open(f"/runs/RUN/diff?at=start&with={other[:6]}")
        assert page.page.locator("select[name=with]").input_value() == other
        names = {each["id"]: each["name"] for each in _listed(page, other, "places")}
        shown = page.names().all_inner_texts()
        for line in page.beside()["changes"]:
            assert line["place"] not in names or any(names[line["place"]] in name for name in shown)


def _listed(page: ExplorerPage, run: str, noun: str) -> list[Json]:
    """The things of a run."""
    told: Json = page.page.request.get(f"{page.explorer.root}/runs/{run}/{noun}.json?size=1000").json()
    return list(told[noun])


def test_a_question_keeps_what_it_has_no_field_for(visit: Visit) -> None:
    """What an address asks besides the fields of its form is asked on."""
    with visit() as page:
        page.open("/runs/RUN/snapshot?at=2022-02-06&by=country").ask("Who is where", at="2022-02-08")
        assert "by=country" in page.page.url and "at=2022-02-08" in page.page.url


def test_hidden_pages_hold_no_stream(visit: Visit) -> None:
    """A page that is out of sight closes its stream, since a browser has few connections to a server; it comes back
    when the page does.
    """
    with visit() as page:
        page.page.add_init_script(STREAMS)
        page.open("/")
        assert page.page.evaluate("streams.map((each) => each.readyState)") in ([0], [1])
        page.page.evaluate(SEEN, True)
        assert page.page.evaluate("streams.map((each) => each.readyState)") == [2]
        page.page.evaluate(SEEN, False)
        assert page.page.evaluate("streams.map((each) => each.readyState)") in ([2, 0], [2, 1])


def test_a_stream_that_was_refused_is_asked_for_again(visit: Visit) -> None:
    """Where too many follow already, the page tries again later, for a browser does not."""
    with visit() as page:
        page.page.clock.install()
        page.page.add_init_script(STREAMS)
        page.page.route("**/events", lambda route: route.fulfill(status=503, body="busy"), times=1)
        page.open("/")
        while page.page.evaluate("streams[0].readyState") != CLOSED:
            page.page.wait_for_timeout(20)
        page.page.clock.fast_forward(14_000)
        assert page.page.evaluate("streams.length") == 1
        with page.page.expect_response("**/events") as again:
            page.page.clock.fast_forward(2_000)
        assert again.value.ok


def test_something_stands_there_at_once(visit: Visit) -> None:
    """While a run is being read the page has its frame, and says so."""
    with visit() as page:
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.page.route("**/runs/*.json", hold, times=1)
        page.page.goto(f"{page.explorer.root}/runs/{page.explorer.runs[0]}/units")
        expect(page.page.get_by_role("status")).to_contain_text("being read")
        expect(page.page.get_by_role("link", name="All runs")).to_be_visible()
        held[0].continue_()
        page.ready()


def test_no_server_any_more(visit: Visit) -> None:
    """Where the server does not answer, or something else does in its place, the page says so."""
    with visit() as page:
        page.page.route("**/runs.json*", lambda route: route.abort(), times=1)
        page.open("/")
        expect(page.page.get_by_role("alert")).to_contain_text("does not answer")
        page.page.route("**/runs.json*", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"), times=1)
        page.open("/")
        expect(page.page.get_by_role("alert")).to_contain_text("does not answer")


def test_two_runs_side_by_side(visit: Visit) -> None:
    """Another run of the log is chosen by its title."""
    with visit() as page:
        page.open("/runs/RUN/diff").ask("Compare two runs", **{"with": page.explorer.runs[1], "at": "start"})
        told = page.beside()
        assert told["second"]["log"]["run"] == page.explorer.runs[1]
        assert page.column("After") == [_marked(each["after"]) for each in told["changes"]]
        expect(page.page.locator(".sides")).to_contain_text("Exercise Tin Lantern")


@pytest.mark.parametrize(
    ("view", "form", "words", "found"),
    [
        ("units", "Find units", "stryker", ["Stryker squadron"]),
        ("sources", "Find sources", "wall street", ["The Wall Street Journal"]),
        ("places", "Find places", "POL", ["Poland"]),
    ],
)
def test_search(view: str, form: str, words: str, found: list[str], visit: Visit) -> None:
    """Units, sources and places are found by words in their names."""
    with visit() as page:
        page.open(f"/runs/RUN/{view}").ask(form, search=words)
        assert [name.split(",")[0] for name in page.names().all_inner_texts()] == found


def test_long_lists_come_in_pages(visit: Visit) -> None:
    """The next page and the one before are links; the question stays."""
    with visit() as page:
        page.open("/runs/RUN/claims?size=25&verdict=noted,holds")
        expect(page.page.get_by_role("navigation", name="Pages")).to_contain_text("1 to 25 of ")
        first = _links(page)
        page.page.get_by_role("link", name="Next", exact=True).click()
        page.page.wait_for_url("**page=2**")
        second = _links(page.ready())
        assert len(first) == 25 and not set(first) & set(second)
        assert "verdict=" in page.page.url
        page.page.get_by_role("link", name="Previous", exact=True).click()
        page.page.wait_for_url("**page=1**")
        assert _links(page.ready()) == first


def _links(page: ExplorerPage) -> list[str]:
    """Whither the rows of the list lead."""
    links: list[str] = page.names().locator("a").evaluate_all("(links) => links.map((link) => link.href)")
    return links


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/runs/RUN/snapshot?at=yesterday", "'yesterday' is not a date"),
        ("/runs/RUN/timeline?unit=none-such", "none-such"),
        ("/runs/RUN/claims?question=999", "999"),
        ("/runs/RUN/explain?at=end&place=%3Cb%3E", "<b>"),
        ("/runs/RUN/diff?from=end&to=start", "from lies after to"),
    ],
)
def test_a_refusal_in_words(path: str, says: str, visit: Visit) -> None:
    """What cannot be answered is said in the server's words, and the question can be put otherwise."""
    with visit() as page:
        page.open(path)
        expect(page.page.get_by_role("alert")).to_contain_text(says, ignore_case=True)
        expect(page.page.get_by_role("search").first).to_be_visible()


@pytest.mark.parametrize(("scheme", "width", "views"), [("light", 1280, VIEWS), ("dark", 375, VIEWS[1:7:2])])
def test_access(scheme: str, width: int, views: Sequence[str], visit: Visit) -> None:
    """axe-core finds nothing wrong on any view, nor, in the dark and on a phone, on one of each make."""
    with visit(color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True) as page:
        for path in views:
            page.open(path)
            assert (path, violations(page)) == (path, [])


def test_no_view_is_wider_than_a_phone(visit: Visit) -> None:
    """What is too wide for it moves within itself."""
    with visit(viewport={"width": 320, "height": 800}) as page:
        for path in VIEWS:
            page.open(path)
            assert (path, page.page.evaluate("document.documentElement.scrollWidth")) == (path, 320)


def test_the_keyboard_alone(visit: Visit) -> None:
    """A run is found and opened with Tab, letters and Enter."""
    with visit() as page:
        page.open("/")
        for _ in range(10):
            page.page.keyboard.press("Tab")
            if page.page.evaluate("document.activeElement.name") == "search":
                break
        page.page.keyboard.type("lantern")
        page.page.keyboard.press("Enter")
        page.page.wait_for_url("**search=lantern**")
        page.ready()
        assert page.names().all_inner_texts() == ["Exercise Tin Lantern (invented)"]
        page.page.get_by_role("link", name="Exercise Tin Lantern").focus()
        page.page.keyboard.press("Enter")
        page.page.wait_for_url(f"**/runs/{page.explorer.runs[1]}")


def test_new_events_are_noted_and_shown_when_asked(browser: Browser, tmp_path: Path, ask: Ask) -> None:
    """A run that is being written says how far it is; what comes is noted, and shown when the reader asks for it."""
    log, events = str(tmp_path / "runs.sqlite"), [*simulate(load(SCENARIOS / "feb2022.yaml"), 0)]
    run = _broken_off(log, events, 60)
    with served(log, [run]) as explorer, exploring(browser, explorer) as page:
        page.open("/runs/RUN")
        expect(page.page.locator("dl")).to_contain_text("60")
        note = page.page.locator(".follow")
        expect(page.latest()).to_have_count(20)
        assert page.latest().first.inner_text().split("\t")[:3] == ["60", "24 Jan 2022, 00:00", "claim stated"]
        expect(note).to_have_text("")
        open_log(log).record(iter(events))
        expect(note).to_contain_text(f"{len(events) - 60} new events, and the run has ended.")
        rows = [row.split("\t") for row in page.latest().all_inner_texts()]
        assert [row[0] for row in rows] == [str(number) for number in range(len(events), len(events) - 20, -1)]
        assert rows[0][1:3] == ["28 Feb 2022, 23:59", "run closed"]
        assert rows[2][1:] == ["6 Feb 2022, 23:59", "arrives", "300^", "xviii-corps", "de"]
        expect(page.page.locator("dl")).to_contain_text("60")
        note.get_by_role("button", name="Show").click()
        page.page.wait_for_selector(".posture .figure")
        page.open("/")
        ask("run", SCENARIOS / "failed-total.yaml", "--log", log)
        expect(note).to_contain_text(re.compile("1 run is new|Runs are new"))  # or: it was there before the stream
        assert page.names().count() == 1
        note.get_by_role("button", name="Show").click()
        expect(page.names()).to_have_count(2)


@contextmanager
def _between(page: ExplorerPage, happens: Callable[[], object]) -> Iterator[None]:
    """Let something happen behind a page's answer and before its stream, which sees it from the beginning."""

    def late(route: Route) -> None:
        happens()
        time.sleep(LOOK_SECONDS)
        route.continue_()

    page.page.route("**/events*", late, times=1)
    yield
    page.page.unroute("**/events*", late)


def test_a_run_that_has_just_begun(browser: Browser, tmp_path: Path) -> None:
    """Is listed from its first event on."""
    log, events = str(tmp_path / "runs.sqlite"), [*simulate(load(SCENARIOS / "feb2022.yaml"), 0)]
    run = _broken_off(log, events, 3)
    with served(log, [run]) as explorer, exploring(browser, explorer) as page:
        page.open("/runs/RUN")
        expect(page.latest()).to_have_count(3)
        assert page.latest().last.inner_text().split("\t")[0::2][:2] == ["1", "run opened"]


def test_what_came_before_the_stream_is_noted_too(browser: Browser, tmp_path: Path, ask: Ask) -> None:
    """Between the page and its stream nothing is lost: not the rest of a run, nor a run, which is then not counted."""
    log, events = str(tmp_path / "runs.sqlite"), [*simulate(load(SCENARIOS / "feb2022.yaml"), 0)]
    run = _broken_off(log, events, 60)
    with served(log, [run]) as explorer, exploring(browser, explorer) as page:
        note = page.page.locator(".follow")
        with _between(page, lambda: open_log(log).record(iter(events))):
            page.open("/runs/RUN")
            expect(page.page.locator("dl")).to_contain_text("60")
            expect(note).to_contain_text(f"{len(events) - 60} new events, and the run has ended.")
        with _between(page, lambda: ask("run", SCENARIOS / "failed-total.yaml", "--log", log)):
            page.open("/")
            assert page.names().count() == 1
            expect(note).to_contain_text("Runs are new or have grown.")
        page.open("/")
        assert page.names().count() == 2
        expect(note).to_have_text("")


def _broken_off(log: str, events: list[Any], after: int) -> str:
    """The id of a run of which only so many events were written."""

    def interrupted() -> Iterator[Any]:
        yield from islice(events, after)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_log(log).record(interrupted())
    return open_log(log).runs()[0].run


def test_markup_stays_text(browser: Browser, tmp_path: Path) -> None:
    """Markup in titles and names is shown as it stands, on every view."""
    markup = "<img src=x onerror=alert(1)><script>window.hacked = 1</script>"
    text = (SCENARIOS / "feb2022.yaml").read_text(encoding="utf-8")
    for said in ("US force posture in Europe, February 2022", "Stryker squadron", "The Daily Beast", "Poland"):
        assert f": {said}" in text
        text = text.replace(f": {said}", f': "{said} {markup}"')
    log, scenario = str(tmp_path / "runs.sqlite"), tmp_path / "hostile.yaml"
    scenario.write_text(text, encoding="utf-8")
    run = open_log(log).record(simulate(load(scenario), 0)).run
    with served(log, [run]) as explorer, exploring(browser, explorer) as page:
        for path in VIEWS:
            page.open(path)
            assert page.page.evaluate("window.hacked") is None
            assert page.page.locator("#explorer :is(img, script, [onerror])").count() == 0
            assert path == "/runs/RUN/orders" or markup in page.page.locator("#explorer").inner_text()
