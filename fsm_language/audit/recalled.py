"""Rows of a journal as the reports that they were made of, for the formats that reports are shown in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fsm_language.audit.row import Row
from fsm_language.document import Document
from fsm_language.finding import Edit, Finding, Report, Suggestion
from fsm_language.rule import Rule


@dataclass(frozen=True, slots=True)
class Recalled(Finding):
    """A finding of a note that is not at hand: `known_by` is its fingerprint, `text` is empty unless it was kept."""

    known_by: str = ""

    def fingerprint(self, document: Document, key: bytes = b"") -> str:  # noqa: ARG002  # as a finding's
        """Return the fingerprint that the row holds."""
        return self.known_by


@dataclass(frozen=True)
class Outline(Document):
    """A note that is not at hand, of which is known on which line and column some code points stand."""

    positions: Mapping[int, tuple[int, int]] | None = None

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of where a finding starts or ends. Raises `KeyError` for any other place."""
        return (self.positions or {})[offset]


def recalled(row: Row, rules: Mapping[str, Rule]) -> Report:
    """Return the report of `row`, with findings by `rules` as far as they are still known."""
    positions = {finding["start"]: (finding["line"], finding["column"]) for finding in row["findings"]}
    positions |= {finding["end"]: (finding["end_line"], finding["end_column"]) for finding in row["findings"]}
    return Report(
        Outline(row.get("text", ""), row["name"], positions=positions),
        tuple(_finding(finding, rules) for finding in row["findings"]),
        row["measures"],
        row["error"],
        tuple(row["notices"]),
        row["id"],
        hidden=tuple(row["hidden"]),
    )


def _finding(found: Row, rules: Mapping[str, Rule]) -> Recalled:
    rule = rules.get(found["rule"])
    if rule is None:
        rule = Rule(found["rule"], found["category"], found["level"], found["message"], found["message"], (), "")
    return Recalled(
        rule,
        found["start"],
        found["end"],
        found.get("words", ""),
        found["message"],
        tuple(_suggestions(found)),
        level=found["level"],
        category=found["category"],
        wording=found["wording"],
        known_by=found["fingerprint"],
    )


def _suggestions(found: Row) -> Iterator[Suggestion]:
    for offer in found["suggestions"]:
        yield Suggestion(offer["label"], tuple(Edit(e["start"], e["end"], e["text"]) for e in offer["edits"]))
