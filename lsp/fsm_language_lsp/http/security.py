"""Who may ask: every request passes here, HTTP and WebSocket, before anything of it is read."""

import hmac
from collections.abc import Iterator
from urllib.parse import quote_from_bytes, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fsm_language_lsp.http.limits import Pace
from fsm_language_lsp.http.options import Options
from fsm_language_lsp.http.problem import Problem

# what anybody may see who reaches the service: no note and no rule of a council's own goes through these
OPEN = frozenset({"/", "/health", "/openapi.json", "/v2/healthcheck"})
OPEN_FOLDERS = ("/static/", "/component/")
KEY = "/key/"  # the token as the beginning of a path, for clients that take nothing but an address
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
METHODS = "GET, HEAD, POST, OPTIONS"
PREFLIGHT_SECONDS = "600"
ASCII = bytes(range(128))
REFUSED = 1008  # how a WebSocket is closed that breaks a rule


class Gate:
    """Lets a request through to `app`, or says why not, and sees to the headers of every answer."""

    def __init__(self, app: ASGIApp, options: Options) -> None:
        """Guard `app` as `options` say."""
        self._app = app
        self._options = options
        self._pace = Pace(options.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            self._check_host(headers)
            origin = self._checked_origin(headers)
            if scope["type"] == "http" and scope["method"] == "OPTIONS":
                await Response(None, 204, _preflight(headers))(scope, receive, self._marked(send, origin))
                return
            if not _is_open(scope["path"]):
                self._pace.count(scope["client"][0] if scope["client"] else "")
            inside = self._checked_token(scope, headers)
        except Problem as problem:
            await self._refuse(problem, scope, receive, send)
            return
        await self._app(_escaped(inside), receive, self._marked(send, origin))

    async def _refuse(self, problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": REFUSED, "reason": problem.sentence})
            return
        answer = JSONResponse(problem.content, problem.status, problem.headers)
        await answer(scope, receive, self._marked(send, None))

    def _check_host(self, headers: Headers) -> None:
        """Refuse a name that is not ours: a page whose own name was made to point here would send that."""
        given = headers.getlist("host")
        if len(given) != 1 or _name(given[0]) not in self._options.hosts:
            raise Problem(421, "This service does not answer to that name. Names are added with --name.")

    def _checked_origin(self, headers: Headers) -> str | None:
        """Return the page elsewhere that asks and may, None when no other page asks."""
        origin = headers.get("origin")
        if origin is None:
            # an image or a script of another page sends no origin, but browsers say that it is another's
            strange = headers.get("sec-fetch-site") in ("cross-site", "same-site")
            if strange and headers.get("sec-fetch-mode") != "navigate":
                raise Problem(403, "A page from elsewhere may not ask this. Pages are let in with --origin.")
            return None
        host = headers["host"]
        if origin in (f"http://{host}", f"https://{host}"):
            return None
        if origin in self._options.origins or f"{urlsplit(origin).scheme}://" in self._options.origins:
            return origin
        raise Problem(403, "That page may not ask this service. Pages are let in with --origin.")

    def _checked_token(self, scope: Scope, headers: Headers) -> Scope:
        """Return the request with the token taken out of its path. Raises `Problem` when it is needed and not there."""
        path: str = scope["path"]
        given = ""
        if path.startswith(KEY):
            given, _, rest = path.removeprefix(KEY).partition("/")
            path = "/" + rest
            scope = {**scope, "path": path, "raw_path": path.encode()}
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            given = shown.strip()
        token = self._options.token
        if not token or _is_open(path):
            return scope
        if not hmac.compare_digest(given.encode(), token.encode()):
            raise Problem(401, "This service asks for a token.", {"WWW-Authenticate": "Bearer"})
        return scope

    def _marked(self, send: Send, origin: str | None) -> Send:
        """Return `send` with the headers that every answer has."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (*HEADERS.items(), *_for(origin)):
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
                headers.add_vary_header("Origin")
            await send(message)

        return marked


def _escaped(scope: Scope) -> Scope:
    """Return a request whose query is ASCII, as the standard has it: some servers let other bytes through."""
    query = scope["query_string"]
    return scope if query.isascii() else {**scope, "query_string": quote_from_bytes(query, safe=ASCII).encode()}


def _is_open(path: str) -> bool:
    return path in OPEN or path.startswith(OPEN_FOLDERS)


def _name(host: str) -> str:
    """Return the name in a `Host` header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _for(origin: str | None) -> Iterator[tuple[str, str]]:
    if origin is not None:
        yield "Access-Control-Allow-Origin", origin


def _preflight(headers: Headers) -> dict[str, str]:
    """Return what a browser wants to know before a page from elsewhere may ask."""
    answer = {}
    if "origin" in headers:
        answer = {"Access-Control-Allow-Methods": METHODS, "Access-Control-Max-Age": PREFLIGHT_SECONDS}
        if "access-control-request-headers" in headers:
            answer["Access-Control-Allow-Headers"] = headers["access-control-request-headers"]
        if headers.get("access-control-request-private-network") == "true":
            answer["Access-Control-Allow-Private-Network"] = "true"
    return answer
