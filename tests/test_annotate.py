"""An annotated copy says what was found, where it stands, and changes no word, look or place of the document."""

import re
import subprocess
import sys

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st

from fsm_language.annotate import AnnotateError, annotate
from fsm_language.annotate.docx import _between
from fsm_language.bench import Bench
from fsm_language.configuration import Configuration
from fsm_language.prose import prose
from fsm_language.readers.docx import text_of
from fsm_language.settings import Settings

BENCH = Bench(Configuration(Settings(contextual=False, tone=False)))
FOUND = "Mum failed to attend the review."


def annotated(tmp_path, name, content):
    source, target = tmp_path / name, tmp_path / f"out-{name}"
    if isinstance(content, str):
        source.write_bytes(content.encode())
    else:
        content.save(source)
    before = source.read_bytes()
    report = annotate(source, target, BENCH)
    assert source.read_bytes() == before
    return target, report


# --- Word ---


def looks(document):
    """Return every character of the body with what it looks like, in order, paragraph by paragraph."""
    return [
        [
            (letter, None if properties is None else properties.xml)
            for run in paragraph.iter(qn("w:r"))
            if run.find(qn("w:commentReference")) is None
            for properties in [run.find(qn("w:rPr"))]
            for letter in text_of(run)
        ]
        for paragraph in document.element.body.iter(qn("w:p"))
    ]


def commented(document):
    """Return the text that each comment is hung on, by its number."""
    found = {}
    for comment in document.comments:
        number, inside, text = str(comment.comment_id), False, ""
        for element in document.element.body.iter():
            if element.get(qn("w:id")) == number and element.tag == qn("w:commentRangeStart"):
                inside = True
            elif element.get(qn("w:id")) == number and element.tag == qn("w:commentRangeEnd"):
                inside = False
            elif inside and element.tag == qn("w:t"):
                text += element.text or ""
        found[comment.comment_id] = text
    return found


def whole():
    document = docx.Document()
    document.add_heading("Visit", 1)
    paragraph = document.add_paragraph("On Monday ")
    paragraph.add_run("Mum fai").bold = True
    paragraph.add_run("led to").italic = True
    paragraph.add_run(" attend the review.")
    last = paragraph.add_run("\tNext line")
    last.add_break(WD_BREAK.LINE)
    last.add_text("Dad failed to attend too.")
    cell = document.add_table(1, 2).cell(0, 1)
    cell.text = FOUND
    document.sections[0].header.paragraphs[0].text = "Gran failed to attend."
    return document


def test_word_comments_stand_at_the_words(tmp_path):
    target, report = annotated(tmp_path, "visit.docx", whole())
    document = docx.Document(target)
    hung = list(commented(document).values())
    assert hung[:3] == ["failed to attend"] * 3
    assert len(hung) == len(report.findings) == 4
    first = next(iter(document.comments))
    assert first.author == "fsm-language"
    assert "Failed" in first.text
    assert "Try: did not attend" in first.text
    assert "Ask: What got in the way?" in first.text
    assert "Recommended by: " in first.text


def test_what_cannot_hold_a_comment_has_its_own_at_the_beginning(tmp_path):
    target, _ = annotated(tmp_path, "visit.docx", whole())
    document = docx.Document(target)
    last = list(document.comments)[-1]
    assert last.text.startswith("Header: “failed to attend”")
    assert commented(document)[last.comment_id] == "Visit"


def test_words_and_looks_stay_as_they_were(tmp_path):
    before = whole()
    target, _ = annotated(tmp_path, "visit.docx", before)
    after = docx.Document(target)
    assert looks(after) == looks(before)
    assert [p.style.name for p in after.paragraphs] == [p.style.name for p in before.paragraphs]
    assert after.sections[0].header.paragraphs[0].text == "Gran failed to attend."


def test_a_document_annotated_twice_keeps_both(tmp_path):
    target, report = annotated(tmp_path, "visit.docx", whole())
    again = tmp_path / "again.docx"
    annotate(target, again, BENCH)
    assert len(list(docx.Document(again).comments)) >= 2 * len(report.findings)


