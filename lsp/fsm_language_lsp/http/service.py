"""The service: which path answers what."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import yaml
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from fsm_language import Pack, __version__, load
from fsm_language.configuration import Configuration
from fsm_language_lsp.connection.server import create
from fsm_language_lsp.engine import Engine
from fsm_language_lsp.http import check
from fsm_language_lsp.http.check import JSON
from fsm_language_lsp.http.languagetool.paths import LanguageTool, plainly
from fsm_language_lsp.http.options import Options
from fsm_language_lsp.http.problem import Problem
from fsm_language_lsp.http.request import body, too_long
from fsm_language_lsp.http.rulebook import Rulebook
from fsm_language_lsp.http.security import Gate
from fsm_language_lsp.http.websocket import converse
from fsm_language_lsp.http.workers import Workers

DESCRIPTION = Path(__file__).parent / "openapi.yaml"
PAGE = Path(__file__).parents[1] / "page"
COMPONENT = Path(__file__).parents[1] / "component"
WORKBENCH = Path(__file__).parents[3] / "editors/web/component"  # where the component is before it is packed


class Service:
    """What the paths of one service share."""

    def __init__(self, options: Options, ready: Callable[[], None] = lambda: None) -> None:
        """Serve as `options` say; nothing is started yet. `ready` is called once it is."""
        self.options = options
        self.ready = ready
        self.failure: Exception | None = None
        self.workers = Workers(options)
        self.rulebook = Rulebook(options, self.workers, lambda: self.pack)
        self.languagetool = LanguageTool(options, self.workers, lambda: self.pack)

    @cached_property
    def engine(self) -> Engine:
        """What checks for the language server, which lives in this process."""
        return Engine()

    @cached_property
    def pack(self) -> Pack:
        """The rules that are served."""
        return load(self.options.settings.packs)

    def app(self) -> Starlette:
        """Return the application."""
        return Starlette(
            routes=[
                Route("/", self.page),
                Route("/health", self.health),
                Route("/openapi.json", self.openapi),
                Route("/check", self.check, methods=["GET", "POST"]),
                *self.rulebook.routes(),
                *self.languagetool.routes(),
                WebSocketRoute("/lsp", self.lsp),
                Mount("/component", StaticFiles(directory=COMPONENT if COMPONENT.is_dir() else WORKBENCH)),
                Mount("/static", StaticFiles(directory=PAGE / "static", check_dir=False)),
            ],
            middleware=[Middleware(Gate, options=self.options)],
            exception_handlers={Problem: _problem, HTTPException: _missing, Exception: _fault},
            lifespan=self._running,
        )

    @asynccontextmanager
    async def _running(self, _app: Starlette) -> AsyncIterator[None]:
        try:
            await self.workers.start()
        except Exception as error:
            self.failure = error  # uvicorn would only log it
            raise
        self.ready()
        yield
        await self.workers.stop()

    async def page(self, _request: Request) -> Response:
        """Return the page at `/`."""
        return FileResponse(PAGE / "index.html")

    async def health(self, _request: Request) -> Response:
        """Say that the service is there."""
        return JSONResponse({"status": "ok", "version": __version__})

    async def openapi(self, _request: Request) -> Response:
        """Describe the service for programs that write clients."""
        return JSONResponse(described())

    async def check(self, request: Request) -> Response:
        """Answer `POST /check`."""
        content = await body(request, self.options)
        if request.method == "GET":
            return await self._languagetool(request, b"")
        is_json = content.lstrip().startswith(b"{") or request.headers.get("content-type", "").startswith(JSON)
        if not is_json and (content or request.scope["query_string"]):
            return await self._languagetool(request, content)
        question = check.question(content)
        if len(question.text) > self.options.most_text:
            raise too_long(self.options)
        return Response(await self.workers.do(check.answer, question), media_type=JSON)

    async def _languagetool(self, request: Request, content: bytes) -> Response:
        """Answer a client of LanguageTool's whose address has no `/v2`."""
        return await plainly(partial(self.languagetool.check, content=content))(request)

    async def lsp(self, websocket: WebSocket) -> None:
        """Be a language server to whoever has connected."""
        await converse(websocket, create(self.engine, Configuration(self.options.settings), self.options.most_text))


@cache
def described() -> dict[str, Any]:
    """Return the OpenAPI document."""
    content: dict[str, Any] = yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8"))
    content["info"]["version"] = __version__
    return content


def _problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  # as registered
    return JSONResponse(error.content, error.status, error.headers)


def _missing(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # as registered
    sentence = {404: "There is nothing at that path.", 405: "That path does not take this method."}
    return JSONResponse({"error": sentence.get(error.status_code, error.detail)}, error.status_code, error.headers)


def _fault(_request: Request, error: Exception) -> Response:
    sentence = f"Something went wrong in fsm-language itself ({type(error).__name__}). Please tell its makers."
    return JSONResponse({"error": sentence}, 500)
