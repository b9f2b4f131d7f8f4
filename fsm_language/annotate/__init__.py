"""A copy of a document with what was found said where it stands; its words stay as they are, for a person to change.

A Word document gets comments, a Markdown file footnotes, a web page marks and a list of suggestions.
"""

from collections.abc import Callable
from pathlib import Path

from fsm_language import whole
from fsm_language.annotate import docx, html, markdown
from fsm_language.bench import Bench
from fsm_language.finding import Report
from fsm_language.readers import Fields, read_bytes

ANNOTATORS: dict[str, Callable[[bytes, Report], bytes]] = {
    ".docx": docx.annotate,
    ".docm": docx.annotate,
    ".md": markdown.annotate,
    ".markdown": markdown.annotate,
    ".html": html.annotate,
    ".htm": html.annotate,
    ".xhtml": html.annotate,
}

__all__ = ["ANNOTATORS", "AnnotateError", "annotate"]


class AnnotateError(ValueError):
    """A document that cannot be annotated; the message says why and what to do."""


def annotate(source: Path, target: Path, bench: Bench, *, replace: bool = False) -> Report:
    """Write a copy of `source` with its findings to `target`, and return them. Raises `AnnotateError` and `OSError`.

    `source` is only read; `target` must be another file, and one that is there is written over only with `replace`.
    """
    kind = source.suffix.lower()
    if kind not in ANNOTATORS:
        raise AnnotateError(f"{source}: only {', '.join(ANNOTATORS)} can be annotated. Save a copy as one of them.")
    if target.suffix.lower() != kind:
        raise AnnotateError(f"{target}: name a file that ends in {kind}, as {source.name} does.")
    if target.exists() and target.samefile(source):
        raise AnnotateError(f"{target}: that is the document itself, which stays as it is. Name another file.")
    if target.exists() and not replace:
        raise AnnotateError(f"{target}: is there already. Name another file, or write over it with --replace.")
    content = source.read_bytes()
    (note,) = read_bytes(content, str(source), Fields())
    report = bench.check(note)
    if report.error is not None:
        raise AnnotateError(f"{source}: {report.error}")
    whole.write(target, ANNOTATORS[kind](content, report))
    return report
