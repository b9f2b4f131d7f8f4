"""What no phrase can say: checks of the whole note, by name."""

from collections.abc import Callable, Iterator

from fsm_language.checks import acronyms, readability, tone
from fsm_language.finding import Finding
from fsm_language.glossary import Glossary
from fsm_language.rule import Rule
from fsm_language.settings import Settings
from fsm_language.surroundings import Surroundings

Check = Callable[[Rule, Surroundings, Settings, Glossary], Iterator[Finding]]

CHECKS: dict[str, Check] = {
    "ambiguous-acronyms": acronyms.ambiguous,
    "late-acronyms": acronyms.explained_late,
    "long-paragraphs": readability.long_paragraphs,
    "long-sentences": readability.long_sentences,
    "reading-age": readability.reading_age,
    "tone": tone.tone,
    "unexplained-acronyms": acronyms.unexplained,
    "unknown-acronyms": acronyms.unknown,
}
