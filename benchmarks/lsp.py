"""How quick and how steady is the language server: over standard input and output, as an editor meets it.

    python benchmarks/lsp.py                          ours
    python benchmarks/lsp.py --peer "harper-ls --stdio"   the same of another server of prose

A note of about 5,000 words is opened. Seconds from the start of the process to the first marks; milliseconds from a
keystroke to its marks, without waiting for another, how much of a processor that took, and how much of it went into
the reading of the marks here; and after many random edits, whether the marks and the memory are those of a server that
has just been started with the note as it is then. The start, and keystrokes, of a server made with the same library
that finds nothing (`lsp_idle.py`) stand beside ours: what no server made with it goes below.

Another server must be installed by hand. Harper's is on Rust's registry (`cargo install harper-ls`, which takes about
an hour of a processor); it names no version with its marks, so that they are taken for those of the last keystroke.
Servers of the names `ltex-ls`, `ltex-ls-plus` and `vale-ls` are neither on Python's registry nor on that of Node.js;
nowhere else has been looked. One of retext's rules by `unified-language-server` 4.1.0 marked a note of 3,000 characters
and gave no answer to one of 12,000.
"""

import argparse
import json
import os
import random
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import installed
from marked import read_notes

FOLDER = Path(tempfile.gettempdir())  # some servers look at notes of a folder alone
URI = (FOLDER / "benchmark-note.txt").as_uri()  # there is no such file
FULL = 1  # the protocol's number for servers that want the whole note at each edit
WORDS = 5000
PLAIN = "It was a dry day and we walked to the park by the river."
PARSED = "Mum, who had been promised a lift by the worker, failed to turn up at the clinic."
SCRAPS = [
    "Mum failed to attend. ",
    "the CIN plan ",
    "“I was scared” ",
    "\n",
    "\r\n",
    "\v",
    "\u2028",
    "\U0001f600",
    "",
    "",
]

Message = dict[str, Any]


