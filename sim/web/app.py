"""The application: which address is answered by what."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from hashlib import sha256
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sim.report.json_form import Json, json_text
from sim.version import __version__
from sim.web import runs_view
from sim.web.asset import asset
from sim.web.guard import Guard, Keys, is_page, refusing
from sim.web.library import Chosen, Library
from sim.web.name import Name, host_of
from sim.web.openapi import openapi
from sim.web.question import question_of
from sim.web.refusal import Refusal, Why
from sim.web.shell import login_page, refusal_page, shell
from sim.web.stream import FOLLOWING, KIND, Streams, first_of
from sim.web.views import VIEWS

LOGIN_MAX = 4_000
"""How many bytes a form that logs in has at most."""

JSON = "application/json"

REPORT_POLICY = "frame-ancestors 'none'; sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""What the page of a report may do besides what it says itself: nothing with what else comes from here."""


class Explorer:
    """Answers requests about the runs of a library; `streams` are what it sends as it comes."""

    def __init__(self, library: Library, keys: Keys) -> None:
        self._library = library
        self._keys = keys
        self.streams = Streams(library)
        self._by_tls: set[str] = set()

    def app(self, names: Sequence[Name]) -> Guard:
        """It as an application, under these names besides localhost and numbers."""
        self._by_tls = {name.host for name in names if name.by_tls}
        handlers = {
            Refusal: self._refused,
            HTTPException: self._missed,
            ClientDisconnect: self._left,
            Exception: self._failed,
        }
        app = Starlette(routes=[*self._routes()], exception_handlers=handlers)
        app.router.redirect_slashes = False  # an address is answered, or it is not
        return Guard(app, self._keys, (name.host for name in names))

    def _routes(self) -> Iterable[Route]:
        yield Route("/login", self.login, methods=["GET", "POST"])
        yield Route("/openapi.json", self.openapi)
        yield Route("/assets/{name}", self.asset)
        yield Route("/runs.json", self.runs)
        yield Route("/events", self.events)
        yield Route("/", self.page)
        yield Route("/runs/{run}.json", self.run)
        for view in VIEWS.values():
            yield Route(f"/runs/{{run}}/{view.name}.json", self.view, name=view.name)
            if view.shown:
                yield Route(f"/runs/{{run}}/{view.name}", self.page)
        yield Route("/runs/{run}/album.json", self.album)
        yield Route("/runs/{run}/pictures/{number:int}.json", self.picture)
        yield Route("/runs/{run}/report", self.report)
        yield Route("/runs/{run}/events", self.run_events)
        yield Route("/runs/{run}", self.page)

    async def runs(self, request: Request) -> Response:
        """The runs of the log."""
        question = question_of(runs_view.RUNS, request.query_params.multi_items())
        return _json(runs_view.runs(await self._library.watch.now(), question))

    async def run(self, request: Request) -> Response:
        """What a run is."""
        question_of((), request.query_params.multi_items())
        held = await self._library.watch.now()
        info = held.run(request.path_params["run"])
        return _json(runs_view.run(held, info.run, await self._library.opened(info)))

    async def view(self, request: Request) -> Response:
        """What a view says."""
        view = VIEWS[request.scope["path"].rpartition("/")[2].removesuffix(".json")]
        question = question_of(view.parameters, request.query_params.multi_items())
        chosen = await self._library.chosen(request.path_params["run"])
        if "with" in question.values:
            other = await self._library.chosen(question.one("with") or "")
            tag = _tag(chosen, view.name, question.key, other.info.run, other.info.head)
        else:
            tag = _tag(chosen, view.name, question.key)
        return await _unless_known(request, tag, lambda: self._library.answer(chosen, view, question), JSON)

    async def album(self, request: Request) -> Response:
        """The album of a run with its first picture alone."""
        return await self._part(request, 0)

    async def picture(self, request: Request) -> Response:
        """A picture of a run's album."""
        return await self._part(request, 1 + int(request.path_params["number"]))

    async def report(self, request: Request) -> Response:
        """The page that `report` writes, which says itself what it may do."""
        question_of((), request.query_params.multi_items())
        chosen = await self._library.chosen(request.path_params["run"])
        response = await _unless_known(
            request, _tag(chosen, "report"), lambda: self._library.report(chosen), "text/html; charset=utf-8"
        )
        response.headers["content-security-policy"] = REPORT_POLICY
        return response

    async def page(self, request: Request) -> Response:
        """A page for people; what is in it, its program asks for."""
        path, run = request.url.path, request.path_params.get("run")
        if run is not None:
            info = (await self._library.watch.now()).run(run)
            title = info.title or info.run
        else:
            title = (await self._library.watch.now()).url
        beside = f"{path}.json" if run is not None else "/runs.json"
        query = f"?{request.url.query}" if request.url.query else ""
        return _html(shell(title, beside + query))

    async def events(self, request: Request) -> Response:
        """The runs of the log as they begin, grow and end."""
        question_of((), request.query_params.multi_items())
        return self._stream(request, self.streams.runs())

    async def run_events(self, request: Request) -> Response:
        """The records of a run as they are written."""
        question = question_of(FOLLOWING, request.query_params.multi_items())
        first = first_of(question, request.headers.get("last-event-id", "").strip())
        info = (await self._library.watch.now()).run(request.path_params["run"])
        return self._stream(request, self.streams.run(info.run, first))

    async def asset(self, request: Request) -> Response:
        """A file of the page's own."""
        found = asset(request.path_params["name"])
        if found is None:
            raise Refusal(Why.NOT_FOUND, "there is no such file")
        packed = "gzip" in request.headers.get("accept-encoding", "")
        headers = {"cache-control": "no-cache", "etag": found.tag, "vary": "Accept-Encoding"}
        if found.tag in request.headers.get("if-none-match", ""):
            return Response(None, 304, headers)
        if packed:
            headers["content-encoding"] = "gzip"
        return Response(found.packed if packed else found.plain, 200, headers, found.kind)

    async def openapi(self, request: Request) -> Response:
        """The description of all this."""
        return _json(openapi())

    async def login(self, request: Request) -> Response:
        """The way in: a cookie for who has the token."""
        if request.method != "POST":
            return _html(login_page(_safe(request.query_params.get("next", "/"))))
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LOGIN_MAX:
                raise Refusal(Why.TOO_LARGE, f"the form has more than {LOGIN_MAX:,} bytes")
        form = parse_qs(body.decode("utf-8", "replace"))
        after = _safe(form.get("next", ["/"])[0])
        if not self._keys.fits(form.get("token", [""])[0]):
            return _html(login_page(after, wrong=True), 401)
        response = RedirectResponse(after, 303)
        secure = host_of(request.headers["host"]) in self._by_tls
        response.set_cookie(self._keys.name, self._keys.cookie, httponly=True, samesite="lax", secure=secure)
        return response

    async def _part(self, request: Request, number: int) -> Response:
        question_of((), request.query_params.multi_items())
        chosen = await self._library.chosen(request.path_params["run"])

        async def part() -> bytes:
            parts = await self._library.album(chosen)
            if number >= len(parts):
                raise Refusal(Why.NOT_FOUND, f"the album has {len(parts) - 1} pictures", "They are counted from 0.")
            return parts[number]

        return await _unless_known(request, _tag(chosen, "album", number), part, JSON)

    def _stream(self, request: Request, messages: AsyncIterator[str]) -> Response:
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        if request.method == "HEAD":
            return Response(None, 200, headers, KIND)
        return self.streams.open(messages, headers)

    async def _refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        return self._answer(request, error)

    async def _missed(self, request: Request, error: Exception) -> Response:
        return self._answer(request, Refusal(Why.NOT_FOUND, "there is nothing at this address", "See /openapi.json."))

    async def _left(self, request: Request, error: Exception) -> Response:
        """What nobody reads: who asked has left before all was asked."""
        return Response(None, Why.BAD_QUESTION.status)

    async def _failed(self, request: Request, error: Exception) -> Response:
        return self._answer(
            request, Refusal(Why.OUR_BUG, f"a bug of ours: {type(error).__name__}", "Please report it.")
        )

    def _answer(self, request: Request, refusal: Refusal) -> Response:
        """Why there is no answer: as a page where a page was asked for."""
        response = refusing(refusal)
        if is_page(request.scope):
            return _html(refusal_page(refusal), refusal.why.status)
        return response


def _safe(after: str) -> str:
    """An address here that one may be sent on to; the first page for any other."""
    here = after.startswith("/") and not after.startswith(("//", "/\\")) and after.isprintable() and after.isascii()
    return after if here else "/"


async def _unless_known(request: Request, tag: str, answer: Callable[[], Awaitable[bytes]], kind: str) -> Response:
    """What is answered, unless who asks has it already."""
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(None, 304, headers)
    return Response(await answer(), 200, headers, kind)


def _tag(chosen: Chosen, *what: object) -> str:
    text = repr((chosen.info.run, chosen.info.head, __version__, chosen.log.url, what))
    return f'"{sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]}"'


def _json(form: Json) -> Response:
    return Response(json_text(form).encode("utf-8", "backslashreplace"), media_type=JSON)


def _html(text: str, status: int = 200) -> Response:
    return Response(text.encode("utf-8", "backslashreplace"), status, media_type="text/html; charset=utf-8")
