"""A whole service's records: what is found in each note, kept in a folder that a stopped run goes on from.

The folder holds two files. `run.json` says what was asked: rules, settings, input. `findings.jsonl` is the answer and
the journal: a JSON object a line for each note, in the order of the input. Reports are made from it and nothing else.
A row holds

    name, id, findings, measures, error    as `fsm-language check --format jsonl` prints them
    date                                   when the note was written, as 2026-01-31, or null
    team, audience                         whose it is and who will read it, as the record says, or null
    groups                                 fields asked for with `--group-by`, but for the team: their values, or null
    notices                                what had to be assumed in order to read or check the note
    hidden                                 fingerprints of findings that a baseline or ignores keep silent

and each of its findings also `end_line` and `end_column`, and `wording`, what a rule's phrase knows of the words
("fail to …"), by which findings can be counted; "" where no phrase found it. A row holds no other words of the note:
suggestions that carry some over are left out. Only `--with-text` adds `text` to a row and `words` to a finding, and
leaves suggestions as they are. With a key, `name` and `id` are pseudonyms.
"""

from fsm_language.audit.auditing import Audit, packs, run
from fsm_language.audit.choice import Choice, date_of
from fsm_language.audit.journal import FINDINGS, RUN, AuditError, rows
from fsm_language.audit.recalled import recalled
from fsm_language.audit.row import Row, Showing

__all__ = [
    "FINDINGS",
    "RUN",
    "Audit",
    "AuditError",
    "Choice",
    "Row",
    "Showing",
    "date_of",
    "packs",
    "recalled",
    "rows",
    "run",
]
