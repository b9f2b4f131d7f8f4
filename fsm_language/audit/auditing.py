"""An audit from notes to rows: chosen, checked, silenced, written down; gone on with after any stop."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from pathlib import Path

from fsm_language import __version__
from fsm_language.audit.choice import Choice
from fsm_language.audit.journal import FINDINGS, AuditError, Journal, begin
from fsm_language.audit.row import Row, Showing, row_of
from fsm_language.batch import check
from fsm_language.configuration import Configuration
from fsm_language.finding import Report
from fsm_language.packs import rule_files, shipped
from fsm_language.readers import Note
from fsm_language.suppress import Silence
from fsm_language.whole import alone


@dataclass(frozen=True, slots=True)
class Audit:
    """What is asked of a service's notes: how to check them, which to take, what to show, what to keep silent.

    `input` is what tells the notes to read from others, as `sources.identity` has it.
    """

    configuration: Configuration
    choice: Choice = field(default_factory=Choice)
    showing: Showing = field(default_factory=Showing)
    silences: Sequence[Silence] = ()
    input: Row = field(default_factory=dict)


Engine = Callable[[Iterable[Note], Configuration], Iterator[Report]]


def run(  # noqa: PLR0913  # the last three are named
    audit: Audit,
    notes: Iterable[Note],
    folder: Path,
    *,
    resume: bool = False,
    anew: bool = False,
    engine: Engine = check,
) -> Iterator[Row]:
    """Yield the rows of an audit, those of an earlier run first, writing new ones to `folder` as they come.

    `resume` goes on with what an earlier run left there, `anew` replaces it. `engine` is what checks: `batch.check`, or
    another that yields the same reports in the same order. Raises `AuditError` where the folder holds another one,
    `OSError` where another run writes to it, and as `batch.check` does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder / FINDINGS), closing(begin(folder, asked(audit), resume=resume, anew=anew)) as journal:
        taken = audit.choice.take(notes)
        yield from _earlier(audit, journal, taken, folder)
        for report in engine(taken, audit.configuration):
            shown = report
            for silence in audit.silences:
                shown = silence.apply(shown)
            row = row_of(shown, audit.configuration, audit.showing)
            journal.add(row)
            yield row


def _earlier(audit: Audit, journal: Journal, notes: Iterator[Note], folder: Path) -> Iterator[Row]:
    """Yield the rows that are there, passing over the notes they are of."""
    for row in journal.earlier():
        note = next(notes, None)
        if note is None or audit.showing.names(note.name, note.id) != (row["name"], row["id"]):
            raise AuditError(
                f"{folder}: the notes no longer come in the order in which the audit there met them. "
                "Give them as before (a query needs ORDER BY), or begin again with --anew."
            )
        for silence in audit.silences:
            silence.recall(row["hidden"])
        yield row


def asked(audit: Audit) -> Row:
    """Return what tells this audit from another one, to be written down; it holds no words of any note."""
    configuration, choice, key = audit.configuration, audit.choice, audit.showing.key
    return {
        "program": __version__,
        "input": audit.input,
        "rules": _rules(configuration),
        "settings": _settings(configuration),
        "choice": {f.name: _plain(getattr(choice, f.name)) for f in fields(choice)},
        "showing": {
            "text": audit.showing.text,
            "key": None if key is None else hmac.new(key, b"fsm-language", hashlib.sha256).hexdigest()[:16],
        },
        "silenced": [_store(silence) for silence in audit.silences],
    }


def packs(configuration: Configuration) -> tuple[Path, ...]:
    """Return all packs of local rules that may be used, for any path."""
    overriding = (pack for override in configuration.overrides for pack in override.settings.get("packs", ()))
    return tuple(dict.fromkeys([*configuration.for_path("").packs, *overriding]))


def _rules(configuration: Configuration) -> str:
    """Return a digest of all rule files that may be used."""
    content = hashlib.blake2b(digest_size=16)
    for file in rule_files([shipped(), *packs(configuration)]):
        content.update(file.read_bytes())
    return content.hexdigest()


NOT_THE_ANSWER = frozenset({"settings", "file", "fail_on", "jobs", "baseline", "ignores", "flags", "overrides"})


def _settings(configuration: Configuration) -> Row:
    """Return the settings that shape rows."""
    shaping = configuration.for_path("")
    return {
        **{f.name: _plain(getattr(shaping, f.name)) for f in fields(shaping)},
        **{
            f.name: _plain(getattr(configuration, f.name))
            for f in fields(configuration)
            if f.name not in NOT_THE_ANSWER
        },
        "overrides": [[list(o.paths), {k: _plain(v) for k, v in o.settings.items()}] for o in configuration.overrides],
    }


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _store(silence: Silence) -> str:
    return hashlib.blake2b(repr((silence.store.key, silence.store.entries)).encode(), digest_size=16).hexdigest()
