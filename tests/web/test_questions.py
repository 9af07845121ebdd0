"""Whatever is asked, the answer is one of those that are described: never a fault of ours."""

from urllib.parse import quote, urlencode

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from sim.web.schemas import ERROR
from sim.web.views import VIEWS

NAMES = sorted({parameter.name for view in VIEWS.values() for parameter in view.parameters} | {"x", "after", ""})

WORDS = st.sampled_from(
    [
        "end", "start", "2022-02-06", "D+3", "D+999999", "9999-12-31", "0001-01-01T00:00", "2022-02-30", "1", "0", "-1",
        "1000", "999999999999", "1e3", "pl", "PL", "unstated", "in-transit", "place,readiness", "place,,", ",", "true",
        "troops", "82nd-abn", "last", "contradicted", "\x00", "\ud800".encode("utf-8", "replace").decode(), "é",
        "' OR 1=1 --", "<script>", "../../etc/passwd", "%00", "a" * 401, "\N{RIGHT-TO-LEFT OVERRIDE}", "\r\nX: y",
        "\u0661",
    ]
)  # fmt: skip

QUERIES = st.lists(st.tuples(st.sampled_from(NAMES), st.one_of(WORDS, st.text(max_size=20))), max_size=5)

HARD = ("%2e%2e%2f", "\x00", "é", "a" * 500, "' OR 1=1 --", "<b>", "last/../../x", "b1%2Fsnapshot", "\r\n", "*", "%")


def _check(status: int, text: str, body: object) -> None:
    assert status in {200, 400, 404, 409, 413, 414, 503}, (status, text)
    if status != 200:
        Draft202012Validator(ERROR).validate(body)


@given(view=st.sampled_from(sorted(VIEWS)), query=QUERIES)
def test_any_query(explorer: TestClient, view: str, query: list[tuple[str, str]]) -> None:
    """Parameters that go together and that do not, with values that they take and that they do not."""
    run = explorer.get("/runs.json").json()["runs"][1]["run"]
    text = urlencode([(name, value.encode("utf-8", "replace")) for name, value in query])
    answer = explorer.get(f"/runs/{run}/{view}.json?{text}")
    _check(answer.status_code, text, answer.json())


@given(raw=st.binary(max_size=40))
def test_any_bytes(explorer: TestClient, raw: bytes) -> None:
    """Of a query that is not even text."""
    query = "&".join(quote(part) for part in raw.decode("latin-1").split("&")).replace("%25", "%").replace("%3D", "=")
    for address in ("/runs/last/snapshot.json", "/runs.json", "/runs/last.json"):
        answer = explorer.get(f"{address}?{query}")
        _check(answer.status_code, query, answer.json())


def test_hostile_paths(explorer: TestClient) -> None:
    """Of runs, views, pictures and files: found, or not, as any other."""
    for word in HARD:
        for path in ("/runs/{}.json", "/runs/{}/snapshot.json", "/runs/last/{}.json", "/runs/last/pictures/{}.json"):
            answer = explorer.get(path.format(quote(word, safe="%")))
            _check(answer.status_code, word, answer.json())
        answer = explorer.get(f"/assets/{quote(word, safe='%')}")
        assert answer.status_code == 404, word


def test_pages_say_no_more_than_was_asked(explorer: TestClient) -> None:
    """What stands in an address cannot become part of a page."""
    headers = {"accept": "text/html"}
    hostile = '"><script>alert(1)</script>'
    for address in (
        f"/runs/last/snapshot?at={quote(hostile)}",
        f"/runs/{quote(hostile)}",
        f"/login?next=/{quote(hostile)}",
    ):
        text = explorer.get(address, headers=headers).text
        assert "<script>alert" not in text
        assert text.startswith("<!doctype html>")


def test_errors_as_pages_for_people(explorer: TestClient) -> None:
    """Where a page was asked for, the error is one."""
    answer = explorer.get("/runs/zzz", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<p>The log holds no run &#x27;zzz&#x27;.</p>" in answer.text
