"""Who may read, under which name, and what holds of every answer."""

from collections.abc import Iterator
from html import escape

import pytest
from starlette.testclient import TestClient

from sim.web.guard import POLICY
from tests.web.conftest import opened

TOKEN = "correct-horse-battery-staple"


@pytest.fixture
def guarded(path: str) -> Iterator[TestClient]:
    """An explorer that takes a token, and answers to another name."""
    with opened(path, TOKEN, ("explorer.example.org",)) as client:
        yield client


def test_without_the_token(guarded: TestClient) -> None:
    """Nothing is said but that one is needed: not whether what is asked for is there."""
    for address in ("/", "/runs.json", "/runs/zzz.json", "/openapi.json", "/events", "/nowhere"):
        answer = guarded.get(address)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "no-token")
        assert answer.headers["www-authenticate"] == "Bearer"


def test_people_without_the_token(guarded: TestClient) -> None:
    """Are shown the way in, and from there to what they asked for; programs are told."""
    answer = guarded.get("/runs/last/snapshot?at=D%2B3&unit=a", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/login?next=%2Fruns%2Flast%2Fsnapshot%3Fat%3DD%252B3%26unit%3Da",
    )
    page = guarded.get(answer.headers["location"])
    assert 'name="next" value="/runs/last/snapshot?at=D%2B3&amp;unit=a"' in page.text
    assert guarded.get("/runs.json", headers={"accept": "text/html"}).status_code == 401


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer \xe9"]
)
def test_what_is_not_the_token(guarded: TestClient, header: str) -> None:
    """A part of it, more than it, or it in another scheme."""
    assert guarded.get("/runs.json", headers={b"authorization": header.encode("latin-1")}).status_code == 401
    assert guarded.get("/runs.json", headers={"cookie": f"sim_explorer={TOKEN}"}).status_code == 401
    assert guarded.get("/runs.json", headers={"cookie": "sim_explorer; =;;\x01"}).status_code == 401


def test_with_the_token(guarded: TestClient) -> None:
    """It opens everything, whatever the case of the scheme."""
    for scheme in ("Bearer", "bearer"):
        assert guarded.get("/runs.json", headers={"authorization": f"{scheme} {TOKEN}"}).status_code == 200


def test_logging_in(guarded: TestClient) -> None:
    """The form gives a cookie that programs in a page cannot read, and leads to where one wanted to go."""
    page = guarded.get("/login?next=/runs/last/snapshot?at=end")
    assert 'name="next" value="/runs/last/snapshot?at=end"' in page.text
    wrong = guarded.post("/login", data={"token": "x", "next": "/"})
    assert wrong.status_code == 401
    assert "That is not the token." in wrong.text
    assert "set-cookie" not in wrong.headers
    right = guarded.post("/login", data={"token": TOKEN, "next": "/runs/last/snapshot?at=end"})
    assert (right.status_code, right.headers["location"]) == (303, "/runs/last/snapshot?at=end")
    assert "HttpOnly" in right.headers["set-cookie"]
    assert "SameSite=lax" in right.headers["set-cookie"]
    assert TOKEN not in right.headers["set-cookie"]
    assert guarded.get("/runs.json").status_code == 200


BY_TLS = "explorer.example.org"


@pytest.mark.parametrize("name", [f"https://{BY_TLS}/", f"https://{BY_TLS}:8443", f"HTTPS://{BY_TLS.upper()}.:8443/"])
def test_a_name_by_tls(path: str, name: str) -> None:
    """Who logs in under a name that is asked for by TLS gets a cookie for TLS alone; the name is one of ours."""
    with opened(path, TOKEN, (name,)) as client:
        for host, secure in (
            (BY_TLS, True),
            (f"{BY_TLS}:8443", True),
            (f"{BY_TLS}.", True),
            (BY_TLS.upper(), True),
            ("localhost", False),
        ):
            answer = client.post("/login", data={"token": TOKEN}, headers={"host": host})
            assert (answer.status_code, "Secure" in answer.headers["set-cookie"]) == (303, secure)


