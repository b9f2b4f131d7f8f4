"""What has changed since an earlier audit, and what has to be known to believe it."""

import json
from dataclasses import dataclass
from pathlib import Path

from fsm_language.audit import RUN, rows
from fsm_language.packs import Pack
from fsm_language.report.figures import Figures, figures_of

# what two audits must have in common for their rates to be about the writing alone
SAME = {"rules": "other rules", "settings": "other settings", "silenced": "another baseline or other ignores"}


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier audit: its figures, and in what way it was asked otherwise."""

    figures: Figures
    otherwise: tuple[str, ...] = ()


def before(folder: Path, old: Path, pack: Pack) -> Before:
    """Return the audit in `old`, to compare the one in `folder` with. Raises `AuditError` when it cannot be read."""
    then, now = _asked(old), _asked(folder)
    return Before(
        figures_of(rows(old), pack),
        tuple(words for key, words in SAME.items() if then.get(key) != now.get(key)),
    )


def _asked(folder: Path) -> dict[str, object]:
    try:
        found = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
