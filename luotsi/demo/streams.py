"""Columns to CSV pieces for PostgreSQL, made in a thread of their own while the database reads the one before."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from queue import Queue
from threading import Event, Thread

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from luotsi.base.bulk import Stream
from luotsi.demo.days import NEVER, Days, Ints

_ROWS = 100_000
_AHEAD = 2  # pieces that wait to be read


def stream(columns: tuple[str, ...], count: int, table: Callable[[Ints], pa.Table]) -> Stream:
    """A stream of `count` rows; `table` makes the rows asked for, as columns of these names."""
    parts = (np.arange(start, min(start + _ROWS, count)) for start in range(0, count, _ROWS))
    return stream_of(columns, (table(rows) for rows in parts))


def stream_of(columns: tuple[str, ...], tables: Iterable[pa.Table]) -> Stream:
    return Stream(columns, _ahead(_piece(table, columns) for table in tables))


def moments(days: Days, seconds: Ints) -> pa.Array:
    """Timestamps with their zone, null where it never happened."""
    never = seconds >= NEVER
    utc = days.utc(np.where(never, 0, seconds))
    return pa.array(utc, pa.timestamp("us", tz="UTC"), mask=never)


def iso(days: Days, seconds: Ints) -> pa.StringArray:
    """Moments as an event's body writes them: 2026-03-31T06:10:00+00:00."""
    text = pa.array(days.utc(seconds).astype("datetime64[s]")).cast(pa.string())
    return pc.binary_join_element_wise(pc.replace_substring(text, " ", "T"), "+00:00", "")


def words(vocabulary: Sequence[str], places: Ints) -> pa.StringArray:
    """The word at each place; "" for a place below 0."""
    return pa.array([*vocabulary, ""], pa.string()).take(pa.array(np.where(places < 0, len(vocabulary), places)))


def same(value: object, count: int) -> pa.Array:
    return pa.repeat(value, count)


def join(*parts: object) -> pa.StringArray:
    """The parts of each row one after another: columns of text, and what is the same for all."""
    return pc.binary_join_element_wise(*parts, "")


def _piece(table: pa.Table, columns: tuple[str, ...]) -> bytes:
    sink = pa.BufferOutputStream()
    csv.write_csv(table.select(list(columns)), sink, csv.WriteOptions(include_header=False))
    return sink.getvalue().to_pybytes()


class _Maker(Thread):
    """Makes pieces into a short queue until there are no more, something fails, or nobody reads."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__(daemon=True)
        self.pieces = pieces
        self.made: Queue[bytes | BaseException | None] = Queue(_AHEAD)
        self.is_left = Event()

    def run(self) -> None:
        try:
            for piece in self.pieces:
                self.made.put(piece)
                if self.is_left.is_set():
                    return
            self.made.put(None)
        except BaseException as error:  # it is raised again where the pieces are read
            self.made.put(error)


def _ahead(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, each begun before it is asked for."""
    maker = _Maker(pieces)
    maker.start()
    try:
        while (piece := maker.made.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        maker.is_left.set()
        if maker.is_alive() and not maker.made.empty():
            maker.made.get_nowait()