def test_the_way_in_has_a_page_like_the_others(guarded: TestClient) -> None:
    """And so has what is refused: the same style, a heading, and what to do."""
    for page in (
        guarded.get("/login").text,
        guarded.post("/login", data={"token": "x"}).text,
        guarded.get("/nowhere", headers={"accept": "text/html", "authorization": f"Bearer {TOKEN}"}).text,
    ):
        assert '<link rel="stylesheet" href="/assets/page.css">' in page
        assert '<div id="explorer">\n<main class="view"><h1>' in page
    assert '<button class="more">Log in</button>' in guarded.get("/login").text


def test_a_page_before_its_program_has_asked(explorer: TestClient) -> None:
    """It has its heading, the way back, and says that it is being read; to who has no scripts, where the data are."""
    run = explorer.get("/runs.json").json()["runs"][0]
    page = explorer.get(f"/runs/{run['run']}/claims?source=a").text
    assert f"<h1>{escape(run['scenario'])}</h1>" in page
    assert '<li><a href="/">All runs</a></li>' in page
    assert '<p class="waiting scripted" role="status">This page is being read.' in page
    assert f'<noscript><p>This page needs scripts. <a href="/runs/{run["run"]}/claims.json?source=a">' in page


@pytest.mark.parametrize("after", ["//evil.example", "https://evil.example", "/\\evil.example", "x", "/\r\nx: y"])
def test_logging_in_leads_nowhere_else(guarded: TestClient, after: str) -> None:
    """The address that comes after is one here."""
    assert guarded.post("/login", data={"token": TOKEN, "next": after}).headers["location"] == "/"


def test_a_form_that_is_too_large(guarded: TestClient) -> None:
    """Nobody makes it read without end."""
    assert guarded.post("/login", content=b"x" * 5000).status_code == 413


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "",
        "127.0.0.1.evil.example",
        "a:b:c",
        "[",
        "[::1",
        "[::1]evil.example",
        "localhost:80/x",
        "localhost:80@evil.example",
        "localhost:x",
        "localhost?",
    ],
)
def test_names_that_lead_here(guarded: TestClient, host: str) -> None:
    """A page elsewhere may have its own name lead here: it reads nothing."""
    answer = guarded.get("/login", headers={"host": host})
    assert (answer.status_code, answer.json()["error"]["code"]) == (421, "wrong-host")


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8765", "127.0.0.1:8765", "[::1]:8765", "192.0.2.7", "explorer.example.org."]
)
def test_its_own_names(guarded: TestClient, host: str) -> None:
    """Those of this machine, numbers, and those it was told."""
    assert guarded.get("/login", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_what_would_write(explorer: TestClient, method: str) -> None:
    """It only reads."""
    answer = explorer.request(method, "/runs/last/snapshot.json")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_every_answer(explorer: TestClient) -> None:
    """Has the headers that keep a browser from more than it was asked for, and lets no other site read it."""
    for address in ("/", "/runs.json", "/nowhere", "/runs/last/snapshot", "/assets/page.js", "/openapi.json"):
        headers = explorer.get(address, headers={"origin": "https://evil.example"}).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert not [name for name in headers if name.startswith("access-control-")]


def test_a_page_brings_nothing_inline(explorer: TestClient) -> None:
    """All that is in it comes from here, and the same as JSON is named in it."""
    text = explorer.get("/runs/last/snapshot?at=end").text
    assert "<style" not in text
    assert text.count("<script") == text.count('<script src="/assets/page.js">') == 1
    assert '<link rel="alternate" type="application/json" href="/runs/last/snapshot.json?at=end">' in text


def test_addresses_that_are_too_long(explorer: TestClient) -> None:
    """Are not even looked at."""
    assert explorer.get("/runs.json?search=" + "x" * 5000).status_code == 414


def test_what_has_not_changed(explorer: TestClient) -> None:
    """Is not sent again; another question, or another run, has another tag."""
    tags = {}
    for address in (
        "/runs/last/snapshot.json",
        "/runs/last/snapshot.json?at=start",
        "/runs/3e/snapshot.json",
        "/assets/page.js",
    ):
        answer = explorer.get(address)
        tags[address] = answer.headers["etag"]
        again = explorer.get(address, headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert len(set(tags.values())) == len(tags)


def test_head(explorer: TestClient) -> None:
    """What is told of an answer without it."""
    answer = explorer.head("/runs/last/snapshot.json")
    assert (answer.status_code, answer.content) == (200, b"")
