"""Tables, archives and databases give a note a row, with its other fields and the name of its place."""

import datetime as dt
import io
import json
import random
import shutil
import sqlite3
import stat
import subprocess
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from fsm_language.readers import Fields, Meter, database, read, read_bytes, read_stream
from fsm_language.readers.csv import HEAD

FIELDS = Fields("note", "ref")
ROWS = [("w1", "Mum failed to attend.", "2026-01-31", "North"), ("w2", "Zoë’s £5\nand more", "2026-02-01", "")]
COLUMNS = ("ref", "note", "date", "team")


def notes(content, name, fields=FIELDS):
    return list(read_bytes(content, name, fields))


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv_file():
    quoted = [[f'"{cell}"' for cell in row] for row in (COLUMNS, *ROWS)]
    return "\r\n".join(",".join(row) for row in quoted).encode()


def jsonl_file():
    return "\n".join(json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) for row in ROWS).encode()


def parquet_file():
    stream = io.BytesIO()
    columns = dict(zip(COLUMNS, zip(*ROWS, strict=True), strict=True))
    columns["date"] = [dt.date.fromisoformat(day) for day in columns["date"]]
    parquet.write_table(pa.table({name: list(values) for name, values in columns.items()}), stream)
    return stream.getvalue()


def xlsx_file():
    dated = [(ref, note, dt.datetime.fromisoformat(day), team) for ref, note, day, team in ROWS]
    return workbook(("Notes", [COLUMNS, *dated]))


@pytest.mark.parametrize(
    ("content", "name", "places"),
    [
        (csv_file, "n.csv", ["row 2, column note", "row 3, column note"]),
        (jsonl_file, "n.jsonl", ["line 1, field note", "line 2, field note"]),
        (parquet_file, "n.parquet", ["row 1, column note", "row 2, column note"]),
        (xlsx_file, "n.xlsx", ["Notes!B2", "Notes!B3"]),
    ],
    ids=["csv", "jsonl", "parquet", "xlsx"],
)
def test_a_row_is_a_note_with_its_place_and_its_other_fields(content, name, places):
    found = notes(content(), name)
    assert [(note.id, note.text) for note in found] == [(ref, text) for ref, text, _, _ in ROWS]
    assert [note.places[0].name for note in found] == places
    assert [dict(note.record) for note in found] == [
        {"date": "2026-01-31", "team": "North"}, {"date": "2026-02-01"},
    ]  # fmt: skip


def test_what_libreoffice_writes_as_a_workbook_is_read(tmp_path):
    (tmp_path / "n.csv").write_bytes(csv_file())
    office = shutil.which("soffice")
    assert office, "install libreoffice-calc"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    reading = "--infilter=CSV:44,34,76"  # commas, double quotation marks, UTF-8
    command = [office, profile, "--headless", reading, "--convert-to", "xlsx", "--outdir", str(tmp_path), "n.csv"]
    subprocess.run(command, check=True, capture_output=True, timeout=300, cwd=tmp_path)
    found = list(read(tmp_path / "n.xlsx", FIELDS, set()))
    assert [(note.id, note.text, note.places[0].name) for note in found] == [
        ("w1", ROWS[0][1], "n!B2"), ("w2", ROWS[1][1], "n!B3"),
    ]  # fmt: skip
    assert found[0].record == {"file": "n.xlsx", "folder": tmp_path.name, "date": "2026-01-31", "team": "North"}


def parquet_of(table, **how):
    stream = io.BytesIO()
    parquet.write_table(table, stream, **how)
    return stream


class Told(io.BytesIO):
    """A file that remembers how much was asked of it at once."""

    most = 0

    def read(self, size=-1):
        got = super().read(size)
        self.most = max(self.most, len(got))
        return got


def test_a_parquet_file_is_read_a_little_at_a_time_however_large_its_groups_of_rows():
    draw = random.Random(1)  # noqa: S311  # no secret
    texts = ["".join(draw.choices("abcdefgh ", k=1000)) for _ in range(5000)]
    table = pa.table({"id": [str(number) for number in range(5000)], "text": texts})
    file = Told(parquet_of(table, row_group_size=5000, compression="none", use_dictionary=False).getvalue())
    before = pa.total_allocated_bytes()
    held = 0
    for note, text in zip(read_stream(file, "n.parquet", Fields()), texts, strict=True):
        assert note.text == text
        held = max(held, pa.total_allocated_bytes() - before)
    assert 0 < held < 4 << 20
    assert file.most <= 2 << 20


