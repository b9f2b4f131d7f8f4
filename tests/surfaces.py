"""Every surface that takes what others wrote: how to feed it bytes, what must hold then, and seeds to begin with.

A target raises nothing unless there is a fault. `benchmarks/fuzz.py` runs them for long.
"""

import asyncio
import contextlib
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zipfile import ZIP_STORED, ZipFile

import surfaces_served
import yaml

from fsm_language import Linter, Report, RuleError, Settings, SettingsError
from fsm_language.draft import trial
from fsm_language.finding import apply
from fsm_language.packs import shipped
from fsm_language.prose import prose
from fsm_language.readers import Fields, read_bytes
from fsm_language.settingsfile import parse
from fsm_language.suppress import load

ROOT = Path(__file__).parents[1]
FIELDS = Fields()
NOTE = "Mum failed to attend the CIN review. “He is hard to reach,” she said.\n\n- Dad kicked off.\n"
LONE = re.compile("[\ud800-\udfff]")
PLACE = Path("hostile.yaml")


@dataclass(frozen=True, slots=True)
class Target:
    """`feed` gives the surface some bytes; `seeds` are good ones."""

    feed: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]


def text_of(content: bytes) -> str:
    """Return any text at all, lone surrogates among it."""
    return content.decode("utf-8", "surrogateescape")


@cache
def linter(*, contextual: bool = False, tone: bool = False) -> Linter:
    """Return the linter that checks what was read."""
    return Linter(Settings(contextual=contextual, tone=tone))


def hold(report: Report, source: str) -> None:
    """What every report promises of its note."""
    assert report.document.text == source
    for finding in (*report.findings, *report.covered):
        assert 0 <= finding.start <= finding.end <= len(source)
        assert finding.text == source[finding.start : finding.end]
        assert finding.message
        for suggestion in finding.suggestions:
            assert suggestion.label
            assert all(0 <= edit.start <= edit.end <= len(source) for edit in suggestion.edits)
            apply(source, suggestion.edits)
    report.corrected()


def checked(content: bytes, **settings: bool) -> None:
    """Check a text, twice."""
    source = text_of(content)
    found = linter(**settings).check(source)
    hold(found, source)
    assert found == linter(**settings).check(source)


def marked_up(content: bytes, kind: str) -> None:
    """Check the prose of a text in markup, and put what is found where it was written."""
    source = text_of(content)
    read = prose(source, kind)
    report = read.restore(linter().check(read.text))
    for finding in report.findings:
        assert 0 <= finding.start <= finding.end <= len(source)
        for suggestion in finding.suggestions:
            apply(source, suggestion.edits)


def read_file(content: bytes, name: str) -> None:
    """Read a file: what comes out is notes that any program can take, or sentences that say why not."""
    for note in read_bytes(content, name, FIELDS):
        assert note.error is None or note.error.rstrip().endswith((".", "?")), note.error
        assert not LONE.search(f"{note.text}{note.id}{note.error}{''.join(note.record.values())}")
        assert all(0 <= place.start <= len(note.text) for place in note.places)
        assert list(note.places) == sorted(note.places, key=lambda place: place.start)


