"""The guard: what holds of every request and every answer, whatever it is about."""

import hmac
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.web.name import host_of
from sim.web.refusal import Refusal, Why

ADDRESS_MAX = 4_000
"""How long an address is at most, in bytes."""

COOKIE = "sim_explorer"
"""What the cookie is called that is given for the token; see `Keys`."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""What a page may do: run and draw what comes from here, ask here, and nothing else."""

HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

_OPEN = ("/login", "/assets/")
"""What needs no token: the way in, and the program's own files."""


class Keys:
    """Knows who may read: who has the token, or a cookie that was given for it; everybody where there is no token.

    Browsers send a cookie to every port of a host: explorers there call it by their own `name`.
    """

    def __init__(self, token: str | None, name: str = COOKIE) -> None:
        self.name = name
        self._token = None if token is None else token.encode()
        self.cookie = hmac.digest(secrets.token_bytes(32), b"reader", "sha256").hex()

    def fits(self, token: str) -> bool:
        """Whether this is the token; it takes as long to see that it is not, wherever it differs."""
        return self._token is None or hmac.compare_digest(token.encode("utf-8", "replace"), self._token)

    def admits(self, headers: Headers) -> bool:
        """Whether a request with these headers may read."""
        if self._token is None:
            return True
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.fits(token.strip()):
            return True
        return hmac.compare_digest(_cookie(headers, self.name).encode(), self.cookie.encode())


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return "" if found is None else found.value


class Guard:
    """Lets through what reads, under a name that this explorer answers to, by who may.

    A page elsewhere can have its own name lead here, and then read what it likes in its visitor's browser: so names are
    checked. Numbers lead nowhere else.
    """

    def __init__(self, app: ASGIApp, keys: Keys, hosts: Iterable[str]) -> None:
        self._app = app
        self._keys = keys
        self._hosts = {"localhost", *hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        try:
            self._check(scope)
            await self._app(scope, receive, sent)
        except Refusal as refusal:
            if begun:
                raise
            await _instead(scope, refusal)(scope, receive, sent)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if len(scope["raw_path"]) + len(scope["query_string"]) > ADDRESS_MAX:
            raise Refusal(Why.TOO_LONG, f"the address is longer than {ADDRESS_MAX:,} bytes")
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            raise Refusal(
                Why.WRONG_HOST, "this explorer does not answer to that name", "Name it where it is started: --name."
            )
        path = scope["path"]
        if scope["method"] not in {"GET", "HEAD"} and (scope["method"], path) != ("POST", "/login"):
            raise Refusal(Why.READ_ONLY, "the explorer only reads", "Ask with GET.")
        if not path.startswith(_OPEN) and not self._keys.admits(headers):
            raise Refusal(
                Why.NO_TOKEN, "a token is needed", "Send it as Authorization: Bearer TOKEN, or log in at /login."
            )

    def _is_ours(self, host: str) -> bool:
        found = host_of(host)
        return found is not None and (found in self._hosts or _is_number(found))


def _is_number(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def is_page(scope: Scope) -> bool:
    """Whether a page for people is asked for, rather than data."""
    accepted = Headers(scope=scope).get("accept", "")
    return not scope["path"].endswith((".json", "/events")) and "text/html" in accepted


def _instead(scope: Scope, refusal: Refusal) -> Response:
    """What is answered instead: people are shown the way in."""
    if refusal.why is not Why.NO_TOKEN or not is_page(scope):
        return refusing(refusal)
    asked = quote(scope["path"]) + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    return RedirectResponse(f"/login?{urlencode({'next': asked})}", 303)


def refusing(refusal: Refusal) -> Response:
    """The answer that says why there is none, as JSON."""
    headers = {} if refusal.retry is None else {"retry-after": str(refusal.retry)}
    if refusal.why is Why.NO_TOKEN:
        headers["www-authenticate"] = "Bearer"
    if refusal.why is Why.READ_ONLY:
        headers["allow"] = "GET, HEAD"
    body = refusal.body.encode("utf-8", "backslashreplace")
    return Response(body, refusal.why.status, headers, "application/json")
