"""The rules and the glossary to read, and a place to try a rule before it goes into a pack."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fsm_language import Linter, Pack, Rule, RuleError, Settings
from fsm_language.draft import trial
from fsm_language.examples import prove
from fsm_language.formats.jsonl import cited, record
from fsm_language.glossary import Acronym
from fsm_language.nearest import nearest
from fsm_language.wording import readable
from fsm_language_lsp.http.check import JSON, UNIT, Question, as_json
from fsm_language_lsp.http.linters import NAME, Linters
from fsm_language_lsp.http.options import Options
from fsm_language_lsp.http.problem import Problem
from fsm_language_lsp.http.request import body, fields, json_object, text, whole
from fsm_language_lsp.http.workers import Workers

FILE = Path("rule.yaml")  # what errors call a rule that is tried
MOST_RULES = 20
LONGEST = 20_000  # characters of a rule or a note to try
LONGEST_WORD = 100
KEYS = {"rule": text, "text": text, "unit": UNIT}


class Rulebook:
    """The rules of one service."""

    def __init__(self, options: Options, workers: Workers, pack: Callable[[], Pack]) -> None:
        """Show what `pack` holds; rules are tried by `workers`."""
        self._options = options
        self._workers = workers
        self._pack = pack

    def routes(self) -> Iterator[Route]:
        """Yield the paths and what answers them."""
        yield Route("/rules", self._rules)
        yield Route("/rules/try", self._try, methods=["POST"])
        yield Route("/rules/{id}", self._rule)
        yield Route("/glossary", self._glossary)

    async def _rules(self, _request: Request) -> Response:
        return JSONResponse({"rules": [told(rule) for rule in self._pack().rules]})

    async def _rule(self, request: Request) -> Response:
        rules = {rule.id: rule for rule in self._pack().rules}
        wanted = request.path_params["id"]
        if wanted == "try":
            raise Problem(405, "That path does not take this method.", {"Allow": "POST"})
        if wanted not in rules:
            raise Problem(404, f"There is no rule of that name{nearest(wanted[:LONGEST_WORD], rules)}")
        return JSONResponse(told(rules[wanted]))

    async def _glossary(self, request: Request) -> Response:
        word = request.query_params.get("q", "")
        if len(word) > LONGEST_WORD:
            raise Problem(400, f"“q” is too long: {LONGEST_WORD} characters is the most.")
        found = looked_up(self._pack(), word)
        return JSONResponse({"acronyms": [_acronym(acronym) for acronym in found]})

    async def _try(self, request: Request) -> Response:
        if not self._options.private:
            raise Problem(403, "Rules can be tried only at this machine itself, or with a token.")
        given = fields(json_object(await body(request, self._options)), KEYS)
        if not {"rule", "text"} <= given.keys():
            raise Problem(400, "The request needs “rule”, a rule file in YAML, and “text”, the note to try it on.")
        if max(len(given["rule"]), len(given["text"])) > LONGEST:
            raise Problem(413, f"To try a rule, {LONGEST:,} characters of it and of the note are the most.")
        question = Question(whole(given["text"]), given.get("unit", "code-points"))
        return Response(await self._workers.do(tried, (given["rule"], question)), media_type=JSON)


def told(rule: Rule) -> dict[str, Any]:
    """Return a rule as a reader meets it."""
    return {
        "id": rule.id,
        "category": rule.category,
        "topic": rule.topic,
        "level": rule.level,
        "enabled": rule.enabled,
        "principle": rule.principle,
        "tags": list(rule.tags),
        "message": rule.message,
        "why": rule.why,
        "sources": [cited(source) for source in rule.sources],
        "phrases": list(rule.phrases),
        "suggest": [readable(template) for template in rule.suggest],
        "ask": list(rule.ask),
        "examples": [asdict(example) for example in rule.examples],
    }


def looked_up(pack: Pack, word: str) -> list[Acronym]:
    """Return the acronyms that are written like `word`, then those whose meaning holds it; all of them for nothing."""
    exact = pack.glossary.find(word) if word else None
    wanted = word.casefold()
    holding = [
        acronym
        for acronym in pack.glossary
        if acronym is not exact and any(wanted in said.casefold() for said in (acronym.acronym, *acronym.expansions))
    ]
    return [exact, *holding] if exact else holding


def _acronym(acronym: Acronym) -> dict[str, Any]:
    return {
        "acronym": acronym.acronym,
        "expansions": list(acronym.expansions),
        "plain": acronym.plain,
        "ambiguous": acronym.ambiguous,
        "common": acronym.common,
    }


def tried(linters: Linters, given: tuple[str, Question]) -> bytes:
    """Return what the rules of a file find in a note, and which of their own examples do not hold."""
    source, asked = given
    linter = _trial(linters.get(), source)
    report = linter.check(asked.text, NAME)
    failures = [failure for rule in linter.rules for failure in prove(rule, linter)]
    return as_json({**record(report, asked.unit, reasons=True), "unit": asked.unit, "examples": failures})


def _trial(known: Linter, source: str) -> Linter:
    """Return a linter with the rules of a file alone. Raises `Problem`."""
    try:
        pack = trial(source, FILE, known.pack)
    except RuleError as error:
        raise Problem(400, str(error), line=error.line) from None
    if not pack.rules:
        raise Problem(400, "There is no rule in it: write one under “rules:”.")
    if len(pack.rules) > MOST_RULES:
        raise Problem(400, f"No more than {MOST_RULES} rules can be tried at a time.")
    settings = Settings(select=tuple(rule.id for rule in pack.rules), model=known.settings.model)
    linter = Linter(settings, pack)
    linter.parser, linter.tone = known.parser, known.tone
    return linter
