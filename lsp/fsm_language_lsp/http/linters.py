"""The linters of one worker: by audience and profile, with everything loaded."""

from collections.abc import Collection
from dataclasses import replace

from fsm_language import Linter, Settings
from fsm_language_lsp.engine import Engine

NAME = "note"  # of every note that the service checks


class Linters:
    """Finds the linter for a note."""

    def __init__(self, settings: Settings) -> None:
        """Use `settings` where a note asks for nothing else."""
        self._settings = settings
        self._engine = Engine()
        self._used: list[Linter] = []

    def get(self, audience: str = "", profile: str = "", explained: Collection[str] = ()) -> Linter:
        """Return the linter for readers who know `explained` acronyms. What is empty is as the settings have it.

        Raises as `Linter` does, and `ModelError`.
        """
        settings = replace(
            self._settings,
            audience=audience or self._settings.audience,
            profile=profile or self._settings.profile,
        )
        self._engine.load(settings).result()
        linter = self._engine.now(settings).linter
        self._used.append(linter)
        return linter.knowing(explained) if explained else linter

    def forget(self) -> None:
        """Let go of the note that was checked: the next one may be somebody else's."""
        while self._used:
            self._used.pop().forget(NAME)
