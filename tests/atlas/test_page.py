"""The page: one file that runs nothing but its own program, whatever a scenario says."""

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sim.atlas import album as albums
from sim.atlas.page import BYTES_MAX, PLAIN_MAX, asset, json_block, page
from sim.domain.claim import Claim, Count, Selector
from sim.domain.grounds import Grounds
from sim.domain.place import Place
from sim.domain.quantity import exactly
from sim.domain.scenario import Scenario
from sim.domain.source import Source
from sim.report.answer import Answer
from sim.runs import play
from tests.atlas.reading import Element, album_of, elements_of
from tests.story import cited, deploy, scenario, unit
from tests.strategies import any_scenarios

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "]]></style></noscript><script>alert(2)</script>",
    "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\N{RIGHT-TO-LEFT OVERRIDE}",
    "$script $album ${title}",
    "' onload='alert(3)",
    '" onload="alert(4)',
)


def page_of(told: Scenario) -> bytes:
    return page(Answer(play(told), (told.end,)), "python -m sim report x.yaml", ["x.yaml"])


def hostile(text: str) -> Scenario:
    """A scenario that says the same thing everywhere a reader may see it."""
    source = Source("abc", text, text, 10, "https://example.com/" + text, "javascript:alert(1)")
    units = [evolve(unit("a", grounds=Grounds(("abc",), text)), name=text, side=text)]
    orders = [evolve(deploy("go", 60, "a"), grounds=Grounds((), text))]
    claims = [Claim("said", "abc", Count(Selector(), exactly(5), 1000), text, None, text, text)]
    told = scenario(
        units, orders, claims, sources=(source,), places=(Place("home", text, None, "US"), Place("pl", text))
    )
    return evolve(told, title=text)


def structure(elements: list[Element]) -> list[tuple[str, frozenset[str]]]:
    """The tags of a page and the names of their attributes."""
    return [(each.tag, frozenset(each.attributes)) for each in elements]


PLAIN = structure(elements_of(page_of(hostile("plain"))))


def test_a_page_has_no_more_elements_than_its_own() -> None:
    """Whatever the scenario says: no script, no attribute, no comment comes of it; and it is all there to be read."""
    for text in HOSTILE:
        made = page_of(hostile(text))
        assert structure(elements_of(made)) == PLAIN
        shown = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        assert album_of(made)["scenario"]["title"] == shown


@given(any_scenarios())
def test_every_scenario_makes_a_page(told: Scenario) -> None:
    """Of the elements of every other, but that the pictures are as many as the times that can be chosen."""
    elements = elements_of(page_of(told))
    pictures = [each for each in elements if (each.attributes.get("id") or "").startswith("picture-")]
    assert structure([each for each in elements if each not in pictures]) == PLAIN
    assert len(pictures) + 1 == len(album_of(page_of(told))["known"])


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_a_block_of_json_holds_what_was_put_in(form: object) -> None:
    """Whatever the text, but the filler that the page's own words use; and no element can end in it."""
    block = json_block({"form": form})
    assert "<" not in block
    assert not re.search("[\u2028\u2029\x7f-\x9f]", block)
    assert json.loads(block) == {"form": json.loads(json.dumps(form).replace("\\u200b", ""))}


def test_what_may_run() -> None:
    """The policy allows the page's own script and style by their hashes, and nothing else at all."""
    made = page_of(hostile("plain"))
    elements = elements_of(made)
    policy = next(each for each in elements if "http-equiv" in each.attributes).attributes["content"]
    (style,) = [each.text for each in elements if each.tag == "style"]
    (script,) = [each.text for each in elements if each.tag == "script" and not each.attributes]
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in (script, style)]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; base-uri 'none'; "
        "form-action 'none'"
    )
    assert not re.search(rb"<[a-z]+[^>]*\s(on[a-z]+|style|src|href)\s*=", made.split(b"<script")[0])


def test_the_assets_fit_where_they_stand() -> None:
    """No text in them ends the element that they are in, or makes a parser read on behind it."""
    assert not re.search("</script|<!--", asset("page.js"), re.IGNORECASE)
    assert not re.search("</style", asset("page.css"), re.IGNORECASE)
    assert json.loads(asset("world.json"))["source"]


def test_addresses_are_on_the_web() -> None:
    """Any other is not there."""
    told = hostile("plain")
    assert album_of(page_of(told))["sources"]["abc"]["archived"] is None
    assert album_of(page_of(told))["sources"]["abc"]["url"] == "https://example.com/plain"
    assert album_of(page_of(hostile("a b")))["sources"]["abc"]["url"] is None


def test_without_scripts() -> None:
    """The three sentences and the page of `run` stand there, as text."""
    elements = elements_of(page_of(hostile("<b>bold</b>")))
    texts = [each.text for each in elements if each.tag in {"h1", "p", "pre"}]
    assert texts[0] == "<b>bold</b>"
    assert len(texts) == 6
    assert texts[-1].startswith("\n<b>bold</b>\n24 Jan - 30 Jan 2022, UTC")


def test_a_page_of_a_large_scenario_is_not_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long texts, many units and claims: what there is no room for is told, days first."""
    monkeypatch.setattr(albums, "ENTRIES_MAX", 8_500)  # six days: each is a run of its own
    long = "word " * 400
    sources = [Source(f"s{n:03}", long, long, n) for n in range(80)]
    units = [evolve(unit(f"u{n:04}", grounds=cited(f"s{n % 80:03}")), name=long + str(n)) for n in range(1100)]
    claims = [
        Claim(f"c{n:04}", f"s{n % 80:03}", Count(Selector(units=(f"u{n:04}",)), exactly(n), 1000), long)
        for n in range(300)
    ]
    told = scenario(units, [deploy("go", 60, *(each.id for each in units))], claims, sources=sources)
    made = page_of(told)
    assert len(made) <= BYTES_MAX
    album = album_of(made)
    assert len(album["pictures"]) == len(album["known"])
    assert any("Of 1,100 units this page has" in told for told in album["left_out"])
    assert album["left_out"][-1].startswith("Something was published at 80 times; ")
    assert album["pictures"][0]["totals"][0]["steps"] == [
        [0, 110_000, 110_000, 110_000, None, None],
        [1, 110_000, 110_000, 110_000, "assumed", None],
    ]
    plain = next(each.text for each in elements_of(made) if each.tag == "pre")
    assert len(plain) < PLAIN_MAX + 100
    assert plain.endswith("and more: python -m sim run has it all\n")
