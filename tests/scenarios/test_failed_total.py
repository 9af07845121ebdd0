"""The teaching scenario: one total fails, and the postings behind it say why."""

from pathlib import Path

import pytest

from sim.engine import simulate
from sim.ledger import Book
from sim.ledger.claims import judge_all
from sim.ledger.invariants import check
from sim.loader import load

FAILED_TOTAL = Path(__file__).parents[2] / "scenarios" / "failed-total.yaml"


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.replay(simulate(load(FAILED_TOTAL)))


def test_exactly_one_claim_is_contradicted(book: Book) -> None:
    """The ministry's total; the newspaper answers the same question, and holds."""
    assert [(one.claim.id, one.claim.source, one.verdict, one.given) for one in judge_all(book)] == [
        ("gazette-infantry", "gazette", "holds", True),
        ("gazette-medical", "gazette", "holds", False),
        ("gazette-total", "gazette", "holds", False),
        ("ministry-total", "ministry", "contradicted", False),
    ]


def test_the_total_is_off_by_the_unit_that_was_held_back(book: Book) -> None:
    """200 short: every unit but the medical company is counted."""
    (failed,) = [one.reading for one in judge_all(book) if one.claim.id == "ministry-total"]
    assert failed is not None
    assert (failed.strength, failed.distance) == (1200, 200)
    assert failed.units == (("engineers", 300), ("infantry", 700), ("signals", 200))


def test_the_claims_invariant_alone_is_broken(book: Book) -> None:
    """It is what makes the run exit 1."""
    broken = [
        (outcome.name, [finding.message for finding in outcome.findings])
        for outcome in check(book)
        if not outcome.holds
    ]
    assert broken == [("claims", ["claim ministry-total (ministry) is contradicted, off by 200"])]


def test_without_the_late_order_the_other_source_is_wrong(tmp_path: Path) -> None:
    """As scenarios/README.md says: had nobody been held back, the ministry would be right."""
    text = FAILED_TOTAL.read_text(encoding="utf-8")
    start, end = text.index("  medical-stays:"), text.index("\nclaims:")
    copy = tmp_path / "sent.yaml"
    copy.write_text(text[:start] + text[end:], encoding="utf-8")
    verdicts = {one.claim.id: one.verdict for one in judge_all(Book.replay(simulate(load(copy))))}
    assert verdicts == {
        "gazette-infantry": "holds",
        "gazette-medical": "contradicted",
        "gazette-total": "contradicted",
        "ministry-total": "holds",
    }


def test_it_says_that_it_is_invented(book: Book) -> None:
    """In its title and in every outlet's name: nobody should take it for news."""
    names = [book.opened.title, *(source.outlet for source in book.sources.values())]
    assert [name for name in names if "invented" not in name] == []
