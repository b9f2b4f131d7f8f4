"""The linters of one process: one for each audience, sharing what is large."""

from collections.abc import Iterable
from dataclasses import replace

from fsm_language import Linter, Settings


class Linters:
    """Makes a linter for an audience when it is first asked for."""

    def __init__(self, settings: Settings) -> None:
        """Read the packs of `settings`. Raises as `Linter` does."""
        self.first = Linter(settings)
        self._made = {settings.audience: self.first}

    def get(self, audience: str | None = None, explained: Iterable[str] = ()) -> Linter:
        """Return the linter for `audience` (None: that of the settings) whose readers know `explained` acronyms."""
        first = self.first
        audience = audience or first.settings.audience
        linter = self._made.get(audience)
        if linter is None:
            linter = self._made[audience] = Linter(replace(first.settings, audience=audience), first.pack)
            linter.parser, linter.tone = first.parser, first.tone
        known = tuple(explained)
        return linter.knowing(known) if known else linter
