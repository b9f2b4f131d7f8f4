"""Who is who: families, workers, services and things, told apart by the words that name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from fsm_language.words import keys_of

Actor = Literal["self", "professional", "service", "parent", "child", "person", "thing", "unknown"]
FAMILY: frozenset[Actor] = frozenset({"parent", "child", "person"})
WORKERS: frozenset[Actor] = frozenset({"self", "professional", "service"})


class Lexicon:
    """Who is who: the word lists of `words.yaml` that tell families, workers, services and things apart."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """Read the lists `parent`, `child`, `person`, `professional`, `service`, `thing`, `say` and `human_noun`."""
        self._actors: dict[tuple[str, ...], Actor] = {}
        actors: tuple[Actor, ...] = ("thing", "service", "professional", "person", "child", "parent")
        for actor in actors:
            for entry in words.get(actor, ()):
                if not entry.startswith("@"):
                    self._actors[keys_of(entry)] = actor
        self.say = frozenset(key for entry in words.get("say", ()) for key in keys_of(entry))
        self.human_nouns = frozenset(key for entry in words.get("human_noun", ()) for key in keys_of(entry))

    def actor(self, *keys: str) -> Actor | None:
        """Return who `keys`, the last words of a noun phrase, name: the longest entry that ends them."""
        for first in range(max(0, len(keys) - 3), len(keys)):
            found = self._actors.get(keys[first:])
            if found is None and len(keys) - first == 1 and keys[first].endswith("s"):
                found = self._actors.get((keys[first][:-1],))
            if found is not None:
                return found
        return None
