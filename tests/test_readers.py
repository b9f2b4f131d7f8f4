"""Files become notes, whole and in order; what cannot be read says where it went wrong and what to do."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsm_language.readers import READERS, Fields, find, read, read_bytes

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def notes(content, name="note.txt", fields=Fields()):  # noqa: B008  # frozen
    return list(read_bytes(content, name, fields))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Zoë’s mum".encode(), "Zoë’s mum"),
        (b"\xef\xbb\xbfMum", "Mum"),
        ("Zoë".encode("utf-16"), "Zoë"),
        ("Zoë".encode("utf-32"), "Zoë"),
        (b"a\r\nb\rc\nd\x0be", "a\r\nb\rc\nd\x0be"),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16", "utf-32", "line ends as they are"],
)
def test_text_is_read(content, text):
    (note,) = notes(content)
    assert (note.text, note.id, note.error, note.notices) == (text, None, None, ())


def test_windows_1252_is_read_with_a_notice():
    (note,) = notes("Zoë’s mum – £5".encode("cp1252"))
    assert note.text == "Zoë’s mum – £5"
    assert "Windows-1252" in note.notices[0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"Mum\nsaid\0no", "Line 2 holds a NUL byte"),
        (b"ok\n\x81\xff", "byte 0x81 in line 2"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "Word"),
        ("Zoë".encode("utf-16")[:-1], "cut short"),
    ],
    ids=["empty", "white space", "only a mark", "nul", "no encoding", "pdf", "docx", "cut utf-16"],
)
def test_what_is_no_text_says_so(content, says):
    (note,) = notes(content)
    assert note.text == ""
    assert says in note.error


@given(st.text(CHARACTERS, min_size=1).filter(str.strip))
def test_text_comes_back_whole(text):
    (note,) = notes(b"\xef\xbb\xbf" + text.encode())
    assert note.text == text


@given(st.binary())
def test_no_bytes_break_a_reader(content):
    for suffix in READERS:
        for note in notes(content, "x" + suffix):
            assert note.error or note.text.encode() is not None


@given(st.lists(st.tuples(st.text(CHARACTERS, min_size=1), st.text(CHARACTERS)), min_size=1))
def test_json_lines_come_back_whole_and_in_order(rows):
    lines = "\n".join(json.dumps({"id": name, "text": text}, ensure_ascii=False) for name, text in rows)
    assert [(note.id, note.text) for note in notes(lines.encode(), "n.jsonl")] == rows


def test_a_bad_json_line_is_told_and_the_others_are_read():
    content = b'{"id": "a", "text": "one"}\n{"id": "b", "text": tw}\n\n[1]\n{"id": 7, "text": "three"}\n'
    a, b, c, d = notes(content, "n.jsonl")
    assert (a.id, a.text, d.id, d.text) == ("a", "one", "7", "three")
    assert (b.id, c.id) == ("line 2", "line 4")
    assert "Line 2: not JSON" in b.error
    assert "tw" not in b.error
    assert "Line 4: no JSON object" in c.error


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"Text": "x"}', "--text-field “Text”"),
        ('{"note": "x"}', "it has “note”"),
        ('{"text": ["x"]}', "is no text"),
        ('{"text": "x"', "not JSON"),
        ("[" * 100_000, "too long"),
        ('{"text": "a\\u0000b"}', None),
        ('{"text": null}', None),
    ],
    ids=["other case", "other name", "a list", "cut off", "too deep", "nul in json", "null"],
)
def test_a_json_line_without_its_note(line, says):
    (note,) = notes(line.encode(), "n.jsonl")
    assert note.id == "line 1"
    assert (says in note.error) if says else note.error is None


def test_half_characters_are_shown_and_told():
    (note,) = notes(b'{"text": "a\\ud83db"}', "n.jsonl")
    assert note.text == "a\ufffdb"
    assert len(note.notices) == 1


def test_json_lines_in_utf_16_are_read():
    content = '{"id": "a", "text": "Zoë"}\n{"id": "b", "text": "x"}\n'.encode("utf-16")
    assert [(note.id, note.text) for note in notes(content, "n.jsonl")] == [("a", "Zoë"), ("b", "x")]


def test_json_lines_are_read_as_they_come():
    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            line = b'{"id": "a", "text": "again"}\n'
            buffer[: len(line)] = line
            return len(line)

    endless = READERS[".jsonl"](io.BufferedReader(Endless(), 64), "n.jsonl", Fields())
    assert [next(endless).text for _ in range(3)] == ["again"] * 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_csv_is_read_whatever_parts_its_columns(delimiter):
    rows = ["id,text".replace(",", delimiter), f'7{delimiter}"He said ""no"".\r\nThen, yes; ok."', f"8{delimiter}x"]
    first, second = notes("\r\n".join(rows).encode(), "n.csv")
    assert (first.id, first.text) == ("7", 'He said "no".\r\nThen, yes; ok.')
    assert (second.id, second.text) == ("8", "x")


def test_csv_takes_the_columns_it_is_told():
    (note,) = notes(b"Ref,Note\nw1,hello\n", "n.csv", Fields("Note", "Ref"))
    assert (note.id, note.text) == ("w1", "hello")


def test_csv_without_the_text_column_says_what_there_is():
    (note,) = notes(b"Ref,Text\nw1,hello\n", "n.csv")
    assert "no column “text”; it has “Ref”, “Text”" in note.error
    assert "--text-field “Text”" in note.error


def test_bad_csv_rows_are_told_and_the_others_are_read():
    one, two, three, four = notes(b'id,text\na,"x"y\nb,fine\nc\nd,"open\n', "n.csv")
    assert "Line 2 cannot be read" in one.error
    assert two.text == "fine"
    assert "Line 4 is too short" in three.error
    assert "never closed" in four.error


def test_one_line_of_a_megabyte_is_read():
    text = "word " * 250_000
    (note,) = notes(json.dumps({"text": text}).encode(), "n.jsonl")
    assert note.text == text
    (cell,) = notes(f"text\n{text}\n".encode(), "n.csv")
    assert cell.text == text


def test_folders_are_read_in_order_of_name_without_hidden_files(tmp_path):
    for name in ("b.txt", "a.md", ".hidden.txt", "sub/c.csv", ".git/d.txt", "e.xyz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text\nx\n")
    assert [path.relative_to(tmp_path).as_posix() for path in find(tmp_path)] == ["a.md", "b.txt", "sub/c.csv"]


@pytest.mark.parametrize("name", ["missing.txt", "."], ids=["missing", "folder without notes"])
def test_paths_without_notes_say_so(tmp_path, name):
    (note,) = read(tmp_path / name, Fields(), set())
    assert note.error
    assert note.name == str(tmp_path / name)


def test_a_file_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    seen = set()
    assert len(list(read(tmp_path, Fields(), seen))) == 1
    assert not list(read(tmp_path / "a.txt", Fields(), seen))
