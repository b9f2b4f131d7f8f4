"""What an audit has come to, in figures, in words and as an exit status."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fsm_language.audit import FINDINGS, Row
from fsm_language.formats.terminal import safe
from fsm_language.formats.wording import fails, many
from fsm_language.report import PAGE
from fsm_language_cli.run import COULD_NOT
from fsm_language_cli.run import FINDINGS as FOUND

TOLD = 10  # notes that could not be read, told one by one


class Tally:
    """What an audit has come to so far."""

    def __init__(self, fail_on: str) -> None:
        """Begin with nothing counted."""
        self._fail_on = fail_on
        self._figures: Counter[str] = Counter()
        self._notices: Counter[str] = Counter()
        self._failed: list[str] = []
        self._found = False

    def add(self, row: Row) -> None:
        """Count `row`."""
        found: list[Row] = row["findings"]
        self._figures["notes"] += row["error"] is None
        self._figures["failed"] += row["error"] is not None
        self._figures["findings"] += len(found)
        self._figures["with_findings"] += bool(found)
        self._figures["hidden"] += len(row["hidden"])
        self._notices.update(row["notices"])
        self._found |= any(fails(str(finding["level"]), self._fail_on) for finding in found)
        if row["error"] is not None and len(self._failed) < TOLD:
            name = row["name"] if row["id"] is None else f"{row['name']} · {row['id']}"
            self._failed.append(f"{safe(str(name))}: {safe(str(row['error']))}")

    def told(self, folder: Path, *, quiet: bool) -> Iterator[str]:
        """Yield what to say at the end."""
        yield from self._failed
        figures = self._figures
        if more := figures["failed"] - len(self._failed):
            yield f"{many(more, 'more note')} could not be read; why is told in {folder / FINDINGS}."
        if quiet:
            return
        for notice, times in self._notices.items():
            yield f"{safe(notice)} ({many(times, 'time')})"
        if figures["hidden"]:
            yield f"{many(figures['hidden'], 'finding')} kept quiet by your baseline or ignores."
        where = f"{many(figures['findings'], 'thing')} to look at in {figures['with_findings']:,} of them"
        yield f"{many(figures['notes'], 'note')} checked: {where}. Read {folder / PAGE}."

    @property
    def status(self) -> int:
        """The exit status."""
        return COULD_NOT if self._figures["failed"] else FOUND if self._found else 0