def test_a_long_note_that_a_parquet_file_says_again_and_again_is_held_once():
    long = "Gran made tea. " * 200_000
    again = pa.DictionaryArray.from_arrays(pa.array([0] * 100, pa.int32()), pa.array([long]))
    file = parquet_of(pa.table({"id": [str(number) for number in range(100)], "text": again}))
    assert len(file.getvalue()) < 1 << 20
    before = pa.total_allocated_bytes()
    held = 0
    for note in read_stream(file, "n.parquet", Fields()):
        assert len(note.text) == len(long)
        held = max(held, pa.total_allocated_bytes() - before)
    assert held < 10 * len(long)


def test_a_parquet_file_that_unpacks_to_far_more_than_it_is_gets_refused():
    table = pa.table({"id": ["1"], "text": [" " * (32 << 20)]})
    content = parquet_of(table, compression="zstd", use_dictionary=False).getvalue()
    (found,) = notes(content, "n.parquet", Fields())
    assert "many hundred times its size" in found.error


def test_a_parquet_file_damaged_at_any_byte_is_read_or_refused():
    content = parquet_file()
    for place in range(len(content)):
        for bit in (1, 4, 64):
            damaged = bytearray(content)
            damaged[place] ^= bit
            found = notes(bytes(damaged), "n.parquet", Fields("note"))
            assert all(note.error is None or note.error.endswith(".") for note in found)


def test_columns_of_a_parquet_file_that_hold_no_words_are_not_read():
    table = pa.table(
        {"id": ["1"], "text": ["Gran made tea."], "scan": [b"x" * 100], "tags": [["a"]], "team": ["North"]}
    )
    (found,) = notes(parquet_of(table).getvalue(), "n.parquet", Fields())
    assert found.record == {"team": "North"}


@pytest.mark.parametrize(
    ("name", "content"), [("n.parquet", parquet_file), ("n.xlsx", xlsx_file)], ids=["parquet", "xlsx"]
)
def test_a_table_without_the_column_says_what_there_is(name, content):
    (note,) = notes(content(), name, Fields("Note"))
    assert "no column “Note”; it has “ref”, “note”" in note.error
    assert "--text-field “note”" in note.error


def test_sheets_that_hold_no_notes_are_passed_over_and_rows_keep_their_numbers():
    content = workbook(("Lists", [["team"], ["North"]]), ("Empty", []), ("Notes", [[], ["note"], [], ["x"], [7]]))
    found = notes(content, "n.xlsx", Fields("note"))
    assert [(note.text, note.id, note.places[0].name) for note in found] == [
        ("x", "Notes, row 4", "Notes!A4"), ("7", "Notes, row 5", "Notes!A5"),
    ]  # fmt: skip


def test_how_a_csv_was_taken_is_said_once():
    first, second = notes("ref;note\n1;Zoë\n2;x\n".encode("cp1252"), "n.csv")
    assert ["Windows-1252" in notice for notice in first.notices] == [True, False]
    assert first.notices[1] == "Read as columns that semicolons part."
    assert second.notices == ()


def test_a_csv_is_read_as_it_comes():
    rows = (f"{number},{'x' * 1000}\r\n".encode() for number in range(2000))
    stream = io.BytesIO(b"ref,note\r\n" + b"".join(rows))
    from fsm_language.readers import READERS

    found = READERS[".csv"](stream, "n.csv", FIELDS)
    next(found)
    assert stream.tell() < HEAD * 10


def test_the_meter_tells_how_far_files_are_read(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"ref,note\r\n" + b"1,xxxxxxxx\r\n" * 20_000)
    meter = Meter()
    seen = [meter.read for _ in read(tmp_path, FIELDS, set(), meter)]
    assert seen == sorted(seen)
    assert meter.read == sum(file.stat().st_size for file in tmp_path.iterdir())


