"""Tier 1: the phrase language, and one automaton pass that finds every phrase's candidates in a note.

A phrase is compiled to a small program for a virtual machine that follows all alternatives at once (R. Pike's
design, described by R. Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009), so that no phrase
can be made to backtrack. A phrase is tried only in sentences that hold one of its anchors: words of which every
match has at least one. All anchors of all phrases are found in one Aho-Corasick pass over the note.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick

from fsm_language.document import Document, Word, key_of, words_of
from fsm_language.inflect import NOUN_FORMS, VERB_FORMS, noun_forms, verb_forms
from fsm_language.rule import RuleError

MAX_GAP = 8
ROW = re.compile(
    r"\s*(?:(?P<brace>\{(?P<lemma>[^{}/]+)(?:/(?P<forms>[a-z,]+))?\})|(?P<gap><(?P<most>\d+)>)|(?P<list>@[\w-]+)"
    r"|(?P<star>\*)|(?P<mark>\^)|(?P<open>[(\[])|(?P<close>[)\]])|(?P<bar>\|)|(?P<word>[^\s()\[\]|^*<>{}@]+))"
)
# words so frequent in notes that trying a phrase wherever they stand would be slow, by how frequent they are
FREQUENT = {
    word: weight
    for weight, words in (
        (
            60,
            "the a an and of to in is was he she they it i we that for on with at his her their by be as not him them",
        ),
        (25, "has have had are were been being from this but or if so do did does no would could will can who when"),
        (
            25,
            "mum dad mother father child children parent parents family said says told out up about all also after 's",
        ),
        (8, "there been which what then than very more some any into over home school time get got go went back made"),
        (8, "own both because before during while one two other need needs support social work worker services"),
    )
    for word in words.split()
}

Form = tuple[str, str]  # a lemma and one of its forms


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


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a phrase as it was written."""

    kind: Literal["word", "brace", "star", "gap", "any_of", "maybe", "mark"]
    keys: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)
    branches: tuple[tuple["Item", ...], ...] = ()
    most: int = 0


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


def parse(phrase: str, words: Mapping[str, Sequence[str]]) -> tuple[Item, ...]:
    """Read a phrase; `words` holds the lists that `@name` stands for. Raises `RuleError` with the place."""
    rows: list[re.Match[str]] = []
    at = 0
    while at < len(phrase.rstrip()):
        row = ROW.match(phrase, at)
        if row is None:
            raise RuleError(f"cannot read phrase “{phrase}” at “{phrase[at:].strip()[:12]}”")
        rows.append(row)
        at = row.end()
    items, rest = _sequence(phrase, rows, 0, words, frozenset())
    if rest != len(rows):
        raise RuleError(f"phrase “{phrase}” has a closing bracket too many")
    marks = sum(item.kind == "mark" for item in items)
    if marks not in (0, 2):
        raise RuleError(f"phrase “{phrase}” needs two carets or none, outside brackets")
    return items


def _sequence(
    phrase: str, rows: Sequence[re.Match[str]], at: int, words: Mapping[str, Sequence[str]], within: frozenset[str]
) -> tuple[tuple[Item, ...], int]:
    items: list[Item] = []
    while at < len(rows):
        row = rows[at]
        if row["bar"] or row["close"]:
            break
        at += 1
        if row["open"]:
            branches, at = _branches(phrase, rows, at, words, within, "]" if row["open"] == "[" else ")")
            items.append(Item("maybe" if row["open"] == "[" else "any_of", branches=branches))
        elif row["list"]:
            items.append(_word_list(phrase, row["list"][1:], words, within))
        elif row["brace"]:
            items.append(_brace(phrase, row))
        elif row["gap"]:
            if int(row["most"]) > MAX_GAP:
                raise RuleError(f"phrase “{phrase}” has a gap of more than {MAX_GAP} words")
            items.append(Item("gap", most=int(row["most"])))
        elif row["star"]:
            items.append(Item("star"))
        elif row["mark"]:
            items.append(Item("mark"))
        else:
            plain = words_of(row["word"])
            if not plain:
                raise RuleError(f"phrase “{phrase}”: “{row['word']}” holds no word")
            items += (Item("word", keys={word.key: ()}) for word in plain)
    return tuple(items), at


def _branches(
    phrase: str,
    rows: Sequence[re.Match[str]],
    at: int,
    words: Mapping[str, Sequence[str]],
    within: frozenset[str],
    closing: str,
) -> tuple[tuple[tuple[Item, ...], ...], int]:
    branches: list[tuple[Item, ...]] = []
    while True:
        branch, at = _sequence(phrase, rows, at, words, within)
        branches.append(branch)
        if at >= len(rows):
            raise RuleError(f"phrase “{phrase}” has no “{closing}” for an opening bracket")
        at += 1
        if rows[at - 1]["close"]:
            if rows[at - 1]["close"] != closing:
                raise RuleError(f"phrase “{phrase}” closes a bracket with the wrong one")
            return tuple(branches), at


def _word_list(phrase: str, name: str, words: Mapping[str, Sequence[str]], within: frozenset[str]) -> Item:
    if name not in words:
        raise RuleError(f"phrase “{phrase}” uses an unknown list @{name}")
    if name in within:
        raise RuleError(f"the word list @{name} holds itself")
    single: dict[str, tuple[Form, ...]] = {}
    branches: list[tuple[Item, ...]] = []
    for entry in words[name]:
        items = _entry(entry, words, within | {name})
        if len(items) == 1 and items[0].kind == "word":
            single.update(items[0].keys)
        elif len(items) == 1 and items[0].kind == "any_of":
            branches += items[0].branches
        else:
            branches.append(items)
    if single:
        branches.append((Item("word", keys=single),))
    return Item("any_of", branches=tuple(sorted(branches, key=len, reverse=True)))


