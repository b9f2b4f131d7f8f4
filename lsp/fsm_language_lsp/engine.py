"""What finds wording for every connection of this process: linters by their settings, made once, and their threads."""

import gc
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

from fsm_language import Linter, RuleError, Settings, SettingsError
from fsm_language.parse import Parser
from fsm_language.tone import Tone

KEPT = 12
WORKERS = 2


class Choice(NamedTuple):
    """A linter to check with now, and whether it is `final`: whether no better one will come."""

    linter: Linter
    final: bool


class Engine:
    """Linters by their settings, and the threads that check with them, which are not those that talk to editors.

    spaCy takes a while to load: until it has, `now` gives a linter that does without.
    """

    def __init__(self) -> None:
        """Begin without any; nothing is read yet."""
        self.workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="check")
        self._loader = ThreadPoolExecutor(1, thread_name_prefix="load")
        self._made: dict[str, Linter] = {}
        self._refused: dict[str, RuleError | SettingsError] = {}
        self._loaded: dict[str, Future[None]] = {}
        self._parsers: dict[str, Parser] = {}
        self._tone = Tone()
        self._lock = threading.Lock()

    def now(self, settings: Settings) -> Choice:
        """Return the best linter there is by now. Raises `RuleError` and `SettingsError`; takes a while, once."""
        loaded = self._loaded.get(repr(settings))
        done = loaded is not None and loaded.done()
        lexical = replace(settings, contextual=False, tone=False)
        if settings == lexical or (loaded and done and loaded.exception() is None):
            return Choice(self._linter(settings), final=True)
        return Choice(self._linter(lexical, self._linter(settings)), final=done)

    def load(self, settings: Settings) -> Future[None]:
        """Make a linter with all that `settings` ask for in the background, once. The future may raise `ModelError`."""
        with self._lock:
            if repr(settings) not in self._loaded:
                self._loaded[repr(settings)] = self._loader.submit(self._load, settings)
            return self._loaded[repr(settings)]

    def _load(self, settings: Settings) -> None:
        linter = self._linter(settings)
        if linter.parser is not None:
            linter.parser.load()
        if linter.tone is not None:
            linter.tone.load()
        linter.check("One short note.")  # what is made at first use is made now
        gc.collect()
        gc.freeze()  # models and rules stay: to look at them again and again for what could go costs keystrokes
        gc.enable()

    def _linter(self, settings: Settings, full: Linter | None = None) -> Linter:
        """Return the linter for `settings`, which may be what words alone find of what `full` finds."""
        with self._lock:
            linter = self._made.pop(repr(settings), None)
            linter = linter or (full.lexical() if full else self._new(settings))
            self._made[repr(settings)] = linter
            if len(self._made) > KEPT:
                longest_unused = next(iter(self._made))
                del self._made[longest_unused]
            return linter

    def _new(self, settings: Settings) -> Linter:
        """Make a linter. What was refused is so again at once: reading all rules anew would cost every keystroke."""
        if (refused := self._refused.get(repr(settings))) is not None:
            raise refused.with_traceback(None)
        try:
            return self._sharing(Linter(settings))
        except (RuleError, SettingsError) as error:
            self._refused[repr(settings)] = error
            raise

    def _sharing(self, linter: Linter) -> Linter:
        """Let a linter use the models that others have loaded; they are large."""
        if linter.parser is not None:
            linter.parser = self._parsers.setdefault(linter.settings.model, linter.parser)
        if linter.tone is not None:
            linter.tone = self._tone
        return linter

    def let_go(self, memory: str) -> None:
        """Keep nothing of the note that linters remember under the name `memory`: it was closed."""
        with self._lock:
            linters = tuple(self._made.values())
        for linter in linters:
            linter.forget(memory)

    def forget(self) -> None:
        """Read rules anew from now on: a pack has changed. Models stay."""
        with self._lock:
            self._made.clear()
            self._refused.clear()

    def close(self) -> None:
        """Let the threads end; checks that have not begun never will."""
        self.workers.shutdown(wait=False, cancel_futures=True)
        self._loader.shutdown(wait=False, cancel_futures=True)
