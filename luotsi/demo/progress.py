"""A bar for whoever waits: how far, what is being done, and for how long. Nothing is drawn where nobody looks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter
from typing import TextIO

from luotsi.base.bulk import Stream

_WIDTH = 24
_FULL, _EMPTY = "█", "░"


class Progress:
    """Steps with their part of the whole, in percent; seconds each took are kept in `seconds`."""

    def __init__(self, *, is_quiet: bool = False, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._shown = not is_quiet and self._out.isatty()
        self._began = perf_counter()
        self._done = self._share = 0.0
        self._words = ""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, words: str, share: float) -> Iterator[None]:
        """While inside, the words stand on the line; then the share is done."""
        self._words, self._share = words, share
        began = perf_counter()
        self._draw(0)
        yield
        self._done += share
        self.seconds[words] = round(perf_counter() - began, 2)
        self._draw(0, share=0)

    def within(self, stream: Stream, rows: int, each: int) -> Stream:
        """The same stream; the bar moves as its pieces of `each` rows go by."""
        return replace(stream, pieces=self._counted(stream, max(rows / each, 1)))

    def close(self) -> float:
        """End the line; answers the seconds since the beginning."""
        if self._shown:
            self._out.write("\r\033[K")
            self._out.flush()
        return perf_counter() - self._began

    def _counted(self, stream: Stream, pieces: float) -> Iterator[bytes]:
        for number, piece in enumerate(stream.pieces, 1):
            yield piece
            self._draw(min(number / pieces, 1))

    def _draw(self, part: float, *, share: float | None = None) -> None:
        if not self._shown:
            return
        percent = min(self._done + part * (self._share if share is None else share), 100)
        full = round(percent / 100 * _WIDTH)
        bar = _FULL * full + _EMPTY * (_WIDTH - full)
        seconds = perf_counter() - self._began
        self._out.write(f"\r\033[K{bar} {percent:3.0f} %  {self._words}  {seconds:.0f} s")
        self._out.flush()
