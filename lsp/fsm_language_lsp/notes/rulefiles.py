"""Rule files and settings files in an editor: what is wrong with them, as they are typed."""

from collections.abc import Iterator
from pathlib import Path

from fsm_language import Document, SettingsError
from fsm_language.configuration import FILE_NAMES, Configuration
from fsm_language.mistake import Mistake

RULES = ("rules:", "glossary:", "words:", "defaults:")


def is_settings(document: Document) -> bool:
    """Whether the file holds settings."""
    return Path(document.name).name in FILE_NAMES


def is_rules(document: Document, configuration: Configuration) -> bool:
    """Whether the file holds rules: it is in a pack, or has the keys of one and nothing else does."""
    path = Path(document.name)
    if any(path.is_relative_to(pack) for pack in configuration.for_path(document.name).packs):
        return True
    heads = [line for line in document.text.splitlines() if line and line[0] not in " #-\t"]
    return any(head.startswith("topic:") for head in heads) and any(head.startswith(RULES) for head in heads)


def mistakes(document: Document, path: Path | None, configuration: Configuration) -> Iterator[Mistake]:
    """Yield what is wrong with a rule file or a settings file; nothing of any other file."""
    file = path or Path(document.name)
    try:
        if is_settings(document):
            from fsm_language.settingsfile import parse

            parse(document.text, file)
        elif is_rules(document, configuration):
            from fsm_language import draft

            yield from draft.mistakes(document.text, file, configuration.for_path(document.name).packs)
    except SettingsError as mistake:
        yield mistake
