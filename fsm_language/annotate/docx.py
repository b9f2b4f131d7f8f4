"""Comments in a Word document: one at each finding, and nothing else changed but where runs begin and end."""

import io
from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from fsm_language.annotate.comment import NAME, comment
from fsm_language.finding import Finding, Report
from fsm_language.readers.docx import ASIDE, BOX, SIGNS, Paragraph, W, paragraphs, text_of
from fsm_language.readers.note import BETWEEN

if TYPE_CHECKING:
    from docx.document import Document

RUN, TEXT, PROPERTIES = f"{W}r", f"{W}t", f"{W}rPr"
KEEP_SPACES = "{http://www.w3.org/XML/1998/namespace}space"

Element = Any  # of lxml, which has no types of its own


def annotate(content: bytes, report: Report) -> bytes:
    """Return the Word document `content` with a comment at each finding of `report`.

    Headers, footers, notes and text boxes cannot hold comments. Theirs stand where a text box is anchored, or else at
    the beginning of the document, and say where.
    """
    import docx

    document = docx.Document(io.BytesIO(content))
    placed = list(_placed(document))
    for finding in report.findings:
        start, paragraph = next(entry for entry in reversed(placed) if entry[0] <= finding.start)
        runs = list(_between(paragraph.element, finding.start - start, finding.end - start))
        if runs and _takes_comments(paragraph.element, document):
            _add(document, runs, comment(finding))
        else:
            _add(document, [_near(paragraph.element, document)], f"{_place(paragraph, finding)}\n{comment(finding)}")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _placed(document: "Document") -> Iterator[tuple[int, Paragraph]]:
    """Yield the paragraphs with text, and where each begins in the text that was checked, in code points."""
    start = 0
    for paragraph in paragraphs(document):
        if paragraph.text.strip():
            yield start, paragraph
            start += len(paragraph.text) + len(BETWEEN)


def _place(paragraph: Paragraph, finding: Finding) -> str:
    return f"{paragraph.place.capitalize()}: “{finding.text}”"


def _add(document: "Document", runs: list[Element], text: str) -> None:
    from docx.text.run import Run

    ends = [Run(run, document._body) for run in (runs[0], runs[-1])]  # noqa: SLF001  # a run wants its part only
    document.add_comment(ends, text=text, author=NAME, initials="fsm")


def _takes_comments(paragraph: Element, document: "Document") -> bool:
    return _root(paragraph) is document.element and next(paragraph.iterancestors(BOX), None) is None


def _root(element: Element) -> Element:
    return element.getroottree().getroot()


def _near(paragraph: Element, document: "Document") -> Element:
    """Return the run that a text box hangs on, or the first of the body; one is added where there is none."""
    if _root(paragraph) is document.element and (around := list(paragraph.iterancestors(RUN))):
        return around[-1]
    first = next(document.element.body.iter(RUN), None)
    return first if first is not None else document.add_paragraph().add_run()._r  # noqa: SLF001  # its element


def _between(paragraph: Element, start: int, end: int) -> Iterator[Element]:
    """Yield the runs that hold `start` to `end` of a paragraph's text, code points, splitting those at its ends."""
    for at in (start, end):
        for begins, run in list(_runs(paragraph)):
            if begins < at < begins + len(text_of(run)):
                _split(run, at - begins)
    for begins, run in _runs(paragraph):
        if begins < end and begins + len(text_of(run)) > start:
            yield run


def _runs(paragraph: Element) -> Iterator[tuple[int, Element]]:
    """Yield the runs of a paragraph that are read, and where the text of each begins."""
    begins = 0
    for run in _live_runs(paragraph):
        yield begins, run
        begins += len(text_of(run))


def _live_runs(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == RUN:
            yield child
        elif child.tag not in ASIDE:
            yield from _live_runs(child)


def _split(run: Element, at: int) -> None:
    """Part a run in two at a code point of its text; both look as it did, and each thing in it is in one of them."""
    after = deepcopy(run)
    run.addnext(after)
    done = 0
    for left, right in zip(list(run), list(after), strict=True):
        if left.tag == PROPERTIES:
            continue
        length = _length(left)
        if done + length <= at and (length or done < at):
            after.remove(right)
        elif done >= at:
            run.remove(left)
        else:
            _cut(left, right, at - done)
        done += length


def _length(child: Element) -> int:
    if child.tag == TEXT:
        return len(child.text or "")
    return len(text_of([child])) if child.tag in SIGNS else 0


def _cut(left: Element, right: Element, at: int) -> None:
    """Leave the first `at` characters in one copy of a text, and the rest in the other."""
    left.text, right.text = left.text[:at], right.text[at:]
    for part in (left, right):
        part.set(KEEP_SPACES, "preserve")
