"""Findings a team has decided to leave: ignores and baselines, kept by fingerprint, outside the notes."""

import hashlib
import hmac
import json
import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

from fsm_language import whole
from fsm_language.finding import Finding, Report
from fsm_language.settings import SettingsError

VERSION = 1
FIELDS = frozenset({"rule", "fingerprint", "note", "count", "reason"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding to keep silent.

    `note` is a keyed hash of the note's name, so that an entry can be called unused only when its note was
    checked; it matches in any note. `count` is how many there may be, None for any number. `reason` is a
    person's own words.
    """

    rule: str
    fingerprint: str
    note: str
    count: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Store:
    """The entries of one ignore or baseline file, and the random key that makes its hashes unguessable."""

    key: bytes
    entries: tuple[Entry, ...] = ()
    file: Path | None = None

    def entry(self, finding: Finding, report: Report, count: int | None = None, reason: str = "") -> Entry:
        """Return the entry that keeps `finding` silent."""
        fingerprint = finding.fingerprint(report.document, self.key)
        return Entry(finding.rule.id, fingerprint, self.note(report), count, reason)

    def note(self, report: Report) -> str:
        """Return the keyed hash of a note's name and id; the folder it lies in does not count."""
        name = f"{PurePath(report.document.name).name}\0{report.id or ''}"
        return hmac.new(self.key, name.encode("utf-8", "surrogatepass"), hashlib.blake2b).hexdigest()[:16]


def new(file: Path | None = None) -> Store:
    """Return an empty store with a key of its own."""
    return Store(secrets.token_bytes(16), file=file)


def stored(file: Path) -> Store:
    """Return what is in a file of ignores or a baseline, an empty store if there is none. Raises as `load` does."""
    return load(file) if file.exists() else new(file)


def load(file: Path) -> Store:
    """Read a file of ignores or a baseline. Raises `SettingsError` naming the file, the line and the likely fix."""
    try:
        return _store(json.loads(file.read_text(encoding="utf-8-sig")), file)
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from None
    except json.JSONDecodeError as error:
        raise SettingsError(f"{file}:{error.lineno}: not JSON: {error.msg}; was it edited by hand?") from None
    except SettingsError:
        raise
    except (KeyError, TypeError, ValueError, RecursionError):
        raise SettingsError(f"{file}: is no file of ignores; `fsm-language baseline update` writes one") from None


def _store(content: dict[str, Any], file: Path) -> Store:
    if content["version"] != VERSION:
        raise SettingsError(f"{file}: was written by another version of fsm-language; write it anew")
    return Store(bytes.fromhex(content["key"]), tuple(_entry(row) for row in content["entries"]), file)


def _entry(row: dict[str, object]) -> Entry:
    rule, fingerprint, note, count = row["rule"], row["fingerprint"], row["note"], row.get("count")
    if not all(isinstance(value, str) for value in (rule, fingerprint, note)) or not isinstance(count, int | None):
        raise TypeError
    if row.keys() - FIELDS:
        raise KeyError
    return Entry(str(rule), str(fingerprint), str(note), count, str(row.get("reason", "")))


def save(store: Store, file: Path) -> None:
    """Write `store`, an entry a line, in an order that keeps differences small. Raises `OSError`; nothing is lost then.

    What changes a file holds `whole.alone` from reading to writing it.
    """
    lines = [
        json.dumps(
            {
                "rule": entry.rule,
                "fingerprint": entry.fingerprint,
                "note": entry.note,
                **({} if entry.count is None else {"count": entry.count}),
                **({"reason": entry.reason} if entry.reason else {}),
            },
            ensure_ascii=False,
        )
        for entry in sorted(store.entries, key=lambda e: (e.rule, e.note, e.fingerprint))
    ]
    head = f'{{"version": {VERSION}, "key": "{store.key.hex()}", "entries": ['
    whole.write(file, (head + ("\n" if lines else "") + ",\n".join(lines) + "\n]}\n").encode())


@dataclass(slots=True)
class Silence:
    """A store at work on a run: hides what it names and remembers what it has hidden and where."""

    store: Store
    _allowed: dict[str, int | None] = field(init=False)
    _used: Counter[str] = field(default_factory=Counter)
    _notes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._allowed = allowed(self.store.entries)

    def apply(self, report: Report) -> Report:
        """Return `report` without the findings that the store names; their fingerprints are added to `hidden`."""
        if report.error is not None:
            return report
        self._notes.add(self.store.note(report))
        shown: list[Finding] = []
        hidden: list[str] = []
        for finding in report.findings:
            fingerprint = finding.fingerprint(report.document, self.store.key)
            allowed = self._allowed.get(fingerprint, 0)
            if allowed is None or self._used[fingerprint] < allowed:
                self._used[fingerprint] += 1
                hidden.append(fingerprint)
            else:
                shown.append(finding)
        return replace(report, findings=tuple(shown), hidden=(*report.hidden, *hidden))

    def recall(self, hidden: Iterable[str]) -> None:
        """Count what was kept silent earlier in the same run."""
        self._used.update(hidden)

    def unused(self) -> tuple[Entry, ...]:
        """Return the entries that hid nothing, or less than they might, in the notes that were checked."""
        left = Counter(self._used)
        idle = []
        for entry in self.store.entries:
            wanted = entry.count or 1
            if left[entry.fingerprint] < wanted and entry.note in self._notes:
                idle.append(entry)
            if entry.count is not None:
                left[entry.fingerprint] -= min(wanted, left[entry.fingerprint])
        return tuple(idle)


def allowed(entries: Iterable[Entry]) -> dict[str, int | None]:
    """Return how many findings of each fingerprint the entries hide, None for any number."""
    total: dict[str, int | None] = {}
    for entry in entries:
        so_far = total.get(entry.fingerprint, 0)
        total[entry.fingerprint] = None if so_far is None or entry.count is None else so_far + entry.count
    return total


@dataclass(frozen=True, slots=True)
class Update:
    """What bringing a baseline up to date did: `added` and `left_out` are new findings, `elsewhere` was kept unseen."""

    store: Store
    kept: int
    mended: int
    added: int
    left_out: int
    elsewhere: int


def update(store: Store, reports: Iterable[Report], *, allow_growth: bool = False) -> Update:
    """Return `store` with what is still found in `reports`; it only shrinks unless `allow_growth`.

    Entries of notes that are not among `reports` stay as they are.
    """
    found: Counter[Entry] = Counter()
    checked: set[str] = set()
    for report in reports:
        if report.error is None:
            checked.add(store.note(report))
            found.update(store.entry(finding, report) for finding in report.findings)
    elsewhere = [entry for entry in store.entries if entry.note not in checked]
    before = Counter({_bare(entry): entry.count or 1 for entry in store.entries if entry.note in checked})
    after = found if allow_growth else found & before
    reasons = {_bare(entry): entry.reason for entry in store.entries}
    entries = [replace(entry, count=count, reason=reasons.get(entry, "")) for entry, count in after.items()]
    return Update(
        replace(store, entries=(*elsewhere, *entries)),
        kept=(found & before).total(),
        mended=(before - found).total(),
        added=(after - before).total(),
        left_out=(found - after).total(),
        elsewhere=len(elsewhere),
    )


def _bare(entry: Entry) -> Entry:
    return replace(entry, count=None, reason="")
