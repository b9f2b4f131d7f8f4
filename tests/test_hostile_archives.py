"""Packed files that unpack to far more than they are: what they come to is counted, whatever they claim."""

from __future__ import annotations

import io
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from surfaces import FIELDS, parts

from fsm_language.readers import archive, read_bytes
from fsm_language.readers.archive import MEGABYTE, ArchiveError, Limits

WORDS = b"Mum failed to attend, and the family were told by letter. "
# 64 KB that pack to a fiftieth or so: less well than what is refused at once
LINE = b"".join(b"%d %s" % (number * 7919 % 1000, WORDS * 4) for number in range(270))
BODIES = {
    "n.docx": ("word/document.xml", b"<w:p>", b"<w:p><w:r><w:t>%b</w:t></w:r></w:p>", 51),
    "n.odt": ("content.xml", b"<text:p>", b"<text:p>%b</text:p>", 51),
    "n.xlsx": ("xl/worksheets/sheet1.xml", b"<row ", b'<row><c t="inlineStr"><is><t>%b</t></is></c></row>', 201),
}


def packed(members):
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=1) as made:
        for name, content in members.items():
            with made.open(name, "w") as member:
                for piece in content:
                    member.write(piece)
    return stream.getvalue()


def expanding(name):
    """A file of this kind with many megabytes of words in its body."""
    part, before, paragraph, megabytes = BODIES[name]
    head, _, tail = parts(name)[part].partition(before)
    times = megabytes * MEGABYTE // len(LINE) + 1
    members = {inside: [content] for inside, content in parts(name).items()}
    return packed({**members, part: [head, *[paragraph % LINE] * times, before, tail]})


def understated(content, size):
    """The same archive, but its last member claims to hold its first `size` bytes and no more."""
    with ZipFile(io.BytesIO(content)) as whole:
        last = whole.infolist()[-1]
        with whole.open(last) as member:
            start = member.read(size)
    at = content.rindex(b"PK\x01\x02")
    claimed = struct.pack("<L", zlib.crc32(start)) + content[at + 20 : at + 24] + struct.pack("<L", size)
    return content[: at + 16] + claimed + content[at + 28 :]


def refused(content, name):
    (note,) = read_bytes(content, name, FIELDS)
    assert note.text == ""
    return note.error


@pytest.mark.parametrize("name", BODIES)
def test_a_document_that_unpacks_to_too_much_is_refused(name):
    content = expanding(name)
    assert len(content) < 9 * MEGABYTE
    assert "unpacks to more than" in refused(content, name)


def test_many_parts_that_each_may_be_are_too_much_together():
    members = {inside: [content] for inside, content in parts("n.docx").items()}
    more = {f"part{number}.xml": [LINE] * (49 * MEGABYTE // len(LINE)) for number in range(5)}
    assert "unpacks to more than 200 MB" in refused(packed({**members, **more}), "n.docx")


@pytest.mark.parametrize("name", BODIES)
def test_a_part_that_claims_to_be_small_is_counted(name):
    members = {inside: [content] for inside, content in parts(name).items()}
    content = understated(packed({**members, "more.xml": [LINE] * 8}), 1000)
    assert "unpacks to more than it says" in refused(content, name)


def test_a_file_in_a_zip_that_claims_to_be_small_is_counted():
    assert "unpacks to more than it says" in refused(understated(packed({"a.txt": [LINE] * 8}), 1000), "n.zip")


def test_a_file_in_a_zip_that_is_too_large_to_be_read_whole_is_named_and_the_others_are_read():
    content = packed({"a.txt": [LINE] * (200 * MEGABYTE // len(LINE) + 1), "b.txt": [b"Mum came."]})
    large, small = read_bytes(content, "n.zip", FIELDS)
    assert (large.name, small.text) == ("n.zip/a.txt", "Mum came.")
    assert "unpacks to more than 200 MB" in large.error


@pytest.mark.parametrize("most", [1000, 999], ids=["as much as may be", "a byte more"])
def test_a_member_may_be_as_large_as_the_limit(most):
    stream = io.BytesIO(packed({"a": [b"a" * 1000]}))
    if most < 1000:
        with pytest.raises(ArchiveError, match=r"unpacks to more than"):
            archive.opened_document(stream, Limits(2000, most, ""))
    else:
        assert archive.opened_document(stream, Limits(2000, most, "")).read("a") == b"a" * 1000


def astray(content, mark, at, number):
    """The same archive with a number of its directory (`mark`) or of its end overwritten."""
    place = content.rindex(mark) + at
    return content[:place] + struct.pack("<L", number) + content[place + 4 :]


@pytest.mark.parametrize("name", [*BODIES, "n.zip"])
@pytest.mark.parametrize(
    ("mark", "at"),
    [(b"PK\x01\x02", 42), (b"PK\x05\x06", 16)],
    ids=["the last member beyond the end", "all members before the beginning"],
)
def test_members_that_are_not_where_the_directory_says_are_refused(name, mark, at):
    needed = {"n.zip": "a.txt", "n.odt": "content.xml"}.get(name, "[Content_Types].xml")
    members = {inside: [content] for inside, content in parts(name).items() if inside != needed}
    content = astray(packed({**members, needed: [parts(name)[needed]]}), mark, at, 0x7FFFFFF0)
    errors = [note.error for note in read_bytes(content, name, FIELDS) if note.error]
    assert errors
    assert all(error.startswith("It ") for error in errors)


def test_a_damaged_picture_is_no_reason_to_refuse_a_document():
    members = {inside: [content] for inside, content in parts("n.odt").items()}
    content = packed({**members, "picture.png": [b"picture" * 100]})
    at = content.rindex(b"PK\x01\x02")
    content = content[: at + 16] + b"\0\0\0\0" + content[at + 20 :]
    (note,) = read_bytes(content, "n.odt", FIELDS)
    assert note.error is None
    assert "Mum" in note.text
