"""What no phrase can say: checks of the whole note, and of one block of it, by name."""

from collections.abc import Callable, Iterator

from fsm_language.checks import acronyms, readability, tone
from fsm_language.finding import Finding
from fsm_language.glossary import Glossary
from fsm_language.parting import Block
from fsm_language.rule import Rule
from fsm_language.settings import Settings
from fsm_language.surroundings import Surroundings

Check = Callable[[Rule, Surroundings, Settings, Glossary], Iterator[Finding]]
BlockCheck = Callable[[Rule, Surroundings, Settings, Block], Iterator[Finding]]

CHECKS: dict[str, Check] = {
    "ambiguous-acronyms": acronyms.ambiguous,
    "late-acronyms": acronyms.explained_late,
    "reading-age": readability.reading_age,
    "tone": tone.tone,
    "unexplained-acronyms": acronyms.unexplained,
    "unknown-acronyms": acronyms.unknown,
}
# these look at nothing but the block and the quotations in it, so that what they say is kept as long as it stays
BLOCK_CHECKS: dict[str, BlockCheck] = {
    "long-paragraphs": readability.long_paragraphs,
    "long-sentences": readability.long_sentences,
}
NAMES = tuple(sorted((*CHECKS, *BLOCK_CHECKS)))
