"""What is described at /openapi.json is what is answered."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from sim.web.view import SELECTED
from sim.web.views import VIEWS

ASKED = {
    "snapshot": [
        "",
        "?by=place,readiness&at=2022-02-06",
        "?by=country",
        "?place=pl&size=2",
        "?at=start&as_known=2022-02-03",
    ],
    "timeline": ["", "?size=3&page=2", "?place=pl&size=3"],
    "series": ["", "?by=unit,place", "?points=3", "?by=country&size=1"],
    "claims": ["", "?verdict=holds", "?size=1"],
    "explain": ["?at=end", "?at=2022-02-06&readiness=in-transit", "?at=end&place=pl"],
    "diff": ["?from=start&to=end", "?from=start&to=end&by=country&size=2", "?with=last&at=end"],
    "units": ["", "?search=82nd", "?size=2&page=2"],
    "orders": ["", "?search=zzz"],
    "places": ["", "?search=PO"],
    "sources": ["", "?size=1"],
    "known": ["", "?size=1"],
}


def _schema(explorer: TestClient, path: str) -> Draft202012Validator:
    described: dict[str, Any] = explorer.get("/openapi.json").json()
    answers = described["paths"][path]["get"]["responses"]
    return Draft202012Validator(answers["200"]["content"]["application/json"]["schema"])


@pytest.mark.parametrize("name", VIEWS)
def test_every_view(explorer: TestClient, name: str) -> None:
    """The answers of every view, of runs of reports and of one that goes by lift, are as described."""
    validator = _schema(explorer, f"/runs/{{run}}/{name}.json")
    for number, run in enumerate(explorer.get("/runs.json").json()["runs"]):
        for query in ASKED[name]:
            answer = explorer.get(f"/runs/{run['run']}/{name}.json{query}")
            if number == 1 or not query or answer.status_code == 200:
                assert answer.status_code == 200, answer.text
                validator.validate(answer.json())


def test_the_rest(explorer: TestClient) -> None:
    """And those of what is no view."""
    _schema(explorer, "/runs.json").validate(explorer.get("/runs.json").json())
    _schema(explorer, "/runs.json").validate(explorer.get("/runs.json?size=1").json())
    _schema(explorer, "/runs/{run}.json").validate(explorer.get("/runs/last.json").json())
    run = explorer.get("/runs.json").json()["runs"][0]["run"]
    album = explorer.get(f"/runs/{run}/album.json").json()
    _schema(explorer, "/runs/{run}/album.json").validate(album)
    pictures = [explorer.get(f"/runs/{run}/pictures/{number}.json") for number in range(len(album["known"]))]
    assert pictures[0].json() == album["pictures"][0]
    for picture in pictures:
        _schema(explorer, "/runs/{run}/pictures/{number}.json").validate(picture.json())
    assert explorer.get(f"/runs/{run}/pictures/{len(pictures)}.json").status_code == 404


def test_every_parameter(explorer: TestClient) -> None:
    """A view takes every parameter that is described of it, and no other: it says which there are."""
    for name, view in VIEWS.items():
        described = explorer.get("/openapi.json").json()["paths"][f"/runs/{{run}}/{name}.json"]["get"]["parameters"]
        assert [each["name"] for each in described] == ["run", *(each.name for each in view.parameters)]
        told = explorer.get(f"/runs/last/{name}.json?nonsense=1").json()["error"]
        assert told["message"] == "there is no parameter 'nonsense' here"
        assert told["remedy"] == f"There are: {', '.join(each['name'] for each in described[1:])}."


def test_where_a_stream_begins(explorer: TestClient) -> None:
    """Positions are described as they are taken: from 0."""
    described = explorer.get("/openapi.json").json()["paths"]["/runs/{run}/events"]["get"]["parameters"]
    assert [each["name"] for each in described] == ["run", "from", "after"]
    for each in described[1:]:
        assert each["schema"]["minimum"] == 0
        for position, status in ((0, 200), (each["schema"]["maximum"], 200), (each["schema"]["maximum"] + 1, 400)):
            assert explorer.get(f"/runs/last/events?{each['name']}={position}").status_code == status


def test_what_says_which_strength_is_meant() -> None:
    """The parameters are the options of `explain`."""
    from sim.cli.asking import SELECTING

    assert set(SELECTED) == set(SELECTING)
