"""Formats turn reports into text for a person or a program: one module a format."""

import importlib
from collections.abc import Callable, Iterable, Iterator

from fsm_language.finding import Report
from fsm_language.formats.options import Options

Render = Callable[[Iterable[Report], Options], Iterator[str]]


def _module(name: str) -> Render:
    """Return the `render` of a module of this package, imported when it is first called."""

    def render(reports: Iterable[Report], options: Options) -> Iterator[str]:
        found: Render = importlib.import_module(f"{__name__}.{name}").render
        return found(reports, options)

    return render


FORMATS: dict[str, Render] = {
    name: _module(name)
    for name in ("text", "json", "jsonl", "sarif", "junit", "csv", "github", "gitlab", "html", "diff")
}

__all__ = ["FORMATS", "Options", "Render"]
