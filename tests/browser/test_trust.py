"""Nothing from a scenario is trusted: whatever it says stays text."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Open
from tests.browser.report_page import album_of, with_album

MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\u202eevil\u0007\u2066'
SHOWN = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>evil'
TEXTS = {
    "title",
    "name",
    "outlet",
    "because",
    "says",
    "label",
    "wording",
    "words",
    "where",
    "what",
    "when",
    "ledger",
    "only",
}
ADDRESSES = {"url", "archived"}

OPEN_EACH = """() => {
    const openers = () => [...document.querySelectorAll('[data-open]')];
    return [...new Set(openers().map((each) => each.dataset.open))].map((opens) => {
        const opener = openers().find((each) => each.dataset.open === opens);
        opener.dispatchEvent(new MouseEvent('click', {bubbles: true}));
        const dialog = document.querySelector('dialog');
        const shown = dialog.open && dialog.querySelector('h2').textContent !== '';
        dialog.querySelector('.close').click();
        return shown;
    });
}"""


def hostile(value: Any, key: str = "") -> Any:
    """The same data with markup in every text, a script in every address, and no symbol that any standard knows."""
    match value:
        case dict():
            return {each: hostile(inner, each) for each, inner in value.items()}
        case list():
            return [hostile(each, key) for each in value]
        case str() if key in TEXTS:
            return value + MARKUP
        case str() if key == "symbol":
            return MARKUP
    return "javascript:window.hacked=1" if key in ADDRESSES else value


@pytest.fixture
def poisoned(february: Path, tmp_path: Path) -> Path:
    album = json.loads(json.dumps(hostile(album_of(february))).replace('"RU"', json.dumps(MARKUP)))
    return with_album(february, album, tmp_path / "poisoned.html")


def test_markup_stays_text(poisoned: Path, open_page: Open) -> None:
    """Markup and scripts in any text are shown as they stand, less what turns the direction of what follows."""
    with open_page(poisoned) as report:
        report.open()
        assert (
            report.page.get_by_role("heading", level=1).inner_text()
            == f"US force posture in Europe, February 2022{SHOWN}"
        )
        opened = report.page.evaluate(OPEN_EACH)
        assert len(opened) > 40
        assert all(opened)
        assert report.page.evaluate("window.hacked") is None
        assert report.page.locator("#report img, #report script, #report [onerror]").count() == 0
        text = report.page.locator("#report").inner_text()
        assert not set(text) & {"\u202e", "\u2066", "\u0007"}


def test_links_lead_only_to_the_web(poisoned: Path, february: Path, open_page: Open) -> None:
    """An address that is not http or https is no link; one that is opens without telling whence."""
    with open_page(poisoned) as report:
        assert report.open().page.locator("a[href]").count() == 0
    with open_page(february) as report:
        links = report.open().page.locator("a[href]")
        assert links.count() > 0
        assert set(links.evaluate_all("(all) => all.map((link) => new URL(link.href).protocol)")) <= {"http:", "https:"}
        assert set(links.evaluate_all("(all) => all.map((link) => link.rel)")) == {"noopener noreferrer external"}


def test_in_a_sandboxed_frame(february: Path, browser: Browser, tmp_path: Path) -> None:
    """In a frame that may run scripts and no more, the page works, and links to sources open beside it."""
    sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    host = tmp_path / "host.html"
    host.write_text(
        f'<iframe src="{february.as_uri()}#at=14000" sandbox="{sandbox}" width="1200" height="900"></iframe>'
    )
    context = browser.new_context(offline=True)
    try:
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(host.as_uri())
        frame = page.frame_locator("iframe")
        frame.locator(".posture .figure").first.click()
        expect(frame.get_by_role("dialog")).to_be_visible()
        targets = frame.locator(".sources a[href]").evaluate_all("(links) => links.map((link) => link.target)")
        assert set(targets) == {"_blank"}
        page.wait_for_timeout(300)  # the address is written when the reader rests
        assert wrong == []
    finally:
        context.close()


def test_names_that_every_object_has(february: Path, open_page: Open, tmp_path: Path) -> None:
    """Countries called as what the program's own objects inherit are names like any other."""
    album = album_of(february)
    for place, country in zip(("pl", "ro", "de"), ("constructor", "__proto__", "toString"), strict=True):
        album["places"][place].update(country=country, lat=None, lon=None)
    renamed = {"PL": "constructor", "RO": "__proto__", "DE": "toString"}
    for line in album["pictures"][0]["countries"]:
        line["country"] = renamed.get(line["country"], line["country"])
    with open_page(with_album(february, album, tmp_path / "inherited.html")) as report:
        report.open()
        text = report.page.locator("#report").inner_text()
        assert "[object" not in text and "native code" not in text
        assert {"constructor", "__proto__", "toString"} <= set(report.page.locator(".rows th").all_inner_texts())
        expect(report.page.locator(".elsewhere")).to_contain_text("Poland")


def test_a_hostile_address_opens_nothing(february: Path, open_page: Open) -> None:
    """An address made up by another shows the report, and no panel that says anything of theirs."""
    made_up = [
        "#at=1e9",
        "#at=-5&known=99",
        "#open=claim/<script>",
        "#open=%E0%A4%A",
        "#open=__proto__/x",
        "#kind=constructor",
        "#open=line/US",
        "#open=unit/valueOf",
        "#open=source/constructor",
        "#open=order/toString",
        "#open=place/__proto__",
    ]
    with open_page(february) as report:
        report.open(made_up[0])
        for fragment in made_up:
            report.page.evaluate("(fragment) => { location.hash = fragment }", fragment)
            expect(report.slider).to_be_visible()
            assert not report.page.evaluate("document.querySelector('dialog').open")


def test_policy(february: Path) -> None:
    """The page allows only its own program and its own styles, by their hashes."""
    html = february.read_text(encoding="utf-8")
    policy = html.partition('Content-Security-Policy" content="')[2].partition('"')[0].replace("&#x27;", "'")
    directives = dict(each.strip().split(" ", 1) for each in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"].startswith("'sha256-") and " " not in directives["script-src"]
    assert directives["style-src"].startswith("'sha256-") and " " not in directives["style-src"]
