"""Records worth reading with a team: those with most findings for their length, spread out, and some that do well."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fsm_language.audit import Row
from fsm_language.report.rates import PER

GOOD = 4  # one in so many of the records is there because it does well


@dataclass(frozen=True, slots=True, order=True)
class Record:
    """A note worth reading: `rate` is its findings per 1,000 words, `mostly` the category most of them are of."""

    rate: float
    words: float
    name: str
    id: str
    team: str
    mostly: str
    findings: int
    age: float


class Records:
    """Keeps, while rows go by, the few notes from which to choose."""

    def __init__(self, count: int, shortest: int) -> None:
        """Begin with none; `count` are wanted, of at least `shortest` words."""
        self._count = count
        self._shortest = shortest
        self._most: defaultdict[tuple[str, str], list[tuple[float, Record]]] = defaultdict(list)
        self._good: defaultdict[str, list[tuple[float, Record]]] = defaultdict(list)

    def add(self, row: Row) -> None:
        """Consider `row`."""
        measures = row["measures"]
        if measures["words"] < self._shortest or "reading_age" not in measures:
            return
        record = _record(row)
        if record.findings:
            self._keep(self._most[record.team, record.mostly], record.rate, record)
        else:
            self._keep(self._good[record.team], -record.age, record)

    def _keep(self, heap: list[tuple[float, Record]], worth: float, record: Record) -> None:
        heapq.heappush(heap, (worth, record))
        if len(heap) > self._count:
            heapq.heappop(heap)

    def most(self, usual: float) -> list[Record]:
        """Return notes with more than `usual` findings per 1,000 words, the most first, taken in turns."""
        good = len(self.good())
        kept = (record for heap in self._most.values() for _, record in heap if record.rate > usual)
        return sorted(_spread(sorted(kept, reverse=True), self._count - good), reverse=True)

    def good(self) -> list[Record]:
        """Return notes in which nothing was found, the easiest to read first, from each team in turn."""
        turns = [sorted(kept, reverse=True) for _, kept in sorted(self._good.items())]
        ranked = [(place, turn[place]) for turn in turns for place in range(len(turn))]
        ranked.sort(key=lambda entry: (entry[0], -entry[1][0], entry[1][1]))
        return [record for _, (_, record) in ranked[: self._count // GOOD]]


def _record(row: Row) -> Record:
    categories = Counter(finding["category"] for finding in row["findings"])
    mostly = min(categories, key=lambda name: (-categories[name], name), default="")
    words, found = row["measures"]["words"], len(row["findings"])
    team = (row["team"] or "").strip()
    age = row["measures"]["reading_age"]
    return Record(found * PER / words, words, row["name"], row["id"] or "", team, mostly, found, age)


def _spread(candidates: Iterable[Record], count: int) -> Iterator[Record]:
    """Yield `count` of the candidates, in rounds: in each round a team, and a category, may come once more."""
    left = list(candidates)
    teams: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    most = 0
    while left and count > 0:
        most += 1
        for record in list(left):
            if count > 0 and teams[record.team] < most and kinds[record.mostly] < most:
                left.remove(record)
                teams[record.team] += 1
                kinds[record.mostly] += 1
                count -= 1
                yield record
