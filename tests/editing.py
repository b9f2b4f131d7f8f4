"""An editor for tests: it opens notes, types, asks, and waits for answers, over a channel of whole messages."""

import asyncio
import json
from contextlib import asynccontextmanager

from fsm_language_lsp.connection.server import create
from fsm_language_lsp.connection.transport import talk

SECONDS = 180
QUICK = {"contextual": False, "tone": False}


class Refused(Exception):  # noqa: N818  # the server's answer
    def __init__(self, error):
        super().__init__(error["message"])
        self.code = error["code"]


class Editor:
    """What the server has said is in `heard`; `settings` is what it gets when it asks for them."""

    def __init__(self, settings=None):
        self.settings = settings
        self.heard = []
        self.notes = {}
        self.result = None
        self._number = 0
        self._sent = asyncio.Queue()
        self._news = asyncio.Event()

    async def receive(self):
        return await self._sent.get()

    async def send(self, message):
        said = json.loads(message)
        self.heard.append(said)
        if "method" in said and "id" in said:
            self._say({"id": said["id"], "result": self._answer(said["method"])})
        self._news.set()

    def _answer(self, method):
        return {"workspace/configuration": [self.settings], "workspace/applyEdit": {"applied": True}}.get(method)

    def _say(self, message):
        self._sent.put_nowait(json.dumps({"jsonrpc": "2.0", **message}))

    def leave(self):
        self._sent.put_nowait(None)

    def notify(self, method, params):
        self._say({"method": method, "params": params})

    def ask(self, method, params):
        """Send a request and return its number."""
        self._number += 1
        self._say({"id": self._number, "method": method, "params": params})
        return self._number

    async def request(self, method, params):
        number = self.ask(method, params)
        answer = await self.until(lambda said: said.get("id") == number and "method" not in said)
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["result"]

    async def until(self, wanted, after=0):
        """Return the first thing heard (after so many others) that is `wanted`, now or when it comes."""
        async with asyncio.timeout(SECONDS):
            while True:
                for said in self.heard[after:]:
                    if wanted(said):
                        return said
                self._news.clear()
                await self._news.wait()

    async def start(self, capabilities=None, folders=(), options=None):
        params = {
            "processId": None,
            "rootUri": None,
            "capabilities": capabilities or {},
            "initializationOptions": {"settings": QUICK, "diagnostics": {"delay": 0}, **(options or {})},
            "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name} for folder in folders] or None,
        }
        self.result = await self.request("initialize", params)
        self.notify("initialized", {})

    def open(self, text, uri="untitled:note", language="plaintext"):
        self.notes[uri] = 1
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def type(self, *changes, uri="untitled:note"):
        """Send changes as the protocol has them: whole texts, or dictionaries with a range."""
        self.notes[uri] += 1
        sent = [{"text": change} if isinstance(change, str) else change for change in changes]
        document = {"uri": uri, "version": self.notes[uri]}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": sent})

    async def marks(self, uri="untitled:note", wanted=lambda _: True, after=0):
        """Return the diagnostics of the note's present version that are `wanted`."""
        version = self.notes.get(uri)

        def right(said):
            params = said.get("params") or {}
            if said.get("method") != "textDocument/publishDiagnostics" or params["uri"] != uri:
                return False
            return params.get("version") == version and wanted(params["diagnostics"])

        return (await self.until(right, after))["params"]["diagnostics"]

    async def actions(self, mark_or_range, uri="untitled:note", only=None):
        span = mark_or_range.get("range", mark_or_range)
        context = {"diagnostics": [], **({"only": only} if only else {})}
        params = {"textDocument": {"uri": uri}, "range": span, "context": context}
        return await self.request("textDocument/codeAction", params)

    def told(self):
        return [said["params"]["message"] for said in self.heard if said.get("method") == "window/showMessage"]


@asynccontextmanager
async def editing(engine, *, configuration=None, settings=None, **start):
    """Give an editor that has started; it is taken to have left in the end."""
    editor = Editor(settings)
    serving = asyncio.create_task(talk(create(engine, configuration), editor.receive, editor.send))
    try:
        await editor.start(**start)
        yield editor
    finally:
        editor.leave()
        await serving


def place(line, character):
    return {"line": line, "character": character}


def span(line, start, end):
    return {"start": place(line, start), "end": place(line, end)}


def made(text, edits):
    """`text` with edits of the protocol made, in the order in which an editor makes them; lines end at \\n here."""
    lines = text.split("\n")
    for edit in sorted(
        edits, key=lambda e: (e["range"]["start"]["line"], e["range"]["start"]["character"]), reverse=True
    ):
        start, end = edit["range"]["start"], edit["range"]["end"]
        head, tail = lines[start["line"]][: start["character"]], lines[end["line"]][end["character"] :]
        lines[start["line"] : end["line"] + 1] = [head + edit["newText"] + tail]
    return "\n".join(lines)
