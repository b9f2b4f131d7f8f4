"""What a soak does to the service and the language server: clients that ask at a steady rate and time every answer."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from notes_maker import notes as made_notes
from service import WORDS, Target, ask

CANARY = "Zebulon Quillfeather kept bees behind the chapel"
PATIENCE = 120.0  # seconds after which an answer counts as lost
PAUSE = 0.25  # seconds between two things that an editor does
OPEN = 8  # notes that an editor has open at a time
EDITS = ("Mum failed to attend. ", "It was a dry day. ", "Dad, who had rung the nurse, was hard to reach. ", "")

Message = dict[str, Any]


class Took(NamedTuple):
    """When an answer was due (seconds of the monotonic clock), to what, how long it took, and whether it was right."""

    due: float
    what: str
    seconds: float
    right: bool


@dataclass(slots=True)
class Log:
    """Every answer of a soak."""

    answers: list[Took] = field(default_factory=list)

    async def time(self, what: str, answer: Awaitable[Any], due: float | None = None) -> Any:  # noqa: ANN401  # any answer
        """Return what `answer` gives and write down how long it took since `due`; errors are written down too."""
        due = time.monotonic() if due is None else due
        right = False
        try:
            async with asyncio.timeout(PATIENCE):
                given = await answer
            right = given is not None
            return given
        finally:
            self.answers.append(Took(due, what, time.monotonic() - due, right))


def notes(seed: int) -> Iterator[str]:
    """Yield invented notes of 200 words without end, the canary in each, no two alike."""
    words: list[str] = []
    for number in count():
        while len(words) < WORDS:
            for row in made_notes(100, seed):
                words += row["text"].split()
            seed += 1
        text, words = " ".join(words[: WORDS - 10]), words[WORDS - 10 :]
        yield f"Visit {seed}-{number}. {CANARY}. {text}"


async def ask_steadily(log: Log, targets: list[Target], rate: float, connections: int, until: float) -> None:
    """Send notes to `targets` by turns, `rate` a second over so many connections, until the clock says `until`.

    An answer is timed from when its request was due, so that waiting for a slow one before it counts too.
    """
    waiting: asyncio.Queue[tuple[float, Target, str]] = asyncio.Queue()

    async def connection() -> None:
        line = Line(targets[0].host, targets[0].port)
        while True:
            due, target, note = await waiting.get()
            await log.time(target.name, line.right(target.request(note)), due)
            waiting.task_done()

    began = time.monotonic()
    asking = [asyncio.create_task(connection()) for _ in range(connections)]
    for number, note in enumerate(notes(seed=0)):
        due = began + number / rate
        if due >= until:
            break
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        waiting.put_nowait((due, targets[number % len(targets)], note))
        for failed in (task for task in asking if task.done()):
            failed.result()
    await asyncio.wait([asyncio.create_task(waiting.join()), *asking], return_when=asyncio.FIRST_COMPLETED)
    for task in asking:
        task.cancel()
    await asyncio.wait(asking)


@dataclass(slots=True)
class Line:
    """A connection to the service that is opened again when the service closed it while it was idle, as browsers do."""

    host: str
    port: int
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def right(self, request: bytes) -> bool | None:
        """Send a request and return whether its answer was right, or nothing; a new connection that fails raises."""
        if self.streams:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                return await self._asked(*self.streams, request)
        self.streams = await asyncio.open_connection(self.host, self.port, limit=2**24)
        return await self._asked(*self.streams, request)

    async def _asked(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bool | None:
        answer = await ask(reader, writer, request)
        return answer.status == 200 or None


@dataclass(slots=True)
class Editor:
    """An editor on a channel of whole messages that opens notes, types, asks, takes a suggestion and closes them."""

    name: str
    log: Log
    send: Callable[[str], Awaitable[None]]
    receive: Callable[[], Awaitable[str | bytes]]
    number: int = 0
    versions: dict[str, int] = field(default_factory=dict)

    async def work(self, until: float) -> None:
        """Do what an editor does, one thing after another, until the clock says `until`."""
        options = {"diagnostics": {"delay": 0, "mode": "push"}}
        await self._request(
            "initialize",
            {"processId": None, "rootUri": None, "capabilities": {}, "initializationOptions": options},
        )
        await self._say("initialized", {})
        for number, note in enumerate(notes(seed=10_000)):
            if time.monotonic() >= until:
                break
            await self._edit(f"file:///soak/note{number}.txt", note)
            if len(self.versions) > OPEN:
                oldest = next(iter(self.versions))
                del self.versions[oldest]
                await self._say("textDocument/didClose", {"textDocument": {"uri": oldest}})
        await self._request("shutdown", None)
        await self._say("exit", None)

    async def _edit(self, uri: str, text: str) -> None:
        """Open a note, type into it and another, have words explained, and take a suggestion."""
        self.versions[uri] = 1
        item = {"uri": uri, "languageId": "plaintext", "version": 1, "text": text}
        await self._say("textDocument/didOpen", {"textDocument": item})
        marks = await self._timed("open", self._marks(uri))
        for other in (uri, next(iter(self.versions))):
            for new in EDITS:
                marks = await self._type(other, [{"range": _span(0, 0), "text": new}])
        document = {"textDocument": {"uri": other}}
        await self._timed("hover", self._request("textDocument/hover", {**document, "position": _place(0, 5)}))
        if marks:
            asked = {**document, "range": marks[0]["range"], "context": {"diagnostics": []}}
            actions = await self._timed("actions", self._request("textDocument/codeAction", asked))
            await self._take(other, actions)

    async def _take(self, uri: str, actions: list[Message]) -> None:
        """Make the edits of the first suggestion, the last in the note first, as editors do."""
        edits = next((a["edit"]["changes"][uri] for a in actions if "changes" in a.get("edit", {})), [])
        edits = sorted(edits, key=lambda edit: tuple(edit["range"]["start"].values()), reverse=True)
        await self._type(uri, [{"range": edit["range"], "text": edit["newText"]} for edit in edits])

    async def _type(self, uri: str, changes: list[Message]) -> list[Message]:
        self.versions[uri] += 1
        document = {"uri": uri, "version": self.versions[uri]}
        await self._say("textDocument/didChange", {"textDocument": document, "contentChanges": changes})
        marks: list[Message] = await self._timed("type", self._marks(uri))
        return marks

    async def _timed(self, what: str, answer: Awaitable[Any]) -> Any:  # noqa: ANN401  # any answer
        given = await self.log.time(f"{self.name}, {what}", answer)
        await asyncio.sleep(PAUSE)
        return given

    async def _marks(self, uri: str) -> list[Message]:
        said = await self._until(
            lambda said: (
                said.get("method") == "textDocument/publishDiagnostics"
                and said["params"]["uri"] == uri
                and said["params"].get("version") == self.versions[uri]
            )
        )
        marks: list[Message] = said["params"]["diagnostics"]
        return marks

    async def _request(self, method: str, params: object) -> Any:  # noqa: ANN401  # any answer
        self.number += 1
        number = self.number
        await self.send(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}))
        said = await self._until(lambda said: said.get("id") == number and "method" not in said)
        if "error" in said:
            raise RuntimeError(f"{self.name}: {method}: {said['error']['message']}")
        return said["result"] or []

    async def _say(self, method: str, params: object) -> None:
        await self.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}))

    async def _until(self, wanted: Callable[[Message], bool]) -> Message:
        while True:
            said = json.loads(await self.receive())
            if wanted(said):
                return said


def _place(line: int, character: int) -> Message:
    return {"line": line, "character": character}


def _span(start: int, end: int) -> Message:
    return {"start": _place(0, start), "end": _place(0, end)}
