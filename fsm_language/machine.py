"""Matching one phrase against the words of a sentence, all of its readings at once.

A phrase is compiled to a small program for a virtual machine that follows all alternatives at once (R. Pike's
design, described by R. Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009), so that no phrase
can be made to backtrack. Whether it can match at all is answered first, by states that are worked out once and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from fsm_language.document import Word, key_of
from fsm_language.phrases import Form, Item, anchors, braces, parse
from fsm_language.rule import RuleError

ANCHORS = 3
OPEN = "…"
MANY = 60  # words: a larger set of anchors rules little out


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


# The instructions of the machine: a kind and its arguments. "word" (keys, loose), "any" (), "split" (first choice,
# other), "jump" (to), "open" and "close" (slot), "mark" (), "match" ().
Instruction = tuple[str, object, object]


@dataclass(slots=True)
class State:
    """A set of places that a phrase's readings have reached, and where each word leads from there."""

    threads: frozenset[tuple[int, bool]]
    matched: bool = False
    joined: dict[str | None, State] = field(default_factory=dict)
    apart: dict[str | None, State] = field(default_factory=dict)


class Thread(NamedTuple):
    """One way in which the words so far may be read."""

    at: int
    loose: bool = True
    slots: tuple[tuple[int, int, int], ...] = ()
    marks: tuple[int, ...] = ()
    bends: tuple[Bend, ...] = ()


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
        if self._follow([Thread(0)], 0).matched is not None:
            raise RuleError(f"phrase “{source}” would match no words at all")

    def _compile(self, item: Item, *, top: bool = False) -> None:
        code = self.code
        slot = self.slots
        is_slot = top and item.kind not in ("word", "mark")
        if is_slot:
            self.slots += 1
            code.append(("open", slot, None))
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
            code.append(("close", slot, None))

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
    def anchors(self) -> tuple[tuple[str, ...], ...]:
        """A few sets of words, the rarest first, of each of which every match holds at least one.

        Raises `RuleError` when there is none.
        """
        found = anchors(self.items)
        if not found:
            raise RuleError(f"phrase “{self.source}” needs at least one word that is always there")
        rarest, *others = found
        telling = [words for words in others if len(words) <= MANY]
        return tuple(tuple(sorted(words)) for words in (rarest, *telling[: ANCHORS - 1]))

    @cached_property
    def first(self) -> frozenset[str] | None:
        """The words with which a match can begin; None if it can begin with any."""
        keys: set[str] = set()
        for thread in self._follow([Thread(0)], 0).waiting:
            kind, wanted, _ = self.code[thread.at]
            if kind == "any":
                return None
            keys |= set(wanted)  # type: ignore[call-overload]  # the keys of a "word" instruction
        return frozenset(keys)

    @cached_property
    def _alphabet(self) -> frozenset[str]:
        return frozenset(key for kind, keys, _ in self.code if kind == "word" for key in keys)  # type: ignore[attr-defined]
        # reason: the first argument of a "word" instruction is its keys

    @cached_property
    def _begin(self) -> State:
        return State(frozenset())

    def may_match(self, steps: Iterable[tuple[str, bool]]) -> bool:
        """Whether a match ends anywhere in a sentence, given as key and `joined` of each word.

        Answered by states worked out once and kept: a step costs a look-up however many readings are open.
        """
        state, alphabet = self._begin, self._alphabet
        for key, joined in steps:
            known = state.joined if joined else state.apart
            following = known.get(key if key in alphabet else None)
            if following is None:
                following = known[key if key in alphabet else None] = self._advance(state, key, joined=joined)
            if following.matched:
                return True
            state = following
        return False

    def _advance(self, state: State, key: str, *, joined: bool) -> State:
        threads = []
        for at, loose in {*state.threads, *((thread.at, True) for thread in self._follow([Thread(0)], 0).waiting)}:
            kind, wanted, _ = self.code[at]
            if not (joined or loose or (kind == "any" and wanted)):
                continue
            if kind == "any":
                threads.append(Thread(at + 1, bool(wanted)))
            elif key in wanted:  # type: ignore[operator]  # the keys of a "word" instruction
                threads.append(Thread(at + 1, False))
        step = self._follow(threads, 0)
        reached = frozenset((thread.at, thread.loose) for thread in step.waiting)
        if step.matched is not None:
            return State(reached, matched=True)
        return self._states.setdefault(reached, State(reached))

    @cached_property
    def _states(self) -> dict[frozenset[tuple[int, bool]], State]:
        return {}

    class Step(NamedTuple):
        """What there is to go on with after instructions that take no word."""

        waiting: list[Thread]
        matched: Thread | None

    def _follow(self, threads: Iterable[Thread], at: int) -> Phrase.Step:
        waiting: list[Thread] = []
        seen: set[tuple[int, bool]] = set()
        stack = list(threads)[::-1]
        while stack:
            thread = stack.pop()
            if (thread.at, thread.loose) in seen:
                continue
            seen.add((thread.at, thread.loose))
            kind, one, two = self.code[thread.at]
            after = thread.at + 1
            slots, marks, bends, loose = thread.slots, thread.marks, thread.bends, thread.loose
            if kind in ("word", "any"):
                waiting.append(thread)
            elif kind == "match":
                return Phrase.Step(waiting, thread)
            elif kind == "split":
                stack += [Thread(two, loose, slots, marks, bends), Thread(one, loose, slots, marks, bends)]  # type: ignore[arg-type]
                # reason: the arguments of "split" and "jump" are places in the code
            elif kind == "jump":
                stack.append(Thread(one, loose, slots, marks, bends))  # type: ignore[arg-type]
            elif kind == "loose":
                stack.append(Thread(after, True, slots, marks, bends))
            elif kind == "mark":
                stack.append(Thread(after, loose, slots, (*marks, at), bends))
            elif kind == "open":
                stack.append(Thread(after, loose, (*slots, (one, at, at)), marks, bends))  # type: ignore[arg-type]
            else:
                # a recogniser's threads carry no slots
                closed = (*slots[:-1], (*slots[-1][:2], at)) if slots else ()
                stack.append(Thread(after, loose, closed, marks, bends))
        return Phrase.Step(waiting, None)

    def match_at(self, words: Sequence[Word], first: int) -> Match | None:
        """Return the match that begins with word `first`: the preferred reading, taken as far as it goes."""
        best: Match | None = None
        at = first
        step = self._follow([Thread(0)], at)
        while step.waiting and at < len(words):
            word = words[at]
            threads: list[Thread] = []
            for thread in step.waiting:
                kind, wanted, _ = self.code[thread.at]
                if not (word.joined or thread.loose or (kind == "any" and wanted)):
                    continue
                if kind == "any":
                    threads.append(Thread(thread.at + 1, bool(wanted), thread.slots, thread.marks, thread.bends))
                elif word.key in wanted:  # type: ignore[operator]  # the keys of a "word" instruction
                    forms = wanted[word.key]  # type: ignore[index]  # likewise
                    bends = (*thread.bends, Bend(at, forms)) if forms else thread.bends
                    threads.append(Thread(thread.at + 1, False, thread.slots, thread.marks, bends))
            at += 1
            step = self._follow(threads, at)
            if step.matched is not None:
                best = self._match(step.matched, first, at)
        return best

    @staticmethod
    def _match(thread: Thread, first: int, after: int) -> Match:
        start, end = thread.marks or (first, after)
        slots = tuple((opened, closed) for _, opened, closed in thread.slots)
        return Match(start, end, first, after, slots, thread.bends)

    def wording(self, match: Match, words: Sequence[str]) -> str:
        """Return the marked ones of a sentence's `words`: bent ones in their plain form, those left open as dots."""
        plain = {bend.word: bend.forms[0][0] for bend in match.bends}
        known = [plain.get(at) or self._known(words[at]) for at in range(match.start, match.end)]
        return " ".join(
            word for word, before in zip(known, ["", *known], strict=False) if word != OPEN or before != OPEN
        )

    def _known(self, word: str) -> str:
        return word.lower() if key_of(word) in self._alphabet else OPEN

    def find(self, words: Sequence[Word]) -> Iterator[Match]:
        """Yield the matches in the words of one sentence, from the left, none overlapping another."""
        at = 0
        while at < len(words):
            if self.first is None or words[at].key in self.first:
                found = self.match_at(words, at)
                if found is not None and found.end > found.start:
                    yield found
                    at = max(found.end, at + 1)
                    continue
            at += 1