def packed(*files):
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def test_the_files_of_a_zip_are_read_in_order_of_name():
    inside = [("b.txt", "b"), ("North/a.csv", csv_file()), ("__MACOSX/._b.txt", "x"), (".x.txt", "x"), ("c.png", b"x")]
    found = notes(packed(*inside), "export.zip")
    assert [(note.name, note.text) for note in found] == [
        ("export.zip/North/a.csv", ROWS[0][1]),
        ("export.zip/North/a.csv", ROWS[1][1]),
        ("export.zip/b.txt", "b"),
    ]
    assert found[0].record["folder"] == "North"


def test_a_spreadsheet_inside_a_zip_is_read():
    assert len(notes(packed(("n.xlsx", xlsx_file()), ("n.parquet", parquet_file())), "n.zip")) == 4


def link():
    info = ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("inner.zip", packed(("a.txt", "x")), "Unpack it first"),
        ("../a.txt", "x", "leads out"),
        ("/etc/a.txt", "x", "leads out"),
        ("..\\a.txt", "x", "leads out"),
        ("C:/a.txt", "x", "leads out"),
        (link(), "/etc/passwd", "leads out"),
        ("bomb.txt", b"\0" * (20 << 20), "many hundred times"),
        ("a.png", b"x", "holds no notes"),
    ],
    ids=["zip in zip", "upward", "from the root", "backslashes", "a drive", "a link", "a bomb", "no notes"],
)
def test_a_zip_that_could_do_harm_is_not_read(name, content, says):
    (note,) = notes(packed((name, content)), "n.zip")
    assert says in note.error
    assert note.text == ""


def test_a_document_that_is_a_bomb_is_not_opened():
    bomb = packed(("content.xml", b" " * (20 << 20)))
    for name in ("n.docx", "n.odt", "n.xlsx"):
        (note,) = notes(bomb, name)
        assert "many hundred times" in note.error


def test_a_zip_that_lies_about_a_size_is_held_to_it():
    content = bytearray(packed(("a.txt", "Mum came to the review on Monday. " * 50)))
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (10).to_bytes(4, "little")
    (note,) = notes(bytes(content), "n.zip")
    assert note.error
    assert note.text == ""


@pytest.fixture
def served(tmp_path):
    file = tmp_path / "records.db"
    connection = sqlite3.connect(file)
    connection.execute("create table notes (ref text, note text, date text, team text)")
    connection.executemany("insert into notes values (?, ?, ?, ?)", ROWS)
    connection.commit()
    connection.close()
    return f"sqlite:///{file}"


def test_a_query_gives_a_note_a_row(served):
    found = list(database.read(served, "select * from notes order by ref", FIELDS))
    assert [(note.id, note.text, note.places[0].name) for note in found] == [
        ("w1", ROWS[0][1], "row 1, column note"), ("w2", ROWS[1][1], "row 2, column note"),
    ]  # fmt: skip
    assert found[0].record == {"date": "2026-01-31", "team": "North"}


def test_a_query_changes_nothing(served):
    (refused,) = database.read(served, "delete from notes", FIELDS)
    assert "Write a SELECT" in refused.error
    assert len(list(database.read(served, "select * from notes", FIELDS))) == 2


@pytest.mark.parametrize(
    ("url", "query", "says"),
    [
        ("{served}", "select * from none", "The database says no: no such table: none."),
        ("{served}", "select ref from notes", "no column “note”; it has “ref”"),
        ("nonsense://u:hunter2@h/d", "select 1", "none that SQLAlchemy knows"),
        ("postgresql://u:hunter2@127.0.0.1:1/d?password=hunter2", "select 1", "pip install psycopg"),
        ("sqlite:///no/such/folder/x.db", "select 1", "The database says no"),
    ],
    ids=["no table", "no column", "no such kind", "no driver", "no file"],
)
def test_what_a_database_refuses_is_told_without_the_password(served, url, query, says):
    (note,) = database.read(url.format(served=served), query, FIELDS)
    assert says in note.error
    assert "hunter2" not in note.error + note.name
    assert "u:" not in note.name


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:p@host/records?password=p", "postgresql://host/records"),
        ("mssql+pyodbc:///?odbc_connect=PWD%3Dp", "mssql+pyodbc:///"),
        ("sqlite:///records.db", "sqlite:///records.db"),
        ("po stgres://u:p@host", "po stgres://…"),
    ],
)
def test_the_url_of_a_database_is_shown_without_user_password_and_options(url, shown):
    assert database.shown(url) == shown
