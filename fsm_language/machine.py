"""Matching one phrase against the words of a sentence, all of its readings at once.

A phrase is compiled to a small program for a virtual machine that follows all alternatives at once (R. Pike's
design, described by R. Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009), so that no phrase
can be made to backtrack. What lies between two words of a reading is worked out once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from fsm_language.anchors import Anchors, anchors
from fsm_language.phrases import Form, Item, braces, parse
from fsm_language.rule import RuleError
from fsm_language.words import Word, key_of

OPEN = "…"


class Bend(NamedTuple):
    """A word in braces as it was met: which word of the sentence, and of which lemma it may be which form."""

    word: int
    forms: tuple[Form, ...]


class Match(NamedTuple):
    """Where a phrase matched, in word indices of a sentence, half open.

    `start` and `end` bound the marked words, `first` and `after` the whole of the phrase. `slots` are the open
    parts of the phrase from the left, `bends` the words in braces.
    """

    start: int
    end: int
    first: int
    after: int
    slots: tuple[tuple[int, int], ...]
    bends: tuple[Bend, ...]


# The instructions of the machine: a kind and its arguments. "word" (keys), "any" (loose), "split" (first choice,
# other), "jump" (to), "loose" (), "open" and "close" (slot), "mark" (), "match" ().
Instruction = tuple[str, Any, Any]
# A way from one place in the program to the next that takes a word: that place, whether the word may stand apart from
# the one before, and the instructions on the way that something is remembered for.
Path = tuple[int, bool, tuple[str, ...]]
# One way in which the words so far may be read: the place in the program, whether the next word may stand apart,
# where the open parts and the marks are, and the words in braces.
Thread = tuple[int, bool, tuple[tuple[int, int], ...], tuple[int, ...], tuple[Bend, ...]]


class Ways(NamedTuple):
    """Where the program may go on from one place, the preferred way first.

    `by_key` has the ways that take a certain word, `others` those that take any other; `end` is the way to the end
    of the phrase, after which no other is preferred.
    """

    by_key: Mapping[str, Sequence[Path]]
    others: Sequence[Path]
    end: Path | None


class Phrase:
    """A compiled phrase."""

    def __init__(self, source: str, words: Mapping[str, Sequence[str]]) -> None:
        """Compile `source`; `words` holds the lists it may name. Raises `RuleError`."""
        self.source = source
        self.items = parse(source, words)
        self.slots = 0
        self.braces = braces(self.items)
        self.code: list[Instruction] = []
        for item in self.items:
            self._compile(item, top=True)
        self.code.append(("match", None, None))
        self._known: dict[int, Ways] = {}
        if self._ways(0).end:
            raise RuleError(f"phrase “{source}” would match no words at all")

    def _compile(self, item: Item, *, top: bool = False) -> None:
        code = self.code
        is_slot = top and item.kind not in ("word", "mark")
        if is_slot:
            self.slots += 1
            code.append(("open", None, None))
        if item.kind in ("word", "brace"):
            code.append(("word", item.keys, None))
        elif item.kind == "star":
            code.append(("any", False, None))
        elif item.kind == "gap":
            self._gap(item.most)
        elif item.kind == "mark":
            code.append(("mark", None, None))
        else:
            self._choice(item)
        if is_slot:
            code.append(("close", None, None))

    def _gap(self, most: int) -> None:
        # the fewest words first: the shortest reading of a gap is the likeliest
        splits = []
        for _ in range(most):
            splits.append(len(self.code))
            self.code += [("split", None, None), ("any", True, None)]
        end = len(self.code)
        for split in splits:
            self.code[split] = ("split", end, split + 1)
        self.code.append(("loose", None, None))

    def _choice(self, item: Item) -> None:
        jumps = []
        branches = [*item.branches, ()] if item.kind == "maybe" else list(item.branches)
        for number, branch in enumerate(branches):
            split = len(self.code)
            last = number == len(branches) - 1
            if not last:
                self.code.append(("split", None, None))
            for part in branch:
                self._compile(part)
            if not last:
                jumps.append(len(self.code))
                self.code.append(("jump", None, None))
                self.code[split] = ("split", split + 1, len(self.code))
        for jump in jumps:
            self.code[jump] = ("jump", len(self.code), None)

    @cached_property
    def anchors(self) -> Anchors:
        """Where the phrase is worth looking for. Raises `RuleError` when no word of it is always there."""
        found = anchors(self.items)
        if found is None:
            raise RuleError(f"phrase “{self.source}” needs at least one word that is always there")
        return found

    @cached_property
    def first(self) -> Container[str] | None:
        """The words with which a match can begin; None if it can begin with any."""
        ways = self._ways(0)
        return None if ways.others else ways.by_key.keys()

    def _ways(self, start: int) -> Ways:
        known = self._known.get(start)
        if known is None:
            known = self._known[start] = self._ways_from(start)
        return known

    def _ways_from(self, start: int) -> Ways:
        by_key: dict[str, list[Path]] = {}
        others: list[Path] = []
        for path in self._paths(start):
            kind, keys, _ = self.code[path[0]]
            if kind == "match":
                return Ways(by_key, others, path)
            if kind == "any":
                for paths in (others, *by_key.values()):
                    paths.append(path)
            else:
                for key in keys:
                    by_key.setdefault(key, [*others]).append(path)
        return Ways(by_key, others, None)

    def _paths(self, start: int) -> Iterator[Path]:
        """Yield the ways from `start` to instructions that take a word, or to the end, the preferred one first."""
        stack: list[Path] = [(start, False, ())]
        while stack:
            place, loose, noted = stack.pop()
            kind, one, two = self.code[place]
            if kind in ("word", "any", "match"):
                yield place, loose or one is True, noted  # the words of a gap may stand apart
            elif kind == "split":
                stack += [(two, loose, noted), (one, loose, noted)]
            elif kind == "jump":
                stack.append((one, loose, noted))
            elif kind == "loose":
                stack.append((place + 1, True, noted))
            else:
                stack.append((place + 1, loose, (*noted, kind)))

    def match_at(self, words: Sequence[Word], first: int) -> Match | None:
        """Return the match that begins with word `first`: the preferred reading, taken as far as it goes."""
        best: Match | None = None
        threads: list[Thread] = [(0, True, (), (), ())]
        for at in range(first, len(words)):
            threads = self._step(threads, words[at], at)
            if not threads:
                break
            for number, (place, _, slots, marks, bends) in enumerate(threads):
                end = self._ways(place).end
                if end:
                    slots, marks = _noted(end[2], slots, marks, at + 1)  # noqa: PLW2901  # this reading ends here
                    start, after = marks or (first, at + 1)
                    best = Match(start, after, first, at + 1, slots, bends)
                    del threads[number + 1 :]
                    break
        return best

    def _step(self, threads: Iterable[Thread], word: Word, at: int) -> list[Thread]:
        """Return what the readings so far become with the next word, the preferred one first."""
        _, _, key, joined = word
        following: list[Thread] = []
        seen: set[tuple[int, bool]] = set()
        for start, apart, slots, marks, bends in threads:
            ways = self._ways(start)
            for place, loosens, noted in ways.by_key.get(key, ways.others):
                loose = apart or loosens
                if (place, loose) in seen or not (joined or loose):
                    continue
                seen.add((place, loose))
                kind, wanted, _ = self.code[place]
                notes = _noted(noted, slots, marks, at) if noted else (slots, marks)
                if kind == "any":
                    following.append((place + 1, bool(wanted), *notes, bends))
                else:
                    forms = wanted[key]
                    following.append((place + 1, False, *notes, (*bends, Bend(at, forms)) if forms else bends))
        return following

    @cached_property
    def _alphabet(self) -> frozenset[str]:
        return frozenset(key for kind, keys, _ in self.code if kind == "word" for key in keys)

    def wording(self, match: Match, written: Callable[[int], str]) -> str:
        """Return the marked words as the phrase knows them: bent ones in their plain form, those left open as dots.

        `written` tells how a word of the sentence stands in the note.
        """
        plain = {bend.word: bend.forms[0][0] for bend in match.bends}
        known = [plain.get(at) or self._spelt(written(at)) for at in range(match.start, match.end)]
        return " ".join(
            word for word, before in zip(known, ["", *known], strict=False) if word != OPEN or before != OPEN
        )

    def _spelt(self, word: str) -> str:
        return word.lower() if key_of(word) in self._alphabet else OPEN

    def find(self, words: Sequence[Word], starts: Iterable[int] | None = None) -> Iterator[Match]:
        """Yield the matches in the words of one sentence, from the left, none overlapping another.

        `starts` are the words, in order, with which a match may begin, if that is known.
        """
        free = 0
        for at in range(len(words)) if starts is None else starts:
            if at >= free and (self.first is None or words[at].key in self.first):
                found = self.match_at(words, at)
                if found is not None and found.end > found.start:
                    yield found
                    free = max(found.end, at + 1)


def _noted(
    noted: Iterable[str], slots: tuple[tuple[int, int], ...], marks: tuple[int, ...], at: int
) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """Return `slots` and `marks` after slots were opened and closed, and marks passed, before word `at`."""
    for kind in noted:
        if kind == "mark":
            marks = (*marks, at)
        elif kind == "open":
            slots = (*slots, (at, at))
        else:
            slots = (*slots[:-1], (slots[-1][0], at))
    return slots, marks
