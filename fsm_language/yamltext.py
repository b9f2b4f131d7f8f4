"""YAML that others wrote: data and nothing else, and no more of it than a person writes."""

from pathlib import Path
from typing import Any

import yaml

from fsm_language.mistake import Mistake

LONGEST = 10 << 20  # bytes of a file; the shipped rules together are a tenth of it
DEEPEST = 40  # lists and mappings within each other
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlTextError(ValueError):
    """Text that is not taken as YAML: what is wrong, and its line and column (from 1, 0 for none)."""

    def __init__(self, message: str, place: tuple[int, int] = (0, 0)) -> None:
        """Remember what is wrong and where."""
        super().__init__(message)
        self.message = message
        self.line, self.column = place


def reject(file: Path, mistake: type[Mistake]) -> None:
    """Raise a `mistake` when `file` is there and is not to be read: it is no file (a pipe, a device), or too long."""
    if file.exists() and not file.is_file():
        raise mistake("cannot be read: it is no file", file)
    if file.is_file() and file.stat().st_size > LONGEST:
        raise mistake(f"is too long: {LONGEST >> 20} megabytes are the most", file)


def load(text: str) -> object:
    """Return what `text` holds. Raises `YamlTextError`."""
    _check(text)
    try:
        content: object = yaml.load(text, Loader=LOADER)  # noqa: S506  # a safe loader
    except yaml.YAMLError as error:
        raise _not_yaml(error) from error
    except ValueError as error:
        raise YamlTextError("holds a date or a number that there cannot be; put it in quotes") from error
    return content


def compose(text: str) -> yaml.Node | None:
    """Return the nodes of `text`, which know their lines; None when it is empty. Raises `YamlTextError`."""
    _check(text)
    try:
        tree: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        raise _not_yaml(error) from error
    return tree


def _check(text: str) -> None:
    """Refuse text of which a few lines keep a reader busy for long, or for which it has no room."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.AliasEvent):
                raise YamlTextError("cannot use YAML's aliases (*name); write the words out", _place(event.start_mark))
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise YamlTextError("has too many lists or brackets within each other", _place(event.start_mark))
    except yaml.YAMLError as error:
        raise _not_yaml(error) from error
    except UnicodeEncodeError:
        raise YamlTextError("holds half a character; save it again as UTF-8") from None


def _not_yaml(error: yaml.YAMLError) -> YamlTextError:
    if isinstance(error, yaml.MarkedYAMLError):
        return YamlTextError(f"not YAML: {error.problem}", _place(error.problem_mark))
    return YamlTextError(f"not YAML: {error}")


def _place(mark: Any) -> tuple[int, int]:  # noqa: ANN401  # the reader in C has marks of a kind of its own
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)
