"""The linters of a run: a note as a reader hands it over goes in, its report comes out, whatever the note holds."""

from dataclasses import replace

from fsm_language.configuration import Configuration
from fsm_language.document import Document
from fsm_language.finding import Report
from fsm_language.linter import Linter
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
        """Return the report of `note`. Raises as `check` of this module does."""
        if note.error is not None:
            return unchecked(note, note.error)
        if len(note.text) > LONGEST:
            return unchecked(note, TOO_LONG)
        audience, notices = self._audience(note)
        linter = self.linter(note.name, audience)
        try:
            read = prose(note.text, note.kind, note.headings)
            report = read.restore(linter.check(read.text, note.name, note.id))
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001  # one note must not end the run, nor its words reach a message
            problem = f"The note could not be checked ({type(error).__name__}). Please tell the makers of fsm-language."
            return unchecked(note, problem)
        document = replace(report.document, places=note.places)
        report = replace(report, document=document, notices=(*note.notices, *notices), record=note.record)
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
