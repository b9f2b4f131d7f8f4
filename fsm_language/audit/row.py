"""A report as a row of the journal."""

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from fsm_language.audit.choice import date_of
from fsm_language.configuration import Configuration
from fsm_language.finding import Finding, Report
from fsm_language.formats.jsonl import record

Row = dict[str, Any]  # JSON, as it is written and read back


@dataclass(frozen=True, slots=True)
class Showing:
    """What a row may show: the note's own words (`text`), and its name and id as they are or, with a `key`, hidden."""

    text: bool = False
    key: bytes | None = None

    def names(self, name: str, id: str | None) -> tuple[str, str | None]:  # noqa: A002  # what the record calls it
        """Return a note's name and id as a row shows them. A hidden name keeps its ending, to tell formats apart."""
        if self.key is None:
            return name, id
        ending = PurePath(name).suffix.lower()
        return _pseudonym(name, self.key) + ending, None if id is None else _pseudonym(id, self.key)


def _pseudonym(name: str, key: bytes) -> str:
    return hmac.new(key, name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:16]


def row_of(report: Report, configuration: Configuration, showing: Showing) -> Row:
    """Return the row of `report`."""
    shown: Row = record(report)
    shown["name"], shown["id"] = showing.names(report.document.name, report.id)
    for finding, entry in zip(report.findings, shown["findings"], strict=True):
        entry["wording"] = finding.wording
        entry["end_line"], entry["end_column"] = report.document.position(finding.end)
        if showing.text:
            entry["words"] = finding.text
        else:
            entry["suggestions"] = _without_words(finding, entry["suggestions"])
    said = report.record.get
    return {
        **shown,
        "date": date_of(said(configuration.date_field, "")),
        "team": said(configuration.team_field),
        "audience": said(configuration.audience_field or ""),
        "groups": {name: said(name) for name in configuration.group_by if name != configuration.team_field},
        "notices": list(report.notices),
        "hidden": list(report.hidden),
        **({"text": report.document.text} if showing.text else {}),
    }


def _without_words(finding: Finding, suggestions: list[Row]) -> list[Row]:
    """Return `suggestions` without those that carry words of the note over, or quote them."""
    carried = any("$" in template for template in finding.rule.suggest)
    kept = [offer for offer in suggestions if not (offer["edits"] and carried)]
    return [{**offer, "label": "leave it out"} if _leaves_out(offer) else offer for offer in kept]


def _leaves_out(offer: Row) -> bool:
    return str(offer["label"]).startswith("leave out “")
