"""Pages of an answer, put together, are the answer."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

LISTS = {
    "timeline": "timeline", "claims": "claims", "units": "units", "orders": "orders", "places": "places",
    "sources": "sources", "series": "lines", "known": "known",
}  # fmt: skip


def _run(explorer: TestClient) -> str:
    """The run of which most is reported."""
    return str(explorer.get("/runs.json").json()["runs"][1]["run"])


def _pages(explorer: TestClient, address: str, size: int) -> list[Any]:
    """All pages, each by what the one before it names as the next."""
    found = [explorer.get(f"{address}?size={size}").json()]
    while (told := found[-1].get("page")) and told["next"]:
        found.append(explorer.get(address + told["next"]).json())
        assert found[-1]["page"]["number"] == len(found)
    return found


@pytest.mark.parametrize("view", LISTS)
@given(size=st.integers(1, 60))
def test_all_pages(explorer: TestClient, view: str, size: int) -> None:
    """Each item once and in order, and as many pages as are told."""
    address = f"/runs/{_run(explorer)}/{view}.json"
    whole = explorer.get(f"{address}?size=1000").json()
    assert "page" not in whole
    pages = _pages(explorer, address, size)
    assert [item for page in pages for item in page[LISTS[view]]] == whole[LISTS[view]]
    items = len(whole[LISTS[view]])
    if items > size:
        assert {(page["page"]["items"], page["page"]["pages"]) for page in pages} == {(items, len(pages))}
    else:
        assert pages == [whole]


def test_rows_of_snapshots(explorer: TestClient) -> None:
    """A page has its rows of each snapshot; the totals are those of all."""
    address = f"/runs/{_run(explorer)}/snapshot.json"
    whole = explorer.get(address).json()["snapshots"][0]
    pages = _pages(explorer, address, 3)
    assert [row for page in pages for row in page["snapshots"][0]["rows"]] == whole["rows"]
    for all_of_it in ("totals", "sides"):
        assert {str(page["snapshots"][0][all_of_it]) for page in pages} == {str(whole[all_of_it])}


@pytest.mark.parametrize("query", ["?page=99999", "?page=0", "?size=0", "?size=1001", "?page=1&page=2", "?size=x"])
def test_pages_there_are_not(explorer: TestClient, query: str) -> None:
    """Are said to be none."""
    assert explorer.get(f"/runs/last/units.json{query}").json()["error"]["code"] == "bad-question"


def test_searching(explorer: TestClient) -> None:
    """By every word, in any case, in ids and names; of runs too."""
    run = _run(explorer)
    found = explorer.get(f"/runs/{run}/units.json?search=82ND").json()["units"]
    assert found
    assert all("82nd" in f"{unit['id']} {unit['name']}".casefold() for unit in found)
    assert explorer.get(f"/runs/{run}/units.json?search=82nd+nonsense").json()["units"] == []
    assert [each["run"] for each in explorer.get(f"/runs.json?search={run}").json()["runs"]] == [run]
    assert explorer.get("/runs.json?search=" + "x" * 101).status_code == 400


def test_the_newest_first(explorer: TestClient) -> None:
    """Of all runs, and of those that are found; on every page, and as the next one is named."""
    runs = explorer.get("/runs.json").json()["runs"]
    assert explorer.get("/runs.json?newest=true").json()["runs"] == runs[::-1]
    assert explorer.get("/runs.json?newest=false").json()["runs"] == runs
    pages = _pages(explorer, "/runs.json", 2)
    assert [run for page in pages for run in page["runs"]] == runs
    first = explorer.get("/runs.json?newest=true&size=1").json()
    assert explorer.get(f"/runs.json{first['page']['next']}").json()["runs"] == [runs[-2]]


def test_orders_in_time(explorer: TestClient) -> None:
    """They are listed as they were given."""
    times = [order["at"] for order in explorer.get(f"/runs/{_run(explorer)}/orders.json").json()["orders"]]
    assert times == sorted(times)
    assert len(set(times)) > 2
