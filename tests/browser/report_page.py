"""The report as a reader meets it in a browser: what can be seen and done on it, in the reader's words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import frozen
from playwright.sync_api import Browser, Locator, Page

Json = dict[str, Any]

READY_MS = 10_000
"""How long a page may take to be drawn, in milliseconds, on a machine that does much else."""

TABS_MAX = 400
"""How many steps of the Tab key are tried before something counts as out of the keyboard's reach."""

WATCH = """window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective))"""

TABLE = """() => Object.fromEntries([...document.querySelectorAll('.posture [data-line]')].map((row) => [
    row.dataset.line,
    [row.querySelector('.figure').firstChild.textContent, row.children[3].textContent, row.children[4].textContent],
]))"""

BOXES = """() => [...document.querySelectorAll('.label, .end, .move')].map((group) => {
    const boxes = [...group.querySelectorAll('text, .symbol, .plate')].map((part) => part.getBoundingClientRect());
    if (boxes.length === 0) return null;
    const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
    const [right, bottom] = [Math.max(...boxes.map((box) => box.right)), Math.max(...boxes.map((box) => box.bottom))];
    return {says: group.textContent, left, top, right, bottom};
}).filter((box) => box !== null)"""

AT_EACH = """(minutes) => minutes.map((minute) => {
    const slider = document.querySelector('#time');
    slider.value = minute;
    slider.dispatchEvent(new Event('input'));
    return (LOOK)();
})"""

SUMS = """(selector) => [...document.querySelectorAll(selector)].map((opener) => {
    opener.dispatchEvent(new MouseEvent('click', {bubbles: true}));
    const dialog = document.querySelector('dialog[open]');
    const figure = dialog.querySelector('.detail-figure strong');
    const parts = [...dialog.querySelectorAll('[data-part]')].map((part) => Number(part.dataset.part));
    const changes = [...dialog.querySelectorAll('[data-change]')].map((entry) => Number(entry.dataset.change));
    const sum = Number(figure.dataset.sum);
    const said = {opens: opener.dataset.open, figure: figure.textContent, sum, parts, changes};
    dialog.querySelector('.close').click();
    return said;
})"""


@frozen
class Box:
    """Where a label stands on the screen, in pixels, and what it says."""

    says: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share more than their edges."""
        return (
            self.left < other.right - 1
            and other.left < self.right - 1
            and self.top < other.bottom - 1
            and other.top < self.bottom - 1
        )


class ReportPage:
    """A report that is open in a browser without a network; it remembers all that went wrong in it."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.path = path
        self.wrong: list[str] = []
        page.add_init_script(WATCH)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on(
            "console", lambda message: self.wrong.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("request", lambda request: None if request.url.startswith("file:") else self.wrong.append(request.url))

    def open(self, fragment: str = "") -> "ReportPage":
        self.page.goto(f"{self.path.as_uri()}{fragment}")
        self.page.wait_for_selector("html[data-ready]", timeout=READY_MS)
        return self

    def all_well(self) -> None:
        """Nothing failed, nothing was asked of a network, and the page's own policy was kept."""
        assert self.wrong == []
        assert self.page.evaluate("window.violations") == []

    @property
    def slider(self) -> Locator:
        return self.page.get_by_role("slider", name="Time")

    @property
    def minute(self) -> int:
        return int(self.slider.input_value())

    @property
    def detail(self) -> Locator:
        return self.page.get_by_role("dialog")

    def go(self, minute: int) -> "ReportPage":
        """Drag the slider to a minute."""
        self.slider.evaluate("(slider, at) => { slider.value = at; slider.dispatchEvent(new Event('input')) }", minute)
        return self

    def table(self) -> Mapping[str, list[str]]:
        """The posture table: strength, range and how it is known, by the reference of each row."""
        rows: dict[str, list[str]] = self.page.evaluate(TABLE)
        return rows

    def tables(self, minutes: Sequence[int]) -> list[Mapping[str, list[str]]]:
        """The posture table at each of these minutes."""
        rows: list[Mapping[str, list[str]]] = self.page.evaluate(AT_EACH.replace("LOOK", TABLE), minutes)
        return rows

    def labels(self, minutes: Sequence[int]) -> list[list[Box]]:
        """The labels on the map that are shown, at each of these minutes."""
        found: list[list[Json]] = self.page.evaluate(AT_EACH.replace("LOOK", BOXES), minutes)
        return [[Box(**box) for box in boxes] for boxes in found]

    def sums(self, selector: str) -> list[Json]:
        """What the panel says behind each thing that this selects: its figure, sum, parts and changes."""
        found: list[Json] = self.page.evaluate(SUMS, selector)
        return found

    def tab_to(self, selector: str) -> "ReportPage":
        """Press Tab until something that this selects has the focus."""
        for _ in range(TABS_MAX):
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not come to {selector}")

    def press(self, *keys: str) -> "ReportPage":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def focused(self) -> str | None:
        """What the thing that has the focus opens; None where it opens nothing."""
        opens: str | None = self.page.evaluate("document.activeElement.getAttribute('data-open')")
        return opens


@contextmanager
def opened(browser: Browser, path: Path, **settings: Any) -> Iterator[ReportPage]:
    """A report in a window of its own, without network and motion; that all went well is checked when it closes."""
    settings = {"viewport": {"width": 1280, "height": 900}, "offline": True, "reduced_motion": "reduce", **settings}
    context = browser.new_context(**settings)
    try:
        report = ReportPage(context.new_page(), path)
        yield report
        report.all_well()
    finally:
        context.close()


def album_of(path: Path) -> Json:
    """The data that a report carries."""
    album: Json = json.loads(_block(path.read_text(encoding="utf-8")))
    return album


def with_album(path: Path, album: Json, to: Path) -> Path:
    """The same report with other data in it, as if the program had let it pass."""
    html = path.read_text(encoding="utf-8")
    block = json.dumps(album).replace("<", "\\u003c")
    to.write_text(html.replace(_block(html), block), encoding="utf-8")
    return to


def _block(html: str) -> str:
    return html.partition('id="album">')[2].partition("</script>")[0]
