"""The suggested wording as a unified diff, for reading or for `patch`."""

import difflib
import re
from collections.abc import Iterable, Iterator

from fsm_language.finding import Report
from fsm_language.formats.options import Options
from fsm_language.formats.terminal import painted, safe

LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
STYLES = {"+": ("green",), "-": ("red",), "@": ("cyan",)}


def render(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """Yield a diff for each note that a suggestion would change."""
    for report in reports:
        corrected = report.corrected()
        if corrected != report.document.text:
            name = report.document.name if report.id is None else f"{report.document.name}#{report.id}"
            name = re.sub(r"[\x00-\x1f]", "_", name)
            old, new = LINE.findall(report.document.text), LINE.findall(corrected)
            for line in difflib.unified_diff(old, new, f"a/{name.lstrip('/')}", f"b/{name.lstrip('/')}"):
                yield _shown(line, options)


def _shown(line: str, options: Options) -> str:
    ended = line.endswith("\n")
    if options.colour:  # a terminal reads this, not `patch`
        body = safe(line.rstrip("\r\n"))
        style = ("bold",) if line.startswith(("---", "+++")) else STYLES.get(line[:1], ())
        line = (painted(body, *style, on=True) if style else body) + ("\n" if ended else "")
    return line if ended else f"{line}\n\\ No newline at end of file\n"
