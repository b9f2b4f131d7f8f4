"""Notes and files made to do harm: each is checked like any other, or refused in a sentence."""

from __future__ import annotations

import io
import json
import unicodedata
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from surfaces import FIELDS, GOOD, hold, parts

from fsm_language import Linter, Settings
from fsm_language.prose import prose
from fsm_language.readers import read_bytes

LINTER = Linter(Settings(contextual=False, tone=False))
FOUND = "Mum failed to attend."
NOTES = {
    "half a character": f"\ud800 {FOUND} \udfff",
    "a half at each letter": "\ud83dM\udc00um failed\udfff to",
    "NULs": f"\0\0{FOUND}\0",
    "every plane": f"{FOUND} " + "".join(map(chr, range(0x80, 0x110000, 97))),
    "right to left": f"\u202e{FOUND}\u202c \u2067שלום\u2069 \u061c{FOUND}",
    "combining marks": f"{FOUND} a" + "\u0301" * 20_000,
    "invisible letters": f"\u200b{FOUND}\ufeff\u2060",
    "quotations within quotations": "“" * 20_000 + FOUND + "”" * 20_000,
    "brackets within brackets": "[(" * 20_000 + FOUND + ")]" * 20_000,
    "acronyms": " ".join(f"Q{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}Z{n}" for n in range(3000)),
    "every kind of space": FOUND.join(chr(n) for n in range(0x3001) if unicodedata.category(chr(n))[0] in "ZC"),
    "one line of hashes": "#" * 50_000,
    "lists within lists": "".join(f"{' ' * n}- {FOUND}\n" for n in range(200)),
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_hostile_note_is_checked_like_any_other(note):
    report = LINTER.check(note)
    hold(report, note)
    assert report == LINTER.check(note)


def test_half_a_character_is_no_trouble_to_parser_and_learned_tier(linter):
    note = "\udca0Mum failed to attend \ud800the review, which he \udfffwanted."
    hold(linter.check(note), note)


def packed(name, changes):
    """A good file of this kind with some parts changed."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for inside, content in {**parts(name), **changes}.items():
            archive.writestr(inside, content)
    return stream.getvalue()


def spaced(number):
    """An OpenDocument text with so many spaces."""
    return packed("n.odt", {"content.xml": parts("n.odt")["content.xml"].replace(b'"3"', number)})


def cut_short(name):
    return GOOD[name]()[:-40]


def without_name():
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        archive.writestr("a", "x")
    return stream.getvalue().replace(b"\x01\x00\x00\x00", b"\x00\x00\x00\x00")


LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
DOCTYPE = f'<!DOCTYPE x [<!ENTITY a "ha">{LAUGHS}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
DEEP = "<b>" * 100_000 + "</b>" * 100_000


def with_entities(part):
    head, _, rest = part.decode().partition("?>") if part.startswith(b"<?xml") else ("", "", part.decode())
    body = rest.replace("failed", "&i;&file;", 1)
    return f"{head}?>{DOCTYPE}{body}" if head else DOCTYPE + body


BODIES = {"n.docx": "word/document.xml", "n.odt": "content.xml", "n.xlsx": "xl/worksheets/sheet1.xml"}
CHANGES = {
    "entities": with_entities,
    "elements within elements": lambda part: part.replace(b"Mum", DEEP.encode(), 1),
    "another kind of root": lambda _: b"<a/>",
    "nothing": lambda _: b"",
    "no XML": lambda _: b"\0\1\2",
    "half of it": lambda part: part[: len(part) // 2],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("name", BODIES)
def test_a_document_whose_body_is_hostile_is_read_without_it_or_refused(name, change):
    content = packed(name, {BODIES[name]: change(parts(name)[BODIES[name]])})
    for note in read_bytes(content, name, FIELDS):
        assert note.text or note.error or note.notices
        assert "root:" not in note.text
        assert len(note.text) < 10_000


FILES = {
    "a zip cut short": ("n.zip", cut_short("n.zip")),
    "a zip whose only file has no name": ("n.zip", without_name()),
    "JSON within JSON": ("n.jsonl", b'{"text": ' + b"[" * 100_000),
    "a number without end": ("n.jsonl", b'{"text": ' + b"9" * 10_000 + b"}"),
    "a space without end": ("n.odt", spaced(b'"9999999999"')),
    "no space at all": ("n.odt", spaced(b'"x"')),
    "relations of no kind": ("n.docx", packed("n.docx", {"word/_rels/document.xml.rels": b"<a/>"})),
    "properties of no kind": ("n.docx", packed("n.docx", {"docProps/core.xml": b"<a/>"})),
    "HTML within HTML": ("n.html", b"<div>" * 50_000 + FOUND.encode()),
    "a section of no kind in HTML": ("n.html", f"<p>One.<![o@c ht<!doct> {FOUND}<![ and".encode()),
    "entities in HTML": ("n.html", (DOCTYPE + "&i;&file;" + FOUND).encode()),
    "Markdown within Markdown": ("n.md", b"> " * 20_000 + b"- " * 20_000 + FOUND.encode()),
    "a field of a megabyte": ("n.csv", b'text\n"' + b"a" * (1 << 20) + b'"\n'),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content"), FILES.values(), ids=FILES)
def test_a_hostile_file_is_read_or_refused_in_a_sentence(name, content):
    for note in read_bytes(content, name, FIELDS):
        assert note.text or note.error
        assert note.error is None or note.error.endswith((".", "?"))
        json.dumps([note.text, note.error]).encode()


@pytest.mark.parametrize("section", ["<![o@c ht]>", "<![CDATA[x]]>", "<![if !supportLists]>", "<![>", "<![endif]>"])
def test_a_section_of_any_kind_in_html_is_no_prose_and_ends_nothing(section):
    source = f"<p>{FOUND} {section} {FOUND}</p>"
    read = prose(source, "html")
    assert read.text.count(FOUND) == 2
    assert "![" not in read.text