def read_part(content: bytes, name: str, part: str) -> None:
    """Read a file in which one part is `content` and all others are as they should be."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for other, whole in parts(name).items():
            archive.writestr(other, content if other == part else whole)
    read_file(packed.getvalue(), name)


@cache
def parts(name: str) -> dict[str, bytes]:
    """Return what a good file of this kind is packed from."""
    with ZipFile(io.BytesIO(GOOD[name]())) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def rules(content: bytes) -> None:
    """Read a rule file."""
    try:
        pack = trial(text_of(content), PLACE, linter().pack)
    except RuleError:
        return
    hold(Linter(Settings(contextual=False, tone=False), pack).check(NOTE), NOTE)


def settings(content: bytes) -> None:
    """Read a settings file."""
    with contextlib.suppress(SettingsError):
        parse(text_of(content), PLACE).for_path("letters/one.txt")


def ignores(content: bytes) -> None:
    """Read a file of ignores."""
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(content)
        kept.flush()
        with contextlib.suppress(SettingsError):
            load(Path(kept.name))


def docx() -> bytes:
    """Return a Word document."""
    from docx import Document

    made = Document()
    made.add_paragraph(NOTE)
    made.add_table(1, 2).rows[0].cells[0].text = "Dad refused to engage."
    made.sections[0].header.paragraphs[0].text = "Hard to reach."
    return _saved(made.save)


def xlsx() -> bytes:
    """Return an Excel workbook."""
    from openpyxl import Workbook

    made = Workbook()
    for row in (("id", "text", "date"), ("a-1", NOTE, "2026-02-03"), (2, 3.0, None)):
        made.active.append(row)
    return _saved(made.save)


def odt() -> bytes:
    """Return an OpenDocument text, as small as one can be."""
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    names += 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    names += 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    body = f'<text:p>{NOTE}<text:s text:c="3"/>then<text:tab/>went<text:line-break/>on</text:p>'
    body += "<table:table><table:table-row><table:table-cell><text:p>Hard to reach</text:p></table:table-cell>"
    body += "</table:table-row></table:table>"
    content = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body>"
    return _packed(("content.xml", f"{content}</office:document-content>"), ("meta.xml", "<a/>"))


def zipped() -> bytes:
    """Return a zip file of notes."""
    return _packed(("a.txt", NOTE), ("b/c.jsonl", json.dumps({"id": "1", "text": NOTE})), ("d.csv", "id,text\n1,x\n"))


def parquet() -> bytes:
    """Return a Parquet file."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    table = pa.table({"id": ["a", "b"], "text": [NOTE, None], "n": [1, 2]})
    return _saved(partial(write_table, table))


