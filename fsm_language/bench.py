"""The linters of a run: notes as readers hand them over go in, reports come out, whatever the notes hold."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from fsm_language.configuration import Configuration
from fsm_language.document import Document
from fsm_language.finding import Report
from fsm_language.linter import Linter, Text
from fsm_language.parse import ModelError
from fsm_language.prose import prose
from fsm_language.readers import Note
from fsm_language.settings import AUDIENCES, Settings

LONGEST = 10 << 20  # characters of a note: the worst of this length takes minutes and some gigabytes
TOO_LONG = f"It is longer than {LONGEST:,} characters, so it was not checked. Put each note into a file of its own."


class Bench:
    """The linters of a run, one for each set of settings, made when first needed."""

    def __init__(self, configuration: Configuration, *, all_findings: bool = False) -> None:
        """Remember what to check with; nothing is read yet."""
        self.configuration = configuration
        self.all_findings = all_findings
        self._linters: list[tuple[Settings, Linter]] = []

    def linter(self, name: str, audience: str | None = None) -> Linter:
        """Return the linter for the note called `name`, for its own audience if it has one."""
        settings = self.configuration.for_path(name)
        if audience is not None:
            settings = replace(settings, audience=audience)
        for known, linter in self._linters:
            if known == settings:
                return linter
        linter = Linter(settings)
        self._linters.append((settings, linter))
        return linter

    def check(self, note: Note) -> Report:
        """Return the report of `note`. Raises as `check_all` does."""
        return self.check_all([note])[0]

    def check_all(self, notes: Sequence[Note]) -> list[Report]:
        """Return the reports of `notes`, in order; what is slow is asked about all of them at once.

        Raises `RuleError`, `SettingsError` or `ModelError` when nothing can be checked.
        """
        reports: dict[int, Report] = {}
        by_linter: dict[Linter, list[int]] = defaultdict(list)
        for at, note in enumerate(notes):
            if note.error is not None:
                reports[at] = unchecked(note, note.error)
            elif len(note.text) > LONGEST:
                reports[at] = unchecked(note, TOO_LONG)
            else:
                by_linter[self.linter(note.name, self._audience(note)[0])].append(at)
        for linter, places in by_linter.items():
            reports.update(zip(places, self._reports(linter, [notes[at] for at in places]), strict=True))
        return [reports[at] for at in range(len(notes))]

    def _reports(self, linter: Linter, notes: Sequence[Note]) -> list[Report]:
        try:
            return self._checked(linter, notes)
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001  # one note must not end the run, nor its words reach a message
            problem = f"The note could not be checked ({type(error).__name__}). Please tell the makers of fsm-language."
        if len(notes) == 1:
            return [unchecked(notes[0], problem)]
        return [report for note in notes for report in self._reports(linter, [note])]  # which of them is it?

    def _checked(self, linter: Linter, notes: Sequence[Note]) -> list[Report]:
        read = [prose(note.text, note.kind, note.headings) for note in notes]
        texts = [Text(each.text, note.name, note.id) for each, note in zip(read, notes, strict=True)]
        found = zip(notes, read, linter.check_all(texts), strict=True)
        return [self._told(note, each.restore(report)) for note, each, report in found]

    def _told(self, note: Note, report: Report) -> Report:
        """Return the report with what the reader knows of the note."""
        document = replace(report.document, places=note.places)
        notices = (*note.notices, *self._audience(note)[1])
        report = replace(report, document=document, notices=notices, record=note.record)
        if not self.all_findings:
            return report
        found = sorted((*report.findings, *report.covered), key=lambda f: (f.start, f.end, f.rule.id))
        return replace(report, findings=tuple(found))

    def _audience(self, note: Note) -> tuple[str | None, tuple[str, ...]]:
        """Return the audience that a note's own record names, and a notice if it is none that there are rules for."""
        named = note.record.get(self.configuration.audience_field or "", "").strip().lower()
        if not named or named in AUDIENCES:
            return named or None, ()
        return None, (f"Its audience is none of {', '.join(AUDIENCES)}; checked as the settings say.",)


def unchecked(note: Note, error: str) -> Report:
    """Return the report of a note that was not checked; `error` says why in a plain sentence."""
    return Report(Document("", note.name), error=error, id=note.id, notices=note.notices, record=note.record)
