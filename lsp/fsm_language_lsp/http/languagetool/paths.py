"""The paths of LanguageTool's protocol, with and without `/v2`: some clients add it, some want it in the address."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from fsm_language import Pack
from fsm_language_lsp.http.check import JSON
from fsm_language_lsp.http.languagetool.answer import SOFTWARE, answer, rule
from fsm_language_lsp.http.languagetool.asked import Parameters, asked, parameters
from fsm_language_lsp.http.languagetool.categories import ISSUE_TYPE
from fsm_language_lsp.http.languagetool.memory import Memory
from fsm_language_lsp.http.options import Options
from fsm_language_lsp.http.problem import Problem
from fsm_language_lsp.http.request import body, too_long
from fsm_language_lsp.http.workers import Workers

Answer = Callable[[Request], Awaitable[Response]]
LONGEST_NAME = 200
LONGEST_NUMBER = 9
LONGEST_WORD = 60
PREFIXES = ("/v2", "/v2/v2", "")
# all served by the same rules; clients offer no checker for a language that is not listed
LANGUAGES = {
    "en": "English",
    "en-GB": "English (GB)",
    "en-AU": "English (Australian)",
    "en-CA": "English (Canadian)",
    "en-IE": "English (Irish)",
    "en-NZ": "English (New Zealand)",
    "en-US": "English (US)",
    "en-ZA": "English (South African)",
}


class LanguageTool:
    """The protocol for one service."""

    def __init__(self, options: Options, workers: Workers, pack: Callable[[], Pack]) -> None:
        """Check with `workers`; `pack` tells the rules."""
        self._options = options
        self._workers = workers
        self._pack = pack
        self._explained = Memory()
        self._added = Memory()

    def routes(self) -> Iterator[Route]:
        """Yield the paths and what answers them; `/check` by itself is the service's own."""
        answers: dict[str, tuple[Answer, tuple[str, ...]]] = {
            "check": (self._check, ("GET", "POST")),
            "check/check": (self._check, ("GET", "POST")),
            "languages": (self._languages, ("GET",)),
            "maxtextlength": (self._most_text, ("GET",)),
            "configinfo": (self._configuration, ("GET",)),
            "info": (self._info, ("GET",)),
            "healthcheck": (self._health, ("GET",)),
            "words": (self._words, ("GET",)),
            "words/add": (self._add_word, ("POST",)),
            "words/delete": (self._delete_word, ("POST",)),
        }
        for prefix in PREFIXES:
            for name, (answers_it, methods) in answers.items():
                if (prefix, name) != ("", "check"):
                    yield Route(f"{prefix}/{name}", plainly(answers_it), methods=list(methods))

    async def _check(self, request: Request) -> Response:
        return await self.check(request, await body(request, self._options))

    async def check(self, request: Request, content: bytes) -> Response:
        """Answer a request to check a note, whose body was read already. Raises `Problem`."""
        given = parameters(request.url.query, content)
        wanted = asked(given)
        if max(len(wanted.source), len(wanted.prose.text)) > self._options.most_text:
            raise too_long(self._options)
        client = _client(request, given)
        explained = self._explained if _sends_paragraphs(request, given) else Memory()
        known = self._added.known(client) | explained.known(client)
        content, learned = await self._workers.do(answer, replace(wanted, known=known))
        explained.learn(client, learned)
        return Response(content, media_type=JSON)

    async def _given(self, request: Request) -> dict[str, str]:
        return parameters(request.url.query, await body(request, self._options))

    async def _languages(self, _request: Request) -> Response:
        return JSONResponse([{"name": name, "code": "en", "longCode": code} for code, name in LANGUAGES.items()])

    async def _most_text(self, _request: Request) -> Response:
        return PlainTextResponse(str(self._options.most_text))

    async def _info(self, _request: Request) -> Response:
        return JSONResponse({"software": SOFTWARE})

    async def _health(self, _request: Request) -> Response:
        if self._workers.full:
            raise Problem(503, "too many notes are waiting")
        return PlainTextResponse("OK")

    async def _configuration(self, _request: Request) -> Response:
        rules = []
        for known in self._pack().rules:
            told = rule(known, known.category)
            rules.append(
                {
                    "ruleId": known.id,
                    "description": known.message,
                    "isDictionaryBasedSpellingRule": False,
                    "isOffByDefault": not known.enabled,
                    "isOfficeDefaultOff": not known.enabled,
                    "isOfficeDefaultOn": known.enabled,
                    "categoryId": told["category"]["id"],
                    "categoryName": told["category"]["name"],
                    "locQualityIssueType": ISSUE_TYPE,
                }
            )
        parameter = {"maxTextLength": self._options.most_text}
        return JSONResponse({"software": SOFTWARE, "parameter": parameter, "rules": rules})

    async def _words(self, request: Request) -> Response:
        given = await self._given(request)
        words = sorted(self._added.known(_client(request, given)))
        start, size = (_number(given.get(key, ""), otherwise) for key, otherwise in (("offset", 0), ("limit", 10)))
        return JSONResponse({"words": words[start : start + size]})

    async def _add_word(self, request: Request) -> Response:
        given = await self._given(request)
        self._added.learn(_client(request, given), [_word(given)])
        return JSONResponse({"added": True})

    async def _delete_word(self, request: Request) -> Response:
        given = await self._given(request)
        return JSONResponse({"deleted": self._added.unlearn(_client(request, given), _word(given))})


def plainly(answers_it: Answer) -> Answer:
    """Return `answers_it`, saying what cannot be done as LanguageTool does: in plain text."""

    async def answered(request: Request) -> Response:
        try:
            return await answers_it(request)
        except Problem as problem:
            return PlainTextResponse(f"Error: {problem.sentence}", problem.status, problem.headers)

    return answered


def _client(request: Request, given: Parameters) -> str:
    """Return what tells one client from another: where it is, and who or what it says it is."""
    address = request.client.host if request.client else ""
    return "\n".join([address, given.get("username", "") or request.headers.get("user-agent", "")])[:LONGEST_NAME]


def _sends_paragraphs(request: Request, given: Parameters) -> bool:
    """Whether a client sends one paragraph at a time: LibreOffice does, and does not say who it is."""
    program = request.headers.get("user-agent", "LibreOffice")
    return "LibreOffice" in program and "text" in given and "textSessionId" not in given


def _number(given: str, otherwise: int) -> int:
    return int(given) if given.isdecimal() and len(given) < LONGEST_NUMBER else otherwise


def _word(given: Parameters) -> str:
    """Return the word to add or to take away. Raises `Problem`."""
    word = given.get("word", "").strip()
    if not word or len(word) > LONGEST_WORD or not word.isprintable() or " " in word:
        raise Problem(400, "Missing 'word' parameter, one word without spaces")
    return word