def pdf() -> bytes:
    """Return a PDF of one page."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3, 1))
    figure.text(0, 0.5, "Mum failed to attend.")
    return _saved(partial(figure.savefig, format="pdf"))


def eml() -> bytes:
    """Return an e-mail with an attachment."""
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = "Visit", "A <a@example.org>", "Mon, 02 Feb 2026 10:00"
    message.set_content(NOTE)
    message.add_alternative(f"<p>{NOTE}</p>", subtype="html")
    message.add_attachment(b"x", maintype="image", subtype="png")
    return message.as_bytes()


def _saved(save: Callable[[Any], object]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def _packed(*files: tuple[str, str]) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


RTF = rb"{\rtf1\ansi{\fonttbl\f0 Arial;}\f0 Mum failed to \b attend\b0 .\par Caf\'e9 \u8217? {\deleted gone}\par }"
MARKDOWN = f"---\ntitle: Visit\n---\n# Visit\n\n{NOTE}\n```\ncode\n```\n[a](b) <b>c</b>\n\n| a |\n|---|\n| c |\n"
HTML = f"<!doctype html><title>Visit</title><p>{NOTE}<ul><li>it&rsquo;s<q>so</q><script>x</script><pre>a\nb</pre>"
TABLE = f'id,text,date\n1,"{NOTE}",2026-02-03\n2,Fine,\n'
LINES = "\n".join(json.dumps({"id": n, "text": NOTE, "more": [{"a": None}]}) for n in range(2))
CHOICES = """\
packs: []
select: [blaming, jargon.placement]
levels: {jargon: suggestion}
audience: family
sentence_words: 25
contextual: false
group_by: [team]
overrides:
  - {paths: [letters/**], audience: court, ignore: acronym}
"""
LEFT = '{"version": 1, "key": "00ff", "entries": [{"rule": "a.b", "fingerprint": "0f", "note": "1", "count": 1}]}'
GOOD = {"n.docx": docx, "n.xlsx": xlsx, "n.odt": odt, "n.zip": zipped}


def notes() -> Iterable[bytes]:
    """Yield texts: the examples of the shipped rules."""
    yield NOTE.encode()
    yield from (file.read_bytes() for file in sorted((ROOT / "docs/examples").glob("*.txt")))
    yield from (example.note.encode() for rule in linter().pack.rules[:200] for example in rule.examples[:1])


def packs() -> Iterable[bytes]:
    """Yield rule files: one with every key, and the beginnings of the shipped ones."""
    yield (ROOT / "tests/packs/invented.yaml").read_bytes()
    for file in sorted(shipped().glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        few = {key: value[:2] if isinstance(value, list) else value for key, value in content.items()}
        yield yaml.safe_dump(few, allow_unicode=True).encode()[:4000]


def seeds_of(*contents: str | bytes | Callable[[], bytes]) -> Callable[[], Iterable[bytes]]:
    """Return a source of seeds."""

    def made() -> Iterable[bytes]:
        for content in contents:
            given = content() if callable(content) else content
            yield given.encode() if isinstance(given, str) else given

    return made


def file(name: str, *contents: str | bytes | Callable[[], bytes]) -> Target:
    """Return the target of a reader."""
    return Target(partial(read_file, name=name), seeds_of(*contents))


def part(name: str, inside: str) -> Target:
    """Return the target of a reader that unpacks a file: the part of it that holds the note."""
    return Target(partial(read_part, name=name, part=inside), lambda: (parts(name)[inside],))


def request(path: str, body: str, kind: str) -> str:
    """Return a request as it goes over the wire."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}"
    return f"{head}\r\n\r\n{body}"


ANNOTATION = {"annotation": [{"text": "Mum "}, {"markup": "<b>", "interpretAs": ""}, {"text": "failed to attend."}]}
PARTS = "--x\r\nContent-Disposition: form-data; name=text\r\n\r\nMum failed to attend.\r\n--x--"
REQUESTS = (
    request("/check", json.dumps({"text": NOTE, "unit": "utf-16", "explained": ["CIN"]}), "application/json"),
    request("/v2/check", urlencode({"text": NOTE, "language": "en-GB"}), "application/x-www-form-urlencoded"),
    request("/v2/check?level=picky", urlencode({"data": json.dumps(ANNOTATION), "language": "en"}), "text/plain"),
    request("/check", PARTS, "multipart/form-data; boundary=x"),
    request("/v2/words/add", urlencode({"word": "CIN", "username": "a"}), "application/x-www-form-urlencoded"),
    request("/rules/try", json.dumps({"rule": "rules: []", "text": NOTE}), "application/json"),
    "GET /rules/blaming.failed-to HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n\r\n",
    "GET /glossary?q=CIN HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET /v2/words?offset=0&limit=9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /health/?\xab HTTP/1.1\r\nHost: localhost\r\n\r\n",  # a query that is no text, sent on to the right address
)  # fmt: skip

TARGETS: dict[str, Target] = {
    "check": Target(checked, notes),
    "check with context": Target(partial(checked, contextual=True, tone=True), notes),
    "prose of markdown": Target(partial(marked_up, kind="markdown"), seeds_of(MARKDOWN)),
    "prose of html": Target(partial(marked_up, kind="html"), seeds_of(HTML)),
    "prose of a commit": Target(partial(marked_up, kind="git-commit"), seeds_of(f"{NOTE}\n# a comment\n")),
    "txt": file("n.txt", NOTE, NOTE.encode("cp1252"), NOTE.encode("utf-16")),
    "eml": file("n.eml", eml),
    "rtf": file("n.rtf", RTF),
    "pdf": file("n.pdf", pdf),
    "csv": file("n.csv", TABLE, TABLE.replace(",", ";")),
    "jsonl": file("n.jsonl", LINES),
    "parquet": file("n.parquet", parquet),
    "zip": file("n.zip", zipped),
    "docx": file("n.docx", docx),
    "docx, its body": part("n.docx", "word/document.xml"),
    "docx, its properties": part("n.docx", "docProps/core.xml"),
    "docx, its relations": part("n.docx", "word/_rels/document.xml.rels"),
    "xlsx": file("n.xlsx", xlsx),
    "xlsx, its sheet": part("n.xlsx", "xl/worksheets/sheet1.xml"),
    "odt": file("n.odt", odt),
    "odt, its body": part("n.odt", "content.xml"),
    "rules": Target(rules, packs),
    "settings": Target(settings, seeds_of(CHOICES)),
    "ignores": Target(ignores, seeds_of(LEFT)),
    "lsp": Target(lambda content: asyncio.run(surfaces_served.frames(content)), surfaces_served.conversations),
    "lsp, its messages": Target(lambda content: asyncio.run(surfaces_served.messages(content)), surfaces_served.lines),
    "http": Target(lambda content: asyncio.run(surfaces_served.asked(content)), seeds_of(*REQUESTS)),
}
