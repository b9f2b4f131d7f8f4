"""Findings as a GitLab code quality report."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator

from fsm_language.finding import Report
from fsm_language.formats.location import path_of
from fsm_language.formats.options import Options
from fsm_language.formats.wording import advice

SEVERITY = {"suggestion": "info", "warning": "minor", "error": "major"}


def render(reports: Iterable[Report], _options: Options) -> Iterator[str]:
    """Yield an array with an issue for each finding and each note that could not be checked."""
    seen: Counter[str] = Counter()
    comma = "["
    for report in reports:
        for issue in _issues(report, seen):
            yield f"{comma}\n{json.dumps(issue, indent=2, ensure_ascii=False)}"
            comma = ","
    yield "[]\n" if comma == "[" else "\n]\n"


def _issues(report: Report, seen: Counter[str]) -> Iterator[dict[str, object]]:
    path = path_of(report.document.name)
    prefix = "" if report.id is None else f"{report.id}: "
    if report.error is not None:
        unique = _unique(f"{path}\0{report.id}\0error", seen)
        place: dict[str, object] = {"path": path, "lines": {"begin": 1}}
        yield _issue(f"{prefix}{report.error}", "fsm-language.error", unique, "critical", place)
    for finding in report.findings:
        line = report.document.position(finding.start)[0] if report.id is None else 1
        unique = _unique(f"{path}\0{report.id}\0{finding.fingerprint(report.document)}", seen)
        place = {"path": path, "lines": {"begin": line}}
        yield _issue(prefix + advice(finding), finding.rule.id, unique, SEVERITY[finding.level], place)


def _unique(name: str, seen: Counter[str]) -> str:
    """Return a hash that no other issue of the report has: GitLab drops issues that share one."""
    seen[name] += 1
    return hashlib.blake2b(f"{name}\0{seen[name]}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _issue(description: str, check: str, unique: str, severity: str, place: dict[str, object]) -> dict[str, object]:
    return {
        "description": description,
        "check_name": check,
        "fingerprint": unique,
        "severity": severity,
        "location": place,
    }