INSERTED = f'<w:ins {nsdecls("w")} w:id="9" w:author="A"><w:r><w:t>{FOUND}</w:t></w:r></w:ins>'
DELETED = (
    f'<w:del {nsdecls("w")} w:id="8" w:author="A"><w:r><w:delText>Dad refused to engage.</w:delText></w:r></w:del>'
)
LINKED = f'<w:hyperlink {nsdecls("w")} w:anchor="x"><w:r><w:t>{FOUND}</w:t></w:r></w:hyperlink>'
BOXED = (
    f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
    f"<w:p><w:r><w:t>{FOUND}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


@pytest.mark.parametrize(
    ("inside", "hung", "says"),
    [
        (INSERTED, "failed to attend", ""),
        (DELETED, None, ""),
        (LINKED, "failed to attend", ""),
        (BOXED, FOUND, "Text box"),
    ],
    ids=["tracked insertion", "tracked deletion", "link", "text box"],
)
def test_word_markup_of_every_kind(tmp_path, inside, hung, says):
    document = docx.Document()
    document.add_paragraph("We met. ")._p.append(parse_xml(inside))
    before = looks(document)
    target, _ = annotated(tmp_path, "visit.docx", document)
    after = docx.Document(target)
    assert looks(after) == before
    assert list(commented(after).values()) == ([] if hung is None else [hung])
    assert all(comment.text.startswith(says) for comment in after.comments)


PIECES = st.lists(
    st.tuples(st.text("ab \U0001f600", max_size=4), st.sampled_from(["", "\t", "\n"])), min_size=1, max_size=5
)


@given(st.lists(PIECES, min_size=1, max_size=4), st.data())
def test_runs_are_split_only_where_asked(runs, data):
    document = docx.Document()
    paragraph = document.add_paragraph()
    for number, pieces in enumerate(runs):
        run = paragraph.add_run()
        run.bold = bool(number % 2)
        for text, sign in pieces:
            run.add_text(text + sign)
    before, text = looks(document), text_of(paragraph._p)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    marked = list(_between(paragraph._p, start, end))
    assert "".join(text_of(run) for run in marked) == text[start:end]
    assert looks(document) == before
    assert len(paragraph.runs) <= len(runs) + 2


# --- Markdown ---


@pytest.mark.parametrize(
    "text",
    [
        f"# Visit\n\n{FOUND}\n",
        f"No line end. {FOUND}",
        f"- {FOUND}\r\n- **{FOUND}**\r\n",
        f"[{FOUND}](failed-to-attend.md) and `failed to attend`\n",
        f"{FOUND} See[^fsm-1].\n\n[^fsm-1]: Mine.\n",
    ],
    ids=["plain", "no line end", "windows line ends", "link and code", "a footnote of its own"],
)
def test_markdown_keeps_every_word(tmp_path, text):
    target, report = annotated(tmp_path, "visit.md", text)
    marked = target.read_bytes().decode()
    label = "fsmx" if "[^fsm-" in text else "fsm"
    assert re.sub(rf"\[\^{label}-\d+\](?!:)", "", marked).startswith(text)
    assert len(re.findall(rf"\[\^{label}-\d+\]", marked)) == 2 * len(report.findings) > 0
    assert f"failed to attend[^{label}-1]" in marked


def test_markdown_footnotes_say_it_on_lines_of_their_own(tmp_path):
    target, _ = annotated(tmp_path, "visit.md", f"{FOUND}\n")
    lines = target.read_text(encoding="utf-8").split("\n")
    assert lines[0] == "Mum failed to attend[^fsm-1] the review."
    assert lines[2].startswith("[^fsm-1]: “Failed” reads as a verdict.")
    assert lines[3].startswith("    Try: did not attend")
    assert lines[2].endswith("\\")


def test_nothing_found_is_nothing_added(tmp_path):
    target, _ = annotated(tmp_path, "visit.md", "We met at home.\n")
    assert target.read_text(encoding="utf-8") == "We met at home.\n"


# --- HTML ---

PAGE = "<!DOCTYPE html>\n<html><head><title>A visit</title></head><body>\n<p>{}</p>\n</body></html>\n"


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        (FOUND, ["failed to attend"]),
        ("Mum failed <b>to</b> attend the review.", ["failed ", "to", " attend"]),
        ("Mum failed&nbsp;to attend the review &amp; left.", ["failed&nbsp;to attend"]),
        (f"<!-- {FOUND} --><code>failed to attend</code> {FOUND}", ["failed to attend"]),
        (f"<textarea>{FOUND}</textarea>", []),
    ],
    ids=["plain", "over a tag", "spelt out", "comment and code", "shown letter by letter"],
)
def test_page_marks_the_words_and_changes_none(tmp_path, body, marked):
    source = PAGE.format(body)
    target, report = annotated(tmp_path, "visit.html", source)
    page = target.read_text(encoding="utf-8")
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.DOTALL) == marked
    assert without_marks(page) == source
    assert page.count('<li id="fsm-language-') == len(report.findings) == 1