def _entry(entry: str, words: Mapping[str, Sequence[str]], within: frozenset[str]) -> tuple[Item, ...]:
    rows = list(ROW.finditer(entry))
    items, rest = _sequence(entry, rows, 0, words, within)
    if rest != len(rows):
        raise RuleError(f"cannot read list entry “{entry}”")
    return items


def _brace(phrase: str, row: re.Match[str]) -> Item:
    wanted = set((row["forms"] or "").split(",")) - {""}
    keys: dict[str, list[Form]] = defaultdict(list)
    for lemma in row["lemma"].split("|"):
        noun = bool(wanted & {"n", *NOUN_FORMS})
        table: Mapping[str, tuple[str, ...]] = noun_forms(lemma) if noun else verb_forms(lemma)  # type: ignore[assignment]
        # reason: both tables map literal form names to spellings
        known = NOUN_FORMS if noun else VERB_FORMS
        unknown = wanted - {*known, "n", "v"}
        if unknown:
            raise RuleError(f"phrase “{phrase}”: no form “{', '.join(sorted(unknown))}”; forms are {', '.join(known)}")
        for form, spellings in table.items():
            if not wanted & set(known) or form in wanted:
                for spelling in spellings:
                    if len(parts := words_of(spelling)) != 1:
                        raise RuleError(f"phrase “{phrase}”: braces hold one word, not “{lemma}”")
                    keys[parts[0].key].append((lemma, form))
    return Item("brace", keys={key: tuple(forms) for key, forms in keys.items()})


def anchors(items: Sequence[Item]) -> frozenset[str] | None:
    """Return words of which every match of `items` holds at least one: the rarest such set; None if there is none."""
    best: frozenset[str] | None = None
    for item in items:
        found: frozenset[str] | None = None
        if item.kind in ("word", "brace"):
            found = frozenset(item.keys)
        elif item.kind == "any_of":
            parts = [anchors(branch) for branch in item.branches]
            known = [part for part in parts if part is not None]
            found = frozenset().union(*known) if len(known) == len(parts) else None
        if found and (best is None or _weight(found) < _weight(best)):
            best = found
    return best


def _braces(items: Sequence[Item]) -> int:
    """Return how many words in braces every match of `items` has at the least."""
    count = 0
    for item in items:
        if item.kind == "brace":
            count += 1
        elif item.kind == "any_of":
            count += min(_braces(branch) for branch in item.branches)
    return count


def _weight(words: Iterable[str]) -> float:
    return sum(FREQUENT.get(word, 1) for word in words)


class Phrase:
    """A compiled phrase."""

    def __init__(self, source: str, words: Mapping[str, Sequence[str]]) -> None:
        """Compile `source`; `words` holds the lists it may name. Raises `RuleError`."""
        self.source = source
        self.items = parse(source, words)
        self.slots = 0
        self.braces = _braces(self.items)
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
    def anchors(self) -> frozenset[str]:
        """Words of which every match holds at least one. Raises `RuleError` when there are none."""
        found = anchors(self.items)
        if not found:
            raise RuleError(f"phrase “{self.source}” needs at least one word that is always there")
        return found

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


class Candidate(NamedTuple):
    """A match of a phrase in a note: which phrase, which sentence, and where."""

    phrase: str
    sentence: int
    match: Match


class Index:
    """All phrases of a pack, found in a note in one pass. Safe to share between threads."""

    def __init__(self, phrases: Mapping[str, Iterable[str]], words: Mapping[str, Sequence[str]]) -> None:
        """Prepare `phrases`, each with its anchors; a phrase is compiled when one of its anchors is first met."""
        self._sources = tuple(phrases)
        self._words = words
        self._compiled: dict[int, Phrase] = {}
        rows: dict[str, list[int]] = defaultdict(list)
        for number, keys in enumerate(phrases.values()):
            for key in keys:
                for surface in surfaces(key):
                    rows[surface].append(number)
        self._surfaces = list(rows)
        self._rows = list(rows.values())

    @cached_property
    def _automaton(self) -> AhoCorasick | None:
        return AhoCorasick(self._surfaces) if self._surfaces else None

    def find(self, document: Document) -> Iterator[Candidate]:
        """Yield every match of every phrase, sentence by sentence."""
        if self._automaton is None:
            return
        tries: dict[int, set[int]] = defaultdict(set)
        text = lowered(document.text)
        for row, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if (start and text[start - 1].isalnum() and text[start] != "'") or text[end : end + 1].isalnum():
                continue
            sentence = document.sentence_index(start)
            if sentence >= 0:
                tries[sentence].update(self._rows[row])
        for sentence in sorted(tries):
            words = document.words(sentence)
            steps = [(word.key, word.joined) for word in words]
            for number in sorted(tries[sentence]):
                phrase = self._phrase(number)
                if phrase.may_match(steps):
                    for match in phrase.find(words):
                        yield Candidate(phrase.source, sentence, match)

    def _phrase(self, number: int) -> Phrase:
        phrase = self._compiled.get(number)
        if phrase is None:
            phrase = self._compiled[number] = Phrase(self._sources[number], self._words)
        return phrase


def surfaces(key: str) -> tuple[str, ...]:
    """Return the spellings in lower-case text under which a word with this key may stand."""
    if key.endswith("nt") and len(key) > 3 and key_of(key[:-1] + "'t") == key:
        return (key, key[:-1] + "'t")
    return (key,)


def lowered(text: str) -> str:
    """Return `text` in lower case with straight apostrophes, every character where it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return lower.replace("’", "'")