class Server:
    """A language server and the note it has open, typed into as by an editor."""

    def __init__(self, command: list[str], text: str) -> None:
        """Start the server and open the note."""
        self.began = time.perf_counter()
        self.reading = 0.0
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=installed.environment()
        )
        self.text, self.version = text, 1
        options = {"diagnostics": {"delay": 0, "mode": "push"}}
        start = {"processId": None, "rootUri": FOLDER.as_uri(), "capabilities": {}, "initializationOptions": options}
        self.send("initialize", start, number=1)
        sync = self.until(lambda said: said.get("id") == 1)["result"]["capabilities"]["textDocumentSync"]
        self.whole = (sync["change"] if isinstance(sync, dict) else sync) == FULL
        self.send("initialized", {})
        item = {"uri": URI, "languageId": "plaintext", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": item})

    def __enter__(self) -> Self:
        """Give the server."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()

    def send(self, method: str, params: object, number: int | None = None) -> None:
        """Send a message."""
        self._write({"method": method, "params": params, **({"id": number} if number else {})})

    def _answer(self, asked: Message) -> None:
        """Answer what the server asks for: there are no settings, and all else is agreed to."""
        settings = asked["method"] == "workspace/configuration"
        self._write({"id": asked["id"], "result": [{} for _ in asked["params"]["items"]] if settings else None})

    def _write(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None  # noqa: S101  # as started
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def heard(self) -> Iterator[Message]:
        """Yield what the server says; what it asks is answered."""
        assert self.process.stdout is not None  # noqa: S101  # as started
        while True:
            length = 0
            while line := self.process.stdout.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            body = self.process.stdout.read(length)
            began = time.perf_counter()
            said = json.loads(body)
            self.reading += time.perf_counter() - began
            if "method" in said and "id" in said:
                self._answer(said)
            else:
                yield said

    def until(self, wanted: Any) -> Message:  # noqa: ANN401  # a test of a message
        """Return the first message that is wanted."""
        return next(said for said in self.heard() if wanted(said))

    def marks(self) -> list[Message]:
        """Wait for marks of the note's present version, or of any where the server names none."""
        said = self.until(
            lambda said: (
                said.get("method") == "textDocument/publishDiagnostics"
                and said["params"].get("version") in (None, self.version)
            )
        )
        marks: list[Message] = said["params"]["diagnostics"]
        return marks

    def settled(self, seconds: float) -> list[Message]:
        """Return the last marks: those that have stayed as many for so long that the parser must be loaded.

        Each look is an edit that changes nothing: marks of the present version may have been taken already, and a
        server that has sent them sends them once.
        """
        marks: list[Message] = []
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.type(0, 0, "")
            last = self.marks()
            if len(last) != len(marks):
                until = time.perf_counter() + seconds
            marks = last
        return marks

    def type(self, start: int, end: int, new: str) -> None:
        """Replace a stretch of the note, in code points."""
        change = {"range": {"start": place(self.text, start), "end": place(self.text, end)}, "text": new}
        self.text = self.text[:start] + new + self.text[end:]
        self.version += 1
        if self.whole:
            change = {"text": self.text}
        document = {"uri": URI, "version": self.version}
        self.send("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def processor(self) -> float:
        """Return the milliseconds of processors that the server has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) * 1000 / os.sysconf("SC_CLK_TCK")

    def memory(self, which: str) -> float:
        """Return megabytes: VmRSS is now, VmHWM at the peak."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith(which)).split()[1]) / 1024


def place(text: str, offset: int) -> Message:
    """Return a place of the protocol, columns in UTF-16."""
    before = text[:offset].replace("\r\n", "\r")
    line = before.count("\n") + before.count("\r")
    last = max(before.rfind("\n"), before.rfind("\r")) + 1
    return {"line": line, "character": len(before[last:].encode("utf-16-le")) // 2}


def note() -> str:
    """Return a note of about 5,000 words, of marked notes one after another."""
    texts: list[str] = []
    words = 0
    for marked in read_notes(Path(__file__).parent / "notes" / "dev.jsonl"):
        texts.append(marked.text)
        words += len(marked.text.split())
        if words >= WORDS:
            break
    return "\n\n".join(texts)


def keystrokes(server: Server, sentence: str, times: int) -> list[float]:
    """Return milliseconds from each keystroke of a sentence, typed into the middle of the note, to its marks."""
    at = server.text.index("\n\n", len(server.text) // 2) + 2
    server.type(at, at, f"{sentence[0]}\n\n")
    server.marks()
    took = []
    for number in range(times):
        letter = sentence[1 + number % (len(sentence) - 1)]
        at += 1
        began = time.perf_counter()
        server.type(at, at, letter)
        server.marks()
        took.append((time.perf_counter() - began) * 1000)
        if number % (len(sentence) - 1) == len(sentence) - 2:
            server.type(at - len(sentence) + 2, at + 1, "")
            server.marks()
            at -= len(sentence) - 1
    return took


def edited(server: Server, times: int) -> None:
    """Make random edits, waiting for the marks of each tenth."""
    chance = random.Random(7)  # noqa: S311  # the same edits for every server
    for number in range(times):
        start = chance.randrange(len(server.text))
        end = min(len(server.text), start + chance.choice([0, 0, 0, 1, 5]))
        inside = (
            server.text[max(0, start - 1) : start + 1] == "\r\n" or server.text[max(0, end - 1) : end + 1] == "\r\n"
        )
        if not inside:
            server.type(start, end, chance.choice(SCRAPS))
        if number % 10 == 9:
            server.type(0, 0, "")
            server.marks()


def starts(command: list[str], text: str, times: int) -> None:
    """Print the least seconds from a start to the first marks."""
    took = []
    for _ in range(times):
        with Server(command, text) as server:
            server.marks()
            took.append(time.perf_counter() - server.began)
    print(f"  start to first marks       {min(took):8.2f} s, the least of {times}")


def typed(server: Server, chosen: argparse.Namespace) -> None:
    """Print how long keystrokes take."""
    for kind, sentence in (("nothing to parse", PLAIN), ("a sentence to parse", PARSED)):
        before, read_before = server.processor(), server.reading
        took = keystrokes(server, sentence, chosen.keystrokes)
        used, read = (server.processor() - before) / len(took), (server.reading - read_before) * 1000 / len(took)
        times = f"p50 {statistics.median(took):6.1f} ms   p95 {statistics.quantiles(took, n=20)[-1]:6.1f} ms"
        print(f"  keystroke, {kind:20} {times}   processor {used:5.1f} ms   reading them here {read:.1f} ms")


def idle(chosen: argparse.Namespace) -> None:
    """Measure a server that finds nothing."""
    command = [sys.executable, str(Path(__file__).with_name("lsp_idle.py"))]
    print("a server that finds nothing:")
    starts(command, note(), chosen.starts)
    with Server(command, note()) as server:
        server.marks()
        typed(server, chosen)


def report(name: str, command: list[str], chosen: argparse.Namespace) -> None:
    """Measure a server and print what came of it."""
    text = note()
    print(f"{name}: a note of {len(text.split()):,} words")
    starts(command, text, chosen.starts)
    with Server(command, text) as server:
        server.marks()
        print(f"  marks in the end           {len(server.settled(chosen.settled)):8}")
        print(f"  memory then, at its peak   {server.memory('VmRSS'):8.0f} MB, {server.memory('VmHWM'):.0f} MB")
        typed(server, chosen)
        edited(server, chosen.edits)
        last = server.settled(chosen.settled)
        print(f"  after {chosen.edits:,} edits: a note of {len(server.text.split()):,} words, {len(last):,} marks")
        print(f"  memory then, at its peak   {server.memory('VmRSS'):8.0f} MB, {server.memory('VmHWM'):.0f} MB")
        with Server(command, server.text) as fresh:
            same = fresh.settled(chosen.settled) == last
            print(f"  memory of a fresh server   {fresh.memory('VmRSS'):8.0f} MB, {fresh.memory('VmHWM'):.0f} MB")
    print(f"  marks as of a fresh server {'yes' if same else 'NO':>8}")


def main() -> None:
    """Measure our server, or the one named."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--peer", help="command of another server, as for a shell")
    arguments.add_argument("--starts", type=int, default=5)
    arguments.add_argument("--keystrokes", type=int, default=200)
    arguments.add_argument("--edits", type=int, default=10_000)
    arguments.add_argument("--settled", type=float, default=10.0, help="seconds after which marks are the last")
    chosen = arguments.parse_args()
    ours = [sys.executable, "-m", "fsm_language_lsp"]
    if not chosen.peer:
        idle(chosen)
    report(chosen.peer or "fsm-language", shlex.split(chosen.peer) if chosen.peer else ours, chosen)


if __name__ == "__main__":
    main()
