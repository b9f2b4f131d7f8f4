"""Documents as real programs write them come out as one reads them, each stretch with the name of its place."""

import io
import shutil
import subprocess
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from fsm_language.batch import check
from fsm_language.configuration import Configuration
from fsm_language.document import Document
from fsm_language.readers import READERS, Fields, read_bytes
from fsm_language.readers.docx import paragraphs
from fsm_language.settings import Settings

DOCUMENTS = Path(__file__).parent / "documents"
PLAIN = Configuration(Settings(contextual=False, tone=False), jobs=1)
TEXT = [
    "Visit to Zoë’s home",
    "Mum failed to attend the review on Monday.",
    "Dad kicked off.",
    "Gran made tea.",
    "5 May",
    "Mum refused to engage.",
    "A last one, with £5 & more.",
]
BODY = [
    "paragraph 1",
    "paragraph 2",
    "paragraph 3",
    "paragraph 4",
    *["table 1, row 2, column 1"],
    "table 1, row 2, column 2",
    "paragraph 5",
]
RICH = ["paragraph 1", "paragraph 2", "paragraph 3", "paragraph 4", "paragraph 6", "paragraph 6", "paragraph 7"]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A document of `DOCUMENTS` as LibreOffice writes it in a format, by the ending of that format."""
    folder = tmp_path_factory.mktemp("written")
    office = shutil.which("soffice")
    assert office, "install libreoffice-writer"

    def write(ending, name="visit"):
        file = folder / f"{name}.{ending}"
        if not file.exists():
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            command = [office, profile, "--headless", "--convert-to", ending, "--outdir", str(folder)]
            command.append(str(DOCUMENTS / f"{name}.fodt"))
            subprocess.run(command, check=True, capture_output=True, timeout=300)
        return file.read_bytes()

    return write


def note(content, name):
    (found,) = read_bytes(content, name, Fields())
    return found


def place(found, words):
    return Document(found.text, places=found.places).place_name(found.text.index(words))


@pytest.mark.parametrize(("ending", "places"), [("docx", BODY), ("odt", BODY), ("rtf", RICH)])
def test_what_libreoffice_writes_is_read_with_its_places(written, ending, places):
    found = note(written(ending), f"visit.{ending}")
    assert found.error is None
    assert [place(found, words) for words in TEXT] == places


def test_a_pdf_that_libreoffice_writes_is_read_page_by_page(written):
    found = note(written("pdf"), "visit.pdf")
    assert [place(found, words) for words in (TEXT[0], TEXT[2], TEXT[5], TEXT[6])] == ["page 1"] * 3 + ["page 2"]


@pytest.mark.parametrize("ending", ["docx", "odt", "rtf"])
def test_what_was_deleted_while_changes_were_tracked_is_no_text(written, ending):
    assert "hopeless" not in note(written(ending), f"visit.{ending}").text


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_headers_notes_and_comments_are_read(written, ending):
    found = note(written(ending), f"visit.{ending}")
    assert place(found, "Anytown case record") == "header"
    assert place(found, "The bus was late.") == "footnote 1"
    assert place(found, "Which day?") == "comment 1"
    assert found.record["date"] == "2026-01-31"


def test_a_finding_in_a_document_says_where_it_is(written):
    found = note(written("docx"), "visit.docx")
    (report,) = check([found], PLAIN)
    told = {finding.text: report.document.place_name(finding.start) for finding in report.findings}
    assert told["failed to attend"] == "paragraph 2"
    assert told["refused to engage"] == "table 1, row 2, column 2"


def word(make):
    document = docx.Document()
    make(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_word_paragraphs_are_numbered_as_word_numbers_them():
    def make(document):
        document.add_paragraph("")
        document.add_paragraph("Second.")
        document.add_table(1, 1).cell(0, 0).text = "In a table."
        document.add_paragraph("Third.")

    found = note(word(make), "n.docx")
    assert [place(found, words) for words in ("Second", "In a", "Third")] == [
        "paragraph 2", "table 1, row 1, column 1", "paragraph 3",
    ]  # fmt: skip


BOX = (
    f"<w:r {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><mc:AlternateContent>"
    "<mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
    "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
CONTROL = (
    f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a form field.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
)


HEADED = (
    "Core group of 5 May\n\nCore group\n\nThe core group met.\n\nMum failed to attend\nthe core group\n\nShe said why."
)


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_headings_are_read_as_such_and_what_is_found_in_them_stands_where_it_was_written(written, ending):
    found = note(written(ending, "headings"), f"headings.{ending}")
    (report,) = check([found], PLAIN)
    assert report.document.text == HEADED
    told = [(f.text, f.start, report.document.place_name(f.start)) for f in report.findings]
    assert told == [
        ("core group", HEADED.index("core group"), "paragraph 3"),
        ("failed to attend", HEADED.index("failed"), "paragraph 4"),
    ]
    assert report.findings[1].suggestions[0].edits[0].start == HEADED.index("failed")


def outlined(paragraph, level):
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))


def test_word_has_headings_by_style_by_the_style_it_is_based_on_and_by_level():
    def make(document):
        for name, based_on in (("Minutes", "Heading 2"), ("One", "Normal"), ("Other", "Normal")):
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[based_on]
        document.styles["One"].base_style = document.styles["Other"]
        document.styles["Other"].base_style = document.styles["One"]  # going round in a ring
        for style in ("Title", "Heading 1", "Minutes", "Normal", "One", "Normal", "Heading 1"):
            document.add_paragraph(style, style)
        outlined(document.paragraphs[5], 0)
        outlined(document.paragraphs[6], 9)  # that of the body

    found = note(word(make), "n.docx")
    lines = [found.text[start:].partition("\n")[0] for start in found.headings]
    assert lines == ["Title", "Heading 1", "Minutes", "Normal"]
    assert found.headings[-1] == found.text.rindex("Normal")


def test_text_boxes_and_form_fields_are_read_once():
    def make(document):
        paragraph = document.add_paragraph("Around.")
        paragraph._p.append(parse_xml(BOX))
        document.element.body.insert(1, parse_xml(CONTROL))

    content = word(make)
    found = note(content, "n.docx")
    assert found.text == "Around.\n\nBoxed.\n\nIn a form field."
    assert place(found, "Boxed") == "text box at paragraph 1"
    assert [p.element.tag.rpartition("}")[2] for p in paragraphs(docx.Document(io.BytesIO(content)))] == ["p"] * 3


def test_comments_of_word_are_read():
    def make(document):
        run = document.add_paragraph("Mum came.").runs[0]
        document.add_comment(run, text="Which day was it?", author="A manager")

    found = note(word(make), "n.docx")
    assert place(found, "Which day") == "comment 1"


def packed(files):
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {after} '{f'&{before};' * 10}'>" for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_entities_of_a_document_are_never_unfolded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    opening = f"{LAUGHS}<!ENTITY file SYSTEM '{secret.as_uri()}'>]>"
    spaces = " ".join(f'xmlns:{part}="urn:oasis:names:tc:opendocument:xmlns:{part}:1.0"' for part in ("office", "text"))
    body = "<office:text><text:p>So &i; &file;.</text:p></office:text>"
    content = f"{opening}<office:document {spaces}>{body}</office:document>"
    found = note(packed({"content.xml": content}), "n.odt")
    assert "ha" not in found.text
    assert "SECRET" not in found.text


@pytest.mark.parametrize("ending", [".docx", ".odt", ".rtf", ".pdf", ".xlsx", ".parquet", ".zip", ".eml"])
@pytest.mark.parametrize("content", [b"", b"secret words", b"PK\x03\x04secret words"], ids=["empty", "text", "cut off"])
def test_what_is_not_what_its_name_says_is_told_in_plain_words(ending, content):
    found = note(content, f"n{ending}")
    assert found.error
    assert found.text == ""
    assert "secret" not in found.error


@pytest.mark.parametrize("ending", ["docx", "odt", "rtf", "pdf"])
def test_a_document_cut_off_anywhere_ends_no_run(written, ending):
    content = written(ending)
    for at in range(0, len(content), max(1, len(content) // 40)):
        assert note(content[:at], f"n.{ending}") is not None


def test_a_locked_pdf_and_a_scanned_one_say_what_to_do(written):
    from pypdf import PdfWriter

    locked, blank = PdfWriter(io.BytesIO(written("pdf"))), PdfWriter()
    locked.encrypt("secret", algorithm="RC4-128")
    blank.add_blank_page(100, 100)
    for writer, says in ((locked, "locked with a password"), (blank, "only pictures")):
        stream = io.BytesIO()
        writer.write(stream)
        assert says in note(stream.getvalue(), "n.pdf").error


def mail(**attached):
    message = EmailMessage()
    message["Subject"] = "Visit to Zoë"
    message["From"] = "worker@anytown.example"
    message["Date"] = "Sat, 31 Jan 2026 09:30:00 +0000"
    message.set_content("Mum failed to attend.\n")
    for name, content in attached.items():
        message.add_attachment(content, "application", "octet-stream", filename=name)
    return message


def test_mail_is_read_with_its_subject():
    found = note(mail().as_bytes(), "n.eml")
    assert (place(found, "Visit"), place(found, "Mum")) == ("subject", "message")
    assert (found.record["date"], found.record["from"]) == ("2026-01-31", "worker@anytown.example")
    assert found.notices == ()


def test_mail_in_html_alone_is_read_as_one_reads_it_and_attachments_are_told_of():
    message = mail(letter=b"x", photo=b"y")
    assert "attachments that were not read (2)" in note(message.as_bytes(), "n.eml").notices[0]
    only = EmailMessage()
    only["Subject"] = "Visit"
    only.set_content("<p>Mum didn&rsquo;t <b>come</b>.</p><script>x()</script>", subtype="html")
    found = note(only.as_bytes(), "n.eml")
    assert "Mum didn’t come." in found.text
    assert "x()" not in found.text


def test_findings_in_markdown_and_html_stand_where_they_were_typed():
    source = "<!-- failed to attend -->\n<p>Mum <b>failed</b> to attend &amp; left.</p>"
    (found,) = read_bytes(source.encode(), "n.html", Fields())
    (report,) = check([found], PLAIN)
    (finding,) = report.findings
    assert report.document.text == source
    assert report.document.position(finding.start) == (2, source.splitlines()[1].index("failed") + 1)
    (found,) = read_bytes(b"`failed to attend`\n\n- Dad **failed to attend**.", "n.md", Fields())
    assert [
        report.document.position(finding.start)[0] for report in check([found], PLAIN) for finding in report.findings
    ] == [3]


def test_old_formats_are_told_of_and_not_passed_over():
    assert "save it as .docx" in note(b"\xd0\xcf\x11\xe0", "n.doc").error
    assert {".doc", ".xls", ".msg"} <= set(READERS)


def test_mail_whose_heading_is_broken_in_an_odd_place_is_refused_in_a_sentence():
    content = b"Subject: A visit\nContent-Type: plain; charset*\n\nMum came.\n"
    assert note(content, "n.eml").error == "It cannot be read as an e-mail (IndexError). Save it again."


def test_mail_of_no_hour_that_there_is_gets_refused():
    content = b"Subject: Visit\nDate: Mon, 02 Feb 2026 122222222220:00:00 -0000\n\nMum rang.\n"
    assert note(content, "n.eml").error == "It cannot be read as an e-mail (OverflowError). Save it again."
