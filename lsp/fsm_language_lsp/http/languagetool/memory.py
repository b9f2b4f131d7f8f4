"""Which acronyms a client's paragraphs have explained, for clients that send one paragraph at a time."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable

MOST_CLIENTS = 256
MOST_ACRONYMS = 100
SECONDS = 3600.0


class Memory:
    """Remembers acronyms and no other words, of few clients, and forgets each an hour after it was last heard of."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing; `clock` tells seconds."""
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, dict[str, None]]] = OrderedDict()

    def known(self, client: str) -> frozenset[str]:
        """Return what `client` has explained."""
        self._forget()
        return frozenset(self._known.get(client, (0.0, {}))[1])

    def learn(self, client: str, acronyms: Iterable[str]) -> None:
        """Remember that `client` has explained `acronyms`."""
        self._forget()
        known = self._known.pop(client, (0.0, {}))[1]
        known |= dict.fromkeys(acronyms)
        if known:
            self._known[client] = self._clock(), dict(list(known.items())[-MOST_ACRONYMS:])
        while len(self._known) > MOST_CLIENTS:
            self._known.popitem(last=False)

    def unlearn(self, client: str, acronym: str) -> bool:
        """Forget an acronym; return whether it was known."""
        known = self._known.get(client, (0.0, {}))[1]
        return known.pop(acronym, self) is None

    def _forget(self) -> None:
        while self._known:
            client, (heard, _) = next(iter(self._known.items()))
            if self._clock() - heard < SECONDS:
                return
            del self._known[client]
