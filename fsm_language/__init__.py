"""A linter for the language of children's social care case notes: text in, kind and exact suggestions out.

from fsm_language import Linter

report = Linter().check("Mum failed to attend the review.")
for finding in report.findings:
    print(finding.text, "->", finding.suggestions[0].label)
"""

from fsm_language.document import Document
from fsm_language.finding import Edit, Finding, Report, Suggestion
from fsm_language.linter import Linter, Text
from fsm_language.packs import Pack, load
from fsm_language.parse import ModelError
from fsm_language.rule import Example, Rule, RuleError, Source
from fsm_language.settings import Settings, SettingsError

__version__ = "0.1.0"

__all__ = [
    "Document",
    "Edit",
    "Example",
    "Finding",
    "Linter",
    "ModelError",
    "Pack",
    "Report",
    "Rule",
    "RuleError",
    "Settings",
    "SettingsError",
    "Source",
    "Suggestion",
    "Text",
    "__version__",
    "load",
]
