"""Limits on clients that ask too often, or keep a connection open without ever asking."""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from fsm_language_lsp.http.problem import busy

MOST_ADDRESSES = 4096
HEAD_SECONDS = 10.0  # in which the head of a request must have arrived


class Pace:
    """Counts requests by address: a minute's worth may come at once, then one at a time."""

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow `rate` requests a minute, 0 being any number; `clock` tells seconds."""
        self._rate = rate
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def count(self, address: str) -> None:
        """Count a request. Raises `Problem`, 429, when there were too many."""
        if not self._rate:
            return
        now = self._clock()
        left, since = self._left.pop(address, (float(self._rate), now))
        left = min(float(self._rate), left + (now - since) * self._rate / 60)
        allowed = left >= 1
        self._left[address] = left - allowed, now
        if len(self._left) > MOST_ADDRESSES:
            self._left.popitem(last=False)
        if not allowed:
            raise busy("Too many requests. Please wait a little.", math.ceil((1 - left) * 60 / self._rate), 429)


class PromptProtocol(H11Protocol):
    """uvicorn's connection, closed when the head of a request takes too long to arrive."""

    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on if the head is not whole yet."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._due is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._due = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