def without_marks(page):
    page = re.sub(r'<aside class="fsm-language".*?</aside>\n', "", page, flags=re.DOTALL)
    return re.sub(
        r'<mark class="fsm-language"[^>]*>|</mark>|<sup><a href="#fsm-language-\d+">\[\d+\]</a></sup>', "", page
    )


def test_a_finding_over_others_gets_its_number_only(tmp_path):
    long = " ".join(["Mum failed to attend the review, and"] * 12) + " left."
    target, report = annotated(tmp_path, "visit.html", PAGE.format(long))
    page = target.read_text(encoding="utf-8")
    assert {finding.category for finding in report.findings} > {"blaming"}
    assert page.count("<sup>") == len(report.findings)
    assert without_marks(page) == PAGE.format(long)
    assert not re.search(r"<mark[^>]*>[^<]*<mark", page)


def test_an_annotated_page_reads_as_before(tmp_path):
    target, _ = annotated(tmp_path, "visit.html", PAGE.format(FOUND))
    assert FOUND in re.sub(r"\[\d+\]", "", prose(target.read_text(encoding="utf-8"), "html").text)


def test_an_encoding_is_kept(tmp_path):
    source, target = tmp_path / "a.html", tmp_path / "b.html"
    source.write_bytes(PAGE.format(f"Café. {FOUND}").encode("windows-1252"))
    annotate(source, target, BENCH)
    assert "Café" in target.read_text(encoding="windows-1252")


# --- what is refused ---


@pytest.mark.parametrize(
    ("source", "target", "says"),
    [
        ("a.pdf", "b.pdf", "only .docx"),
        ("a.md", "b.html", "ends in .md"),
        ("a.md", "a.md", "that is the document itself"),
        ("a.md", "there.md", "--replace"),
        ("empty.md", "b.md", "The file is empty"),
        ("broken.docx", "b.docx", "damaged"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(tmp_path, source, target, says):
    for name, content in (
        ("a.pdf", "x"),
        ("a.md", FOUND),
        ("there.md", "kept"),
        ("empty.md", ""),
        ("broken.docx", "x"),
    ):
        (tmp_path / name).write_text(content)
    with pytest.raises(AnnotateError, match=re.escape(says)):
        annotate(tmp_path / source, tmp_path / target, BENCH)
    assert (tmp_path / "a.md").read_text() == FOUND
    assert (tmp_path / "there.md").read_text() == "kept"
    assert not (tmp_path / "b.md").exists()


def test_the_command_writes_a_copy(tmp_path):
    (tmp_path / "a.md").write_text(FOUND)
    command = [sys.executable, "-m", "fsm_language_cli", "annotate", "a.md", "b.md", "--no-tone"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "b.md: 1 suggestion.\n")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "b.md: is there already" in done.stderr
